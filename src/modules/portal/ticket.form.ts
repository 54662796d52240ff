import { Context } from '../../platform/context.js';
import { DomainError, ErrorCode } from '../../platform/errors.js';
import { findViewer } from '../directory/identity.service.js';
import { confirmSolved, mayBeClosed } from '../run/closing.service.js';
import type { Ticket } from '../ticket/ticket.entity.js';
import { reopenTicket } from '../ticket/ticket-lifecycle.service.js';
import { type Answer, type Asked, refused } from './portal.answer.js';
import { type TicketView, ticketPage } from './ticket.page.js';
import { ticketBehind } from './ticket-link.service.js';

/** The ticket behind a link: its subject, where it stands, and what its customer can do about it. */
export async function showTicket({ ctx, token, query }: Asked): Promise<Answer> {
  const ticket = await ticketBehind(ctx, token);
  if (!ticket) return refused();
  const done = query.get('done');
  return page(ctx, ticket, 200, { done: done === 'close' || done === 'reopen' ? done : null });
}

/** Closes or reopens the ticket in its customer's name, by the same rules as everywhere. */
export async function changeTicketForm({ ctx, token }: Asked, form: URLSearchParams): Promise<Answer> {
  const ticket = await ticketBehind(ctx, token);
  const customer = ticket && (await findViewer(ctx.desk.database, ticket.customerId));
  if (!ticket || !customer) return refused();
  const own = new Context(ctx.desk, customer);
  const action = form.get('action') === 'close' ? 'close' : 'reopen';
  const reason = form.get('reason') ?? '';
  try {
    if (action === 'close') await confirmSolved(own, ticket.id);
    else await reopenTicket(own, { ticketId: ticket.id, reason });
    return { location: `/ticket/${token}?done=${action}` };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const now = await ticketBehind(new Context(ctx.desk, ctx.viewer), token);
    return now ? page(ctx, now, 422, { reason, fault: faultOf(error, reason), done: null }) : refused();
  }
}

/** Without the names of steps and gates, which are the desk's own business. */
function faultOf({ code }: DomainError, reason: string): TicketView['fault'] {
  if (code === ErrorCode.REQUIRED) return { text: 'Please say what is still wrong.', field: 'reason' };
  if (code === ErrorCode.INVALID_INPUT && reason !== '')
    return { text: 'Please shorten what you wrote to 2,000 characters.', field: 'reason' };
  if (code === ErrorCode.GATE_PENDING)
    return { text: 'Your request cannot be closed yet: we still have something to do for it.' };
  return { text: 'That is not possible any more: this is how your request stands now.' };
}

async function page(
  ctx: Context,
  { id, number, subject, status }: Ticket,
  code: number,
  more: Pick<TicketView, 'done' | 'fault' | 'reason'>,
): Promise<Answer> {
  const view = { number, subject, status, closable: await mayBeClosed(ctx, id), ...more };
  return { status: code, html: ticketPage(view) };
}
