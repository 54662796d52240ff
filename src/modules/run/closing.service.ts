import type { Context } from '../../platform/context.js';
import { inTransaction, type Transaction } from '../../platform/database/transaction.js';
import { DomainError, ErrorCode } from '../../platform/errors.js';
import { Ticket } from '../ticket/ticket.entity.js';
import type { CloseTicketInput } from '../ticket/ticket.input.js';
import { because, changeTicket, mustWork } from '../ticket/ticket.service.js';
import { TicketStatus } from '../ticket/ticket.vocabulary.js';
import { applyMove } from '../ticket/ticket-lifecycle.service.js';
import { closingGates } from './closing.rules.js';
import { Run } from './run.entity.js';
import { RunPhase } from './run.state.js';
import { loadRun } from './run.store.js';

/** Closes a RESOLVED ticket by hand. */
export function closeTicket(ctx: Context, input: CloseTicketInput): Promise<{ ticketId: string }> {
  mustWork(ctx);
  return changeTicket(
    ctx,
    input.ticketId,
    async (tx, ticket) => {
      await closeLocked(tx, ticket, input.notes?.trim() || null);
      return { ticketId: ticket.id };
    },
    input.expectedVersion,
  );
}

/**
 * Closes a RESOLVED ticket because its customer says that it is solved.
 * @throws DomainError GATE_PENDING, INVALID_TRANSITION, NOT_FOUND
 */
export function confirmSolved(ctx: Context, ticketId: string): Promise<void> {
  return changeTicket(ctx, ticketId, async (tx, ticket) => {
    because(ticket, 'The customer says that it is solved.');
    await closeLocked(tx, ticket, null);
  });
}

/** Whether a ticket could be closed now: it is RESOLVED, and no gate of an active run stands against it. */
export function mayBeClosed(ctx: Context, ticketId: string): Promise<boolean> {
  return inTransaction(ctx, [], async (tx) => {
    const ticket = await tx.em.findOneOrFail(Ticket, { id: ticketId });
    return ticket.status === TicketStatus.RESOLVED && (await openGates(tx, ticket)).length === 0;
  });
}

/**
 * Closes a locked ticket, unless a run that is being followed still has a gate to pass before closing.
 * @throws DomainError GATE_PENDING naming the gates; INVALID_TRANSITION unless it is RESOLVED
 */
export async function closeLocked(tx: Transaction, ticket: Ticket, notes: string | null): Promise<void> {
  const open = await openGates(tx, ticket);
  if (open.length > 0)
    throw new DomainError(ErrorCode.GATE_PENDING, `The ticket cannot be closed before: ${open.join('; ')}.`, [
      'input',
      'ticketId',
    ]);
  applyMove(tx, ticket, 'CLOSE');
  ticket.closingNotes = notes ?? ticket.closingNotes;
}

/** The gates that active runs still have to pass before the ticket is closed, as people name them. */
async function openGates(tx: Transaction, ticket: Ticket): Promise<string[]> {
  const runs = await tx.em.find(Run, { ticketId: ticket.id, phase: RunPhase.ACTIVE });
  const open: string[] = [];
  for (const { id } of runs) {
    const { definition, state, steps, process } = await loadRun(tx, id);
    open.push(...closingGates(definition, state).map((key) => `${steps.get(key)?.title} (${process.name})`));
  }
  return open;
}
