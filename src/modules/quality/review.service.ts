import type { Transaction } from '../../platform/database/transaction.js';
import { newId } from '../../platform/ids.js';
import type { Ticket } from '../ticket/ticket.entity.js';
import { QualityReview } from './quality.entity.js';
import { reviewRecorded } from './quality.events.js';
import { overallOf, type Score, sameCriteria } from './quality.rules.js';

/**
 * Records how well the service on a ticket was; the viewer is the reviewer, the ticket's assignee the one
 * reviewed. When a run scores the same criteria again, as after a rejection, the later review replaces the
 * earlier one, lest it count twice.
 * @throws DomainError REQUIRED when nothing was scored
 */
export async function recordReview(
  tx: Transaction,
  ticket: Ticket,
  given: { runId: string | null; scores: Score[]; summary?: string | null },
): Promise<QualityReview> {
  const { runId, scores } = given;
  const overall = overallOf(scores);
  const review =
    (await earlier(tx, runId, scores)) ?? Object.assign(new QualityReview(), { id: newId('review') });
  Object.assign(review, {
    ticketId: ticket.id,
    runId,
    reviewerId: tx.viewer.id,
    agentId: ticket.assigneeId,
    scores,
    overall,
    summary: given.summary?.trim() || null,
    createdAt: tx.now,
  });
  tx.em.persist(review);
  tx.append(ticket.id, reviewRecorded(review));
  return review;
}

async function earlier(
  tx: Transaction,
  runId: string | null,
  scores: Score[],
): Promise<QualityReview | undefined> {
  if (runId === null) return undefined;
  const reviews = await tx.em.find(QualityReview, { runId });
  return reviews.find((review) => sameCriteria(review.scores, scores));
}
