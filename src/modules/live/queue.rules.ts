import type { TicketFacets } from '../ticket/ticket.facets.js';
import { matches, type TicketCriteria } from '../ticket/ticket.filter.rules.js';
import { inScope, type TicketScope } from '../ticket/ticket.policy.js';

/** What a change of a ticket means to a live list. */
export enum QueueMove {
  ENTERED = 'ENTERED',
  UPDATED = 'UPDATED',
  LEFT = 'LEFT',
  RESYNC_REQUIRED = 'RESYNC_REQUIRED',
  HEARTBEAT = 'HEARTBEAT',
}

/** Whether the ticket entered, stayed in or left the list of what is in scope and meant; null: never in it. Pure. */
export function membership(
  scope: TicketScope,
  criteria: TicketCriteria,
  before: TicketFacets | null,
  after: TicketFacets | null,
): QueueMove | null {
  const holds = (facets: TicketFacets | null) =>
    facets !== null && inScope(scope, facets) && matches(criteria, facets);
  if (holds(after)) return holds(before) ? QueueMove.UPDATED : QueueMove.ENTERED;
  return holds(before) ? QueueMove.LEFT : null;
}
