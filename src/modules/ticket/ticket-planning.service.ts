import type { Transaction } from '../../platform/database/transaction.js';
import { dropDeadlines, planDeadlines } from '../../platform/deadlines/deadline.js';
import { RUN_PLAN } from '../run/replanning.service.js';
import type { Ticket } from './ticket.entity.js';
import { TicketStatus } from './ticket.vocabulary.js';

/** The deadlines of a ticket itself. */
export const TICKET_AUTO_CLOSE = 'TICKET_AUTO_CLOSE';
export const PROMISE_MISSED = 'PROMISE_MISSED';
export const autoCloseKey = (ticketId: string) => `auto-close:${ticketId}`;

const DAY = 86_400_000;

/** What of a ticket its deadlines follow from. */
type Times = Pick<Ticket, 'status' | 'resolvedAt' | 'promisedResolutionAt' | 'teamId'>;

export function timesOf({ status, resolvedAt, promisedResolutionAt, teamId }: Ticket): Times {
  return { status, resolvedAt, promisedResolutionAt, teamId };
}

/** When a ticket that was resolved then closes by itself. */
export function autoCloseAt(resolvedAt: Date, days: number): Date {
  return new Date(resolvedAt.getTime() + days * DAY);
}

/** The promise that can still be missed, or null. */
export function openPromise({ status, promisedResolutionAt }: Times): Date | null {
  return status === TicketStatus.RESOLVED || status === TicketStatus.CLOSED ? null : promisedResolutionAt;
}

/** Plans anew what follows from the changes of a ticket that is locked. */
export async function planTicket(tx: Transaction, ticket: Ticket, before: Times): Promise<void> {
  const of = { subjectId: ticket.id, streamId: ticket.id };
  if (+resolvedSince(before) !== +resolvedSince(ticket)) {
    await dropDeadlines(tx, ticket.id, [TICKET_AUTO_CLOSE]);
    const at = autoCloseAt(resolvedSince(ticket), tx.desk.config.autoCloseDays);
    if (ticket.status === TicketStatus.RESOLVED)
      await planDeadlines(tx, [{ ...of, key: autoCloseKey(ticket.id), kind: TICKET_AUTO_CLOSE, at }]);
  }
  const [was, promised] = [openPromise(before), openPromise(ticket)];
  if (was?.getTime() !== promised?.getTime()) {
    await dropDeadlines(tx, ticket.id, [PROMISE_MISSED]);
    // One that was missed before the ticket was reopened has been told.
    if (promised && promised > tx.now)
      await planDeadlines(tx, [{ ...of, key: `promise:${ticket.id}`, kind: PROMISE_MISSED, at: promised }]);
  }
  // Another team works by another calendar.
  if (before.teamId !== ticket.teamId)
    await planDeadlines(tx, [{ ...of, key: `run-plan:${ticket.id}`, kind: RUN_PLAN, at: tx.now }]);
}

/** Since when it is RESOLVED; the beginning of time while it isn't. */
function resolvedSince({ status, resolvedAt }: Times): Date {
  return status === TicketStatus.RESOLVED && resolvedAt ? resolvedAt : new Date(0);
}
