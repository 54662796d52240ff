import type { Context } from '../../platform/context.js';
import type { EventRecord } from '../../platform/events/event.js';
import { ofStream } from '../../platform/events/interest.js';
import { newId } from '../../platform/ids.js';
import { type LiveSource, LiveStream, type Shown } from '../../platform/live/live-stream.js';
import { TOLD_TO_CUSTOMERS } from '../ticket/ticket.facets.js';
import { ticketById } from '../ticket/ticket.scope.js';
import { seen } from '../ticket/ticket.service.js';
import { type Detail, detailOf, type TicketEventRoot } from './ticket-event.types.js';

interface OneTicket {
  ticketId: string;
}

/**
 * The events of one ticket that the viewer may see, each once and in order, from `after` on.
 * @throws DomainError NOT_FOUND for a ticket that the viewer may not see; INVALID_INPUT for what is no cursor
 */
export async function ticketEventStream(
  ctx: Context,
  ticketId: string,
  after: string | null | undefined,
): Promise<LiveStream<OneTicket>> {
  await seen(ctx, ticketId, ['ticket']);
  return new LiveStream(ticketEvents, { ticketId }, ofStream(ticketId), await placeAfter(ctx, after));
}

/** Where a subscription begins: see `LiveStream.after`. */
export async function placeAfter(ctx: Context, cursor: string | null | undefined) {
  return cursor == null ? undefined : ctx.desk.eventLog.placeOf(cursor);
}

const ticketEvents: LiveSource<OneTicket> = {
  name: 'ticketEvents',
  show: async (ctx, { ticketId }, record) => {
    const cursor = ctx.desk.eventLog.cursors.encode(record.place);
    if (!(await ctx.load(ticketById, ticketId))) return lastWord(ctx, ticketId, cursor, accessEnded);
    const root = eventShown(ctx, record);
    return root && { root };
  },
  heartbeat: (ctx, { ticketId }, cursor) => ({
    root: unrecorded(ctx, ticketId, cursor, { kind: 'Heartbeat', alive: true }),
  }),
  resync: (ctx, { ticketId }, cursor) => lastWord(ctx, ticketId, cursor, resyncRequired),
  rightsChanged: async (ctx, { ticketId }, _before, cursor) =>
    (await ctx.load(ticketById, ticketId)) ? undefined : lastWord(ctx, ticketId, cursor, accessEnded),
};

/** An event of a ticket that the viewer may see, as it is told to them; undefined where it isn't. */
export function eventShown(ctx: Context, record: EventRecord): TicketEventRoot | undefined {
  const customer = ctx.viewer.kind === 'CUSTOMER';
  if (customer && record.visibility !== 'PUBLIC') return undefined;
  const detail = detailOf(record, (field) => !customer || TOLD_TO_CUSTOMERS.includes(field));
  if (customer && detail.kind === 'TicketChanged') detail.reason = null;
  const { id, occurredAt, actorId, streamId: ticketId } = record;
  const cursor = ctx.desk.eventLog.cursors.encode(record.place);
  return { id, cursor, occurredAt, ticketId, actorId, detail };
}

const accessEnded: Detail = { kind: 'AccessEnded', hint: 'You may no longer see this ticket.' };
const resyncRequired: Detail = {
  kind: 'ResyncRequired',
  hint: 'This cursor is of another event log, or too old. Query the ticket anew and subscribe with the cursor of this event.',
};

function lastWord(ctx: Context, ticketId: string, cursor: string, detail: Detail): Shown {
  return { root: unrecorded(ctx, ticketId, cursor, detail), last: true };
}

/** What is told without an event of the log. */
function unrecorded(ctx: Context, ticketId: string, cursor: string, detail: Detail): TicketEventRoot {
  return { id: newId('event'), cursor, occurredAt: ctx.desk.clock.now(), ticketId, actorId: null, detail };
}
