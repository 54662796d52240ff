import type { Context } from '../../platform/context.js';
import { once } from '../../platform/database/idempotency.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { notFound } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import type { Mail } from '../../platform/mail/mail.entity.js';
import { Customer } from '../directory/customer.entity.js';
import type { File } from '../file/file.entity.js';
import type { Ticket } from '../ticket/ticket.entity.js';
import { afterReply } from '../ticket/ticket.machine.js';
import { because, lockedTicket, mustWork, newTicket, seen, textOf } from '../ticket/ticket.service.js';
import { Channel, TicketStatus } from '../ticket/ticket.vocabulary.js';
import { applyMove, moveFacts } from '../ticket/ticket-lifecycle.service.js';
import { attach, attachable } from './attachment.service.js';
import { mailAboutTicket } from './letter.service.js';
import { Message } from './message.entity.js';
import { messageAdded } from './message.events.js';
import type { AddNoteInput, ReplyToTicketInput } from './message.input.js';
import { messageById } from './message.scope.js';
import { MessageDelivery, MessageDirection, MessageVisibility } from './message.vocabulary.js';

export const MOST_BODY = 50_000;

/** A message and the ticket whose thread it is in. */
interface Written {
  ticket: Ticket;
  message: Message;
}

/**
 * Writes a public message. Of staff: it goes to the customer as mail, and a NEW ticket is OPEN. Of a
 * customer: it opens again what waits, is RESOLVED or was closed lately; what was closed too long ago it
 * follows up by a new ticket.
 * @throws DomainError NOT_FOUND, FORBIDDEN to staff that only read; REQUIRED, INVALID_INPUT by the text
 */
export async function replyToTicket(ctx: Context, input: ReplyToTicketInput): Promise<Written> {
  const ofCustomer = ctx.viewer.kind === 'CUSTOMER';
  if (!ofCustomer) mustWork(ctx);
  const made = await once(ctx, 'replyToTicket', input, [input.ticketId], async (tx) => {
    const ticket = await lockedTicket(tx, input.ticketId);
    const body = textOf(input.body, 'body', MOST_BODY);
    const files = await attachable(tx, ticket, input.fileIds ?? []);
    return idsOf(
      ofCustomer
        ? await takeReply(tx, ticket, body, Channel.WEB_FORM, files)
        : await replyOfStaff(tx, ticket, body, files),
    );
  });
  return written(ctx, made);
}

/**
 * Writes an internal note.
 * @throws DomainError NOT_FOUND, FORBIDDEN to staff that only read; REQUIRED, INVALID_INPUT by the text
 */
export async function addNote(ctx: Context, input: AddNoteInput): Promise<Written> {
  mustWork(ctx);
  const made = await once(ctx, 'addNote', input, [input.ticketId], async (tx) => {
    const ticket = await lockedTicket(tx, input.ticketId);
    const body = textOf(input.body, 'body', MOST_BODY);
    return idsOf(await writeNote(tx, ticket, body, await attachable(tx, ticket, input.fileIds ?? [])));
  });
  return written(ctx, made);
}

/**
 * Writes to the customer, in the thread and by mail, within a transaction that locked the ticket.
 * @param letter `to`: an address to take instead of the customer's own
 * @throws DomainError INVALID_INPUT when `to` is not one e-mail address
 */
export async function sendToCustomer(
  tx: Transaction,
  ticket: Ticket,
  letter: { subject: string; body: string; to?: string | null; files?: File[] },
): Promise<Message> {
  const { files = [], ...words } = letter;
  const attachments = files.map(({ id, name, contentType }) => ({ id, name, contentType }));
  const mail = await mailAboutTicket(tx, ticket, { ...words, attachments });
  ticket.firstResponseAt ??= tx.now;
  return addMessage(tx, ticket, {
    visibility: MessageVisibility.PUBLIC,
    direction: MessageDirection.OUTBOUND,
    body: letter.body,
    files,
    ...sentBy(mail),
  });
}

