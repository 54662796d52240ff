import type { Context } from '../../platform/context.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { hashOf, newToken } from '../survey/survey-token.js';
import { Ticket } from '../ticket/ticket.entity.js';
import { afterReply } from '../ticket/ticket.machine.js';
import { TicketLink } from './ticket-link.entity.js';

/** Makes a link for a mail to the ticket's customer, within a transaction. @returns its URL */
export function newTicketLink(tx: Transaction, ticket: Ticket): string {
  const token = newToken();
  const link = { tokenHash: hashOf(token), ticketId: ticket.id, createdAt: tx.now };
  tx.em.persist(Object.assign(new TicketLink(), link));
  return `${tx.desk.publicUrl}/ticket/${token}`;
}

/**
 * The ticket behind a link; null for a token that is unknown, and for a ticket that was closed too long
 * ago for its customer to do anything about it.
 */
export async function ticketBehind(ctx: Context, token: string): Promise<Ticket | null> {
  const link = await ctx.em.findOne(TicketLink, { tokenHash: hashOf(token) });
  const ticket = link && (await ctx.em.findOneOrFail(Ticket, { id: link.ticketId }));
  if (!ticket) return null;
  const facts = {
    hasAssignee: true,
    hasResolution: true,
    closedAt: ticket.closedAt,
    now: ctx.desk.clock.now(),
    reopenDays: ctx.desk.config.reopenDays,
  };
  return afterReply(ticket.status, facts) === 'FOLLOW_UP' ? null : ticket;
}
