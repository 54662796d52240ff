import type { Context } from '../../platform/context.js';
import type { Place } from '../../platform/events/place.rules.js';
import { ticketById } from '../ticket/ticket.scope.js';
import { seen } from '../ticket/ticket.service.js';
import { eventShown } from './ticket-event.source.js';
import type { TicketEventRoot } from './ticket-event.types.js';

/** How many events are read at once, and how often at most for one page: what a viewer may not see is read too. */
const READ_AT_ONCE = 500;
const MOST_READS = 4;

/** What follows a cursor in the log, as the viewer may see it. */
export interface EventPageRoot {
  events: TicketEventRoot[];
  /** Where to read on, or subscribe: everything at or before it was looked at. */
  cursor: string;
  hasMore: boolean;
  resyncRequired: boolean;
}

/**
 * Pulls the log: the events after a cursor, of one ticket or of all that the viewer may see, in its order.
 * @param after from the beginning of the log without it
 * @throws DomainError NOT_FOUND for a ticket that the viewer may not see; INVALID_INPUT for what is no cursor
 */
export async function eventsAfter(
  ctx: Context,
  after: string | null | undefined,
  first: number,
  ticketId: string | null | undefined,
): Promise<EventPageRoot> {
  const { eventLog } = ctx.desk;
  if (ticketId != null) await seen(ctx, ticketId, ['ticket']);
  const begin = after == null ? await eventLog.floor() : await eventLog.placeOf(after);
  const page = (events: TicketEventRoot[], place: Place, hasMore: boolean, resyncRequired = false) => ({
    events,
    cursor: eventLog.cursors.encode(place),
    hasMore,
    resyncRequired,
  });
  if (begin === null) return page([], await eventLog.now(), false, true);
  const shown: TicketEventRoot[] = [];
  let at = begin;
  /** Where the last event that is shown stands. */
  let end = begin;
  for (let reads = 0; reads < MOST_READS; reads++) {
    const { events, more, readUpTo } = await eventLog.read(at, READ_AT_ONCE, ticketId ?? undefined);
    const tickets = await Promise.all(events.map(({ streamId }) => ctx.load(ticketById, streamId)));
    for (const [index, record] of events.entries()) {
      const event = tickets[index] && eventShown(ctx, record);
      if (!event) continue;
      // Only what the viewer may see is more: that something else happened is not for them to know.
      if (shown.length === first) return page(shown, end, true);
      shown.push(event);
      end = record.place;
    }
    at = readUpTo;
    if (!more) return page(shown, at, false);
  }
  return page(shown, at, true);
}
