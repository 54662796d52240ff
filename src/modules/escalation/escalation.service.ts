import type { Context } from '../../platform/context.js';
import { once } from '../../platform/database/idempotency.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { DomainError, ErrorCode } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import { Team } from '../directory/team.entity.js';
import { giveTicket, routeTicket } from '../routing/assignment.service.js';
import type { Ticket } from '../ticket/ticket.entity.js';
import { ticketById } from '../ticket/ticket.scope.js';
import { because, lockedTicket, mustWork, textOf } from '../ticket/ticket.service.js';
import { TicketStatus } from '../ticket/ticket.vocabulary.js';
import { Escalation } from './escalation.entity.js';
import { escalated } from './escalation.events.js';
import type { EscalateTicketInput } from './escalation.input.js';
import { escalationById } from './escalation.loader.js';

const MOST_REASON = 20_000;

/**
 * Raises a locked ticket by one level and hands it on: to the agent who is named; otherwise to the
 * team that takes what the ticket's team escalates, where routing chooses; otherwise it stays where it is.
 * @throws DomainError REQUIRED without a reason; NOT_FOUND for an agent who is unknown or has left;
 *   INVALID_TRANSITION on a CLOSED ticket
 */
export async function raiseTicket(
  tx: Transaction,
  ticket: Ticket,
  given: { runId: string | null; reason: string; toAgentId?: string | null },
): Promise<Escalation> {
  const { runId, toAgentId } = given;
  const reason = textOf(given.reason, 'reason', MOST_REASON);
  if (ticket.status === TicketStatus.CLOSED)
    throw new DomainError(
      ErrorCode.INVALID_TRANSITION,
      'A closed ticket cannot be escalated; reopen it first.',
      ['input', 'ticketId'],
    );
  const { teamId: fromTeamId, assigneeId: fromAgentId } = ticket;
  const toTeamId = toAgentId == null ? await targetOf(tx, ticket) : null;
  if (toAgentId != null) await giveTicket(tx, ticket, { agentId: toAgentId }, reason);
  else if (toTeamId !== null) await routeTicket(tx, ticket, toTeamId, ['input', 'ticketId']);
  because(ticket, reason);
  ticket.escalationLevel += 1;
  const escalation = Object.assign(new Escalation(), {
    id: newId('escalation'),
    ticketId: ticket.id,
    runId,
    level: ticket.escalationLevel,
    reason,
    fromTeamId,
    fromAgentId,
    toTeamId: ticket.teamId,
    toAgentId: ticket.assigneeId,
    escalatedById: tx.viewer.id,
    createdAt: tx.now,
  });
  tx.em.persist(escalation);
  tx.append(ticket.id, escalated(escalation));
  return escalation;
}

/**
 * Escalates a ticket by hand. Null stands for what the viewer no longer sees: the ticket may have gone to a
 * restricted team.
 */
export async function escalateTicket(ctx: Context, input: EscalateTicketInput) {
  mustWork(ctx);
  const made = await once(ctx, 'escalateTicket', input, [input.ticketId], async (tx) => {
    const ticket = await lockedTicket(tx, input.ticketId);
    const { id } = await raiseTicket(tx, ticket, {
      runId: null,
      reason: input.reason,
      toAgentId: input.agentId,
    });
    return { ticketId: ticket.id, escalationId: id };
  });
  return {
    ticket: await ctx.load(ticketById, made.ticketId),
    escalation: await ctx.load(escalationById, made.escalationId),
  };
}

/** The team that takes what the ticket's team escalates, where there is one. */
async function targetOf(tx: Transaction, ticket: Ticket): Promise<string | null> {
  if (ticket.teamId === null) return null;
  const team = await tx.em.findOne(Team, { id: ticket.teamId });
  return team && team.escalationTeamId !== team.id ? team.escalationTeamId : null;
}