/** What a message keeps of the mail that it went out as. */
export function sentBy(mail: Mail): Pick<Message, 'subject' | 'mailId' | 'delivery'> {
  return { subject: mail.subject, mailId: mail.id, delivery: MessageDelivery[mail.state] };
}

/** Writes an internal note, within a transaction that locked the ticket. */
export async function writeNote(
  tx: Transaction,
  ticket: Ticket,
  body: string,
  files: File[] = [],
): Promise<Message> {
  return addMessage(tx, ticket, {
    files,
    visibility: MessageVisibility.INTERNAL,
    direction: MessageDirection.OUTBOUND,
    body,
  });
}

/** Puts a message of values that were checked into the thread, and tells of it, within a transaction. */
export function addMessage(
  tx: Transaction,
  ticket: Ticket,
  given: Pick<Message, 'visibility' | 'direction' | 'body'> &
    Partial<Pick<Message, 'subject' | 'mailId' | 'delivery'>> & { files?: File[] },
): Message {
  const { files = [], ...rest } = given;
  // What leaves the desk because of what a customer did is the desk's own writing, not the customer's.
  const ownWords = tx.viewer.kind === 'STAFF' || given.direction === MessageDirection.INBOUND;
  const message = Object.assign(new Message(), rest, {
    id: newId('message'),
    ticketId: ticket.id,
    fileIds: attach(tx, ticket, files, given.visibility),
    authorId: (ownWords && tx.viewer.id) || 'system',
    createdAt: tx.now,
  });
  tx.em.persist(message);
  tx.append(ticket.id, messageAdded(message));
  return message;
}

async function replyOfStaff(tx: Transaction, ticket: Ticket, body: string, files: File[]): Promise<Message> {
  if (ticket.status === TicketStatus.NEW) applyMove(tx, ticket, 'START');
  return sendToCustomer(tx, ticket, { subject: `[SD-${ticket.number}] ${ticket.subject}`, body, files });
}

/**
 * Takes a customer's reply into the thread, however it came, within a transaction of that customer that
 * locked the ticket. It opens again what waits, is RESOLVED or was closed lately; what was closed too long
 * ago it follows up by a new ticket.
 * @param channel how the reply came, for the follow-up ticket
 */
export async function takeReply(
  tx: Transaction,
  ticket: Ticket,
  body: string,
  channel: Channel,
  files: File[] = [],
): Promise<Message> {
  const after = afterReply(ticket.status, moveFacts(tx, ticket));
  if (after === 'REOPEN') {
    because(ticket, 'The customer replied.');
    applyMove(tx, ticket, ticket.status === TicketStatus.CLOSED ? 'REOPEN' : 'CUSTOMER_REPLY');
  }
  const thread = after === 'FOLLOW_UP' ? await followUp(tx, ticket, body, channel) : ticket;
  return addMessage(tx, thread, {
    visibility: MessageVisibility.PUBLIC,
    direction: MessageDirection.INBOUND,
    body,
    files,
  });
}

/** A new ticket of whoever replied, about the same matter and with the same team, which may be restricted. */
async function followUp(tx: Transaction, closed: Ticket, body: string, channel: Channel): Promise<Ticket> {
  const { subject, impact, urgency, categoryId, productId, teamId } = closed;
  return newTicket(tx, {
    customer: await tx.em.findOneOrFail(Customer, { id: tx.viewer.id as string }),
    subject,
    description: body,
    channel,
    impact,
    urgency,
    categoryId,
    productId,
    teamId,
    followUpOfId: closed.id,
  });
}

const idsOf = (message: Message) => ({ ticketId: message.ticketId, messageId: message.id });

async function written(ctx: Context, { ticketId, messageId }: ReturnType<typeof idsOf>): Promise<Written> {
  const message = await ctx.load(messageById, messageId);
  if (!message) throw notFound('message', messageId);
  return { ticket: await seen(ctx, ticketId), message };
}
