/** What a change of a step means to somebody's work. Pure. */
import type { WorkChange } from '../run/work.events.js';
import { type Waiting, type Worker, waitsFor } from '../run/work.rules.js';
import type { TicketFacets } from '../ticket/ticket.facets.js';
import { inScope, type TicketScope } from '../ticket/ticket.policy.js';
import { QueueMove } from './queue.rules.js';

/** Whether the step entered, stayed in or left the person's work; null: it was never in it. */
export function moveOf(
  change: WorkChange,
  ticket: { before: TicketFacets | null; after: TicketFacets | null },
  { scope, worker }: { scope: TicketScope; worker: Worker },
): QueueMove | null {
  const waits = (waiting: Waiting | null, facets: TicketFacets | null) =>
    waiting !== null && facets !== null && inScope(scope, facets) && waitsFor(waiting, worker);
  const before = waits(change.before, ticket.before);
  if (waits(change.after, ticket.after)) return before ? QueueMove.UPDATED : QueueMove.ENTERED;
  return before ? QueueMove.LEFT : null;
}
