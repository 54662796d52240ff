import type { Context } from '../../platform/context.js';
import type { Change } from '../../platform/events/event.js';
import { type LiveSource, LiveStream } from '../../platform/live/live-stream.js';
import type { TicketFacets } from '../ticket/ticket.facets.js';
import { checkCriteria, type TicketCriteria } from '../ticket/ticket.filter.rules.js';
import { scopeOf } from '../ticket/ticket.policy.js';
import { keysOfList } from './live-keys.rules.js';
import { membership, QueueMove } from './queue.rules.js';
import { placeAfter } from './ticket-event.source.js';

/** What one change of a live list is shown from. */
export interface QueueChangeRoot {
  move: QueueMove;
  cursor: string;
  occurredAt: Date;
  /** Null where it tells of no ticket. */
  ticketId: string | null;
}

interface List {
  criteria: TicketCriteria;
}

/**
 * The changes of a live list: every ticket that the viewer may see and the filter means, from `after` on.
 * @throws DomainError as the same filter in a query would; INVALID_INPUT for what is no cursor
 */
export async function queueStream(
  ctx: Context,
  where: TicketCriteria | null | undefined,
  after: string | null | undefined,
): Promise<LiveStream<List>> {
  const criteria = where ?? {};
  checkCriteria(criteria, ctx.viewer.kind !== 'CUSTOMER');
  const keys = keysOfList(scopeOf(ctx.viewer), criteria);
  return new LiveStream(queueChanges, { criteria }, { keys }, await placeAfter(ctx, after));
}

const queueChanges: LiveSource<List> = {
  name: 'queueChanges',
  show: async ({ viewer, desk }, { criteria }, record) => {
    if (!record.change) return undefined;
    const { before, after, public: told } = record.change as Change<TicketFacets>;
    const move = membership(scopeOf(viewer), criteria, before, after);
    if (move === null) return undefined;
    // What only staff was told of must not show in a customer's list either, not even as a movement.
    if (viewer.kind === 'CUSTOMER' && move === QueueMove.UPDATED && !told) return undefined;
    const cursor = desk.eventLog.cursors.encode(record.place);
    return { root: { move, cursor, occurredAt: record.occurredAt, ticketId: record.streamId } };
  },
  heartbeat: (ctx, _list, cursor) => ({ root: ofNoTicket(ctx, QueueMove.HEARTBEAT, cursor) }),
  resync: (ctx, _list, cursor) => ({
    root: ofNoTicket(ctx, QueueMove.RESYNC_REQUIRED, cursor),
    last: true,
  }),
  // The list is another one now: which tickets entered and left it, only a query tells.
  rightsChanged: async (ctx, list, before, cursor) => {
    const same = before && JSON.stringify(scopeOf(before)) === JSON.stringify(scopeOf(ctx.viewer));
    return same ? undefined : queueChanges.resync(ctx, list, cursor);
  },
};

function ofNoTicket({ desk }: Context, move: QueueMove, cursor: string): QueueChangeRoot {
  return { move, cursor, occurredAt: desk.clock.now(), ticketId: null };
}
