import type { Context } from '../../platform/context.js';
import { ForeignCursor } from '../../platform/events/cursor.js';
import type { EventRecord } from '../../platform/events/event.js';
import { mapEach } from '../../platform/events/map-each.js';
import { newId } from '../../platform/ids.js';
import { TOLD_TO_CUSTOMERS } from '../ticket/ticket.facets.js';
import { ticketById } from '../ticket/ticket.scope.js';
import { seen } from '../ticket/ticket.service.js';
import { type Detail, detailOf, type TicketEventRoot } from './ticket-event.types.js';

/**
 * The events of one ticket that the viewer may see, each once and in order, from `after` on.
 * @throws DomainError NOT_FOUND for a ticket that the viewer may not see; INVALID_INPUT for what is no cursor
 */
export async function ticketEventSource(
  ctx: Context,
  ticketId: string,
  after: string | null | undefined,
): Promise<AsyncIterableIterator<TicketEventRoot>> {
  await seen(ctx, ticketId, ['ticket']);
  const { hub, eventLog } = ctx.desk;
  const place = after == null ? undefined : placeOf(ctx, after);
  if (place === null) return only(lastWord(ctx, ticketId, resyncRequired));
  return mapEach(
    hub.open(ticketId, place),
    async (record: EventRecord) => {
      const now = await ctx.renew();
      if (!(await now.load(ticketById, ticketId))) return lastWord(now, ticketId, accessEnded);
      const customer = now.viewer.kind === 'CUSTOMER';
      if (customer && record.visibility !== 'PUBLIC') return undefined;
      const detail = detailOf(record, (field) => !customer || TOLD_TO_CUSTOMERS.includes(field));
      if (customer && detail.kind === 'TicketChanged') detail.reason = null;
      const { id, occurredAt, actorId } = record;
      return { id, cursor: eventLog.cursors.encode(record.place), occurredAt, ticketId, actorId, detail };
    },
    ({ detail }) => detail.kind === accessEnded.kind,
  );
}

/** The place of a cursor; null for one that can't be resumed from. */
export function placeOf(ctx: Context, cursor: string) {
  try {
    return ctx.desk.eventLog.cursors.decode(cursor);
  } catch (error) {
    if (error instanceof ForeignCursor) return null;
    throw error;
  }
}

export const accessEnded: Detail = { kind: 'AccessEnded', hint: 'You may no longer see this ticket.' };
export const resyncRequired: Detail = {
  kind: 'ResyncRequired',
  hint: 'This cursor belongs to another event log. Query the ticket anew and subscribe with the cursor of this event.',
};

function lastWord(ctx: Context, ticketId: string, detail: Detail): TicketEventRoot {
  const { eventLog, hub, clock } = ctx.desk;
  return {
    id: newId('event'),
    cursor: eventLog.cursors.encode(hub.position),
    occurredAt: clock.now(),
    ticketId,
    actorId: null,
    detail,
  };
}

/** An iterator of one value. */
export function only<Value>(value: Value): AsyncIterableIterator<Value> {
  return mapEach([value][Symbol.iterator]() as unknown as AsyncIterator<Value>, async (same) => same);
}
