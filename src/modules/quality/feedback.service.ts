import type { Transaction } from '../../platform/database/transaction.js';
import { DomainError, ErrorCode } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import type { Ticket } from '../ticket/ticket.entity.js';
import { textOf } from '../ticket/ticket.service.js';
import { Feedback } from './feedback.entity.js';
import { feedbackGiven } from './quality.events.js';

const MOST_BODY = 20_000;

/**
 * Tells the ticket's assignee something about its work. Nobody but that agent and the leads of its teams
 * will see it, not even who said it.
 * @throws DomainError REQUIRED when nobody is assigned or nothing is said
 */
export async function giveFeedback(tx: Transaction, ticket: Ticket, body: string): Promise<Feedback> {
  if (ticket.assigneeId === null)
    throw new DomainError(
      ErrorCode.REQUIRED,
      'Feedback goes to the assignee, and nobody is assigned: assign the ticket first.',
    );
  const feedback = Object.assign(new Feedback(), {
    id: newId('feedback'),
    ticketId: ticket.id,
    agentId: ticket.assigneeId,
    authorId: tx.viewer.id,
    body: textOf(body, 'body', MOST_BODY),
    createdAt: tx.now,
  });
  tx.em.persist(feedback);
  tx.append(ticket.id, feedbackGiven(feedback));
  return feedback;
}
