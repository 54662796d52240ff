import type { Context } from '../../platform/context.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { DomainError, ErrorCode } from '../../platform/errors.js';
import { Organization } from '../directory/organization.entity.js';
import { priorityOf } from './priority.rules.js';
import type { Ticket } from './ticket.entity.js';
import type { SetPriorityInput, SetStatusInput } from './ticket.input.js';
import { type MoveFacts, move, moveTo, type TicketMove } from './ticket.machine.js';
import { because, changeTicket, mustWork, textOf } from './ticket.service.js';
import { type Level, type Priority, TicketStatus } from './ticket.vocabulary.js';

const MOST_RESOLUTION = 20_000;

export function moveFacts(tx: Transaction, ticket: Ticket): MoveFacts {
  return {
    hasAssignee: ticket.assigneeId !== null,
    hasResolution: ticket.resolution !== null,
    closedAt: ticket.closedAt,
    now: tx.now,
    reopenDays: tx.desk.config.reopenDays,
  };
}

/**
 * Moves a locked ticket along its life cycle and stamps the time.
 * @throws DomainError what `move` throws
 */
export function applyMove(tx: Transaction, ticket: Ticket, by: TicketMove): void {
  ticket.status = move(ticket.status, by, moveFacts(tx, ticket));
  if (by === 'RESOLVE') ticket.resolvedAt = tx.now;
  if (by === 'CLOSE') ticket.closedAt = tx.now;
  if (by === 'REOPEN' || (by === 'CUSTOMER_REPLY' && ticket.resolvedAt !== null)) {
    ticket.reopenCount += 1;
    ticket.resolvedAt = null;
    ticket.closedAt = null;
  }
}

/** Stores what solved the ticket and, where it isn't yet, moves it to RESOLVED. */
export function resolve(tx: Transaction, ticket: Ticket, resolution: string | null): void {
  if (resolution !== null) ticket.resolution = textOf(resolution, 'resolution', MOST_RESOLUTION);
  applyMove(tx, ticket, 'RESOLVE');
}

/** Sets impact or urgency; the priority follows, unless somebody overrode it. */
export async function assess(
  tx: Transaction,
  ticket: Ticket,
  levels: { impact?: Level; urgency?: Level },
): Promise<void> {
  Object.assign(ticket, levels);
  if (ticket.priorityReason !== null) return;
  const organization = ticket.organizationId
    ? await tx.em.findOne(Organization, { id: ticket.organizationId })
    : null;
  ticket.priority = priorityOf(ticket.impact, ticket.urgency, organization?.tier);
}

/** Overrides the priority for a reason; without one to keep, lets it follow the matrix again. */
export async function overridePriority(
  tx: Transaction,
  ticket: Ticket,
  priority: Priority | null,
  reason: string,
): Promise<void> {
  ticket.priorityReason = priority === null ? null : reason;
  if (priority !== null) ticket.priority = priority;
  await assess(tx, ticket, {});
  because(ticket, reason);
}

/** Opens a RESOLVED or CLOSED ticket again. Its customer may, and who works on tickets. */
export function reopenTicket(
  ctx: Context,
  input: { ticketId: string; reason: string; expectedVersion?: number | null },
): Promise<{ ticketId: string }> {
  if (ctx.viewer.kind !== 'CUSTOMER') mustWork(ctx);
  return changeTicket(
    ctx,
    input.ticketId,
    async (tx, ticket) => {
      because(ticket, textOf(input.reason, 'reason', 2000));
      applyMove(tx, ticket, 'REOPEN');
      return { ticketId: ticket.id };
    },
    input.expectedVersion,
  );
}

/** Moves a ticket between OPEN, PENDING and ON_HOLD. Resolving and closing have mutations of their own. */
export function setTicketStatus(ctx: Context, input: SetStatusInput): Promise<{ ticketId: string }> {
  mustWork(ctx);
  const by = moveTo(input.status);
  if (!by || input.status === TicketStatus.RESOLVED || input.status === TicketStatus.CLOSED)
    throw new DomainError(
      ErrorCode.INVALID_INPUT,
      `status is OPEN, PENDING or ON_HOLD here; use resolveTicket, closeTicket and reopenTicket for the rest.`,
      ['input', 'status'],
    );
  return changeTicket(
    ctx,
    input.ticketId,
    async (tx, ticket) => {
      if (ticket.status !== input.status) applyMove(tx, ticket, by);
      return { ticketId: ticket.id };
    },
    input.expectedVersion,
  );
}

/** Assesses impact and urgency anew, overrides the priority that follows from them, or both at once. */
export function setTicketPriority(ctx: Context, input: SetPriorityInput): Promise<{ ticketId: string }> {
  mustWork(ctx);
  if (input.priority == null && input.impact == null && input.urgency == null)
    throw new DomainError(ErrorCode.REQUIRED, 'Give impact, urgency, or a priority with a reason.', [
      'input',
    ]);
  if (input.priority != null && !input.reason?.trim())
    throw new DomainError(ErrorCode.REQUIRED, 'Overriding the priority needs a reason.', ['input', 'reason']);
  return changeTicket(
    ctx,
    input.ticketId,
    async (tx, ticket) => {
      ticket.priorityReason = null;
      await assess(tx, ticket, {
        impact: input.impact ?? ticket.impact,
        urgency: input.urgency ?? ticket.urgency,
      });
      if (input.priority != null)
        await overridePriority(tx, ticket, input.priority, textOf(input.reason ?? '', 'reason', 2000));
      return { ticketId: ticket.id };
    },
    input.expectedVersion,
  );
}
