import type { NewEvent } from '../../platform/events/event.js';
import { type FieldChange, TOLD_TO_CUSTOMERS } from './ticket.facets.js';

/** What is told of a ticket itself. Events of other modules are told in its stream too. Pure. */
export const TICKET_CREATED = 'TICKET_CREATED';
export const TICKET_CHANGED = 'TICKET_CHANGED';

export function ticketCreated(channel: string, imported = false): NewEvent {
  return { type: TICKET_CREATED, visibility: 'PUBLIC', data: { channel, imported } };
}

/** @param reason why, where somebody or a rule said so: of an override, an escalation, a routing */
export function ticketChanged(changes: FieldChange[], reason: string | null): NewEvent {
  const visible = changes.some(({ field }) => TOLD_TO_CUSTOMERS.includes(field));
  return { type: TICKET_CHANGED, visibility: visible ? 'PUBLIC' : 'INTERNAL', data: { changes, reason } };
}

/** The time until which the customer was promised a resolution is over, and there is none. */
export function promiseMissed(ticketId: string, promisedAt: Date): NewEvent {
  return {
    type: 'PROMISE_MISSED',
    visibility: 'INTERNAL',
    data: { ticketId, promisedAt: promisedAt.toISOString() },
  };
}
