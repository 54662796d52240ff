import type { Context } from '../../platform/context.js';
import type { Change, EventRecord } from '../../platform/events/event.js';
import { mapEach } from '../../platform/events/map-each.js';
import type { TicketFacets } from '../ticket/ticket.facets.js';
import { checkCriteria, type TicketCriteria } from '../ticket/ticket.filter.rules.js';
import { scopeOf } from '../ticket/ticket.policy.js';
import { membership, QueueMove } from './queue.rules.js';
import { only, placeOf } from './ticket-event.source.js';

/** What one change of a live list is shown from. */
export interface QueueChangeRoot {
  move: QueueMove;
  cursor: string;
  occurredAt: Date;
  /** Null once the list must be read anew. */
  ticketId: string | null;
}

/**
 * The changes of a live list: every ticket that the viewer may see and the filter means, from `after` on.
 * @throws DomainError as the same filter in a query would; INVALID_INPUT for what is no cursor
 */
export async function queueSource(
  ctx: Context,
  where: TicketCriteria | null | undefined,
  after: string | null | undefined,
): Promise<AsyncIterableIterator<QueueChangeRoot>> {
  const criteria = where ?? {};
  checkCriteria(criteria, ctx.viewer.kind !== 'CUSTOMER');
  const { hub, eventLog, clock } = ctx.desk;
  const place = after == null ? undefined : placeOf(ctx, after);
  if (place === null)
    return only({
      move: QueueMove.RESYNC_REQUIRED,
      cursor: eventLog.cursors.encode(hub.position),
      occurredAt: clock.now(),
      ticketId: null,
    });
  return mapEach(hub.open(undefined, place), async (record: EventRecord) => {
    if (!record.change) return undefined;
    const { viewer } = await ctx.renew();
    const { before, after: then, public: told } = record.change as Change<TicketFacets>;
    const move = membership(scopeOf(viewer), criteria, before, then);
    if (move === null) return undefined;
    // What only staff was told of must not show in a customer's list either, not even as a movement.
    if (viewer.kind === 'CUSTOMER' && move === QueueMove.UPDATED && !told) return undefined;
    return {
      move,
      cursor: eventLog.cursors.encode(record.place),
      occurredAt: record.occurredAt,
      ticketId: record.streamId,
    };
  });
}
