import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { sqlOf } from '../../platform/database/database.js';
import type { Transaction } from '../../platform/database/transaction.js';
import type { Mail, MailAttachment } from '../../platform/mail/mail.entity.js';
import { withToken } from '../../platform/mail/mail-header.rules.js';
import { queueMail, rewriteMail } from '../../platform/mail/outbox.js';
import { Customer } from '../directory/customer.entity.js';
import { newTicketLink } from '../portal/ticket-link.service.js';
import type { Ticket } from '../ticket/ticket.entity.js';
import { TicketStatus } from '../ticket/ticket.vocabulary.js';
import { letterText, linkText } from './letter.rules.js';
import { ReplyAddress } from './reply-address.entity.js';

/** How much of the conversation a mail's References name. */
const MOST_REFERENCES = 10;

/**
 * Has a mail about a ticket sent, within a transaction that locked the ticket: answers find back to the
 * ticket, and mail programs show it with the mails before it. To the customer of a ticket that is resolved
 * or closed when the transaction ends, it brings the link to close or reopen it.
 * @param letter `to`: the customer's own address without it; `secret` as in `Mail`
 * @throws DomainError INVALID_INPUT when `to` is not one e-mail address
 */
export async function mailAboutTicket(
  tx: Transaction,
  ticket: Ticket,
  letter: {
    subject: string;
    body: string;
    to?: string | null;
    secret?: boolean;
    attachments?: MailAttachment[];
  },
): Promise<Mail> {
  const customer = await tx.em.findOneOrFail(Customer, { id: ticket.customerId });
  const { from } = tx.desk.config.mail;
  const to = letter.to ?? customer.email;
  const mail = await queueMail(tx, {
    to,
    subject: letter.subject,
    text: letterText(letter.body, from !== undefined),
    streamId: ticket.id,
    secret: letter.secret ?? false,
    attachments: letter.attachments ?? [],
    replyTo: from ? withToken(from.address, await replyToken(tx, ticket)) : null,
    ...(await conversation(tx, ticket)),
  });
  // Only at the end is it sure how the ticket leaves the transaction: a step may write first and resolve then.
  if (to.toLowerCase() === customer.email && !letter.secret) tx.atEnd(() => addLink(tx, ticket, mail));
  return mail;
}

function addLink(tx: Transaction, ticket: Ticket, mail: Mail): void {
  const { status } = ticket;
  if (status !== TicketStatus.RESOLVED && status !== TicketStatus.CLOSED) return;
  rewriteMail(mail, `${mail.text}\n\n${linkText(status, newTicketLink(tx, ticket))}`);
  mail.secret = true;
}

/** The token of the ticket and its customer; made with the first mail. */
async function replyToken(tx: Transaction, { id: ticketId, customerId }: Ticket): Promise<string> {
  const known = await tx.em.findOne(ReplyAddress, { ticketId, customerId });
  if (known) return known.token;
  const made = Object.assign(new ReplyAddress(), {
    token: randomBytes(16).toString('hex'),
    ticketId,
    customerId,
    createdAt: tx.now,
  });
  await tx.em.persist(made).flush();
  return made.token;
}

/** The mails of the ticket so far, sent and received, as In-Reply-To and References name them. */
async function conversation(
  tx: Transaction,
  ticket: Ticket,
): Promise<Pick<Mail, 'inReplyTo' | 'references'>> {
  const { rows } = await sql<{ id: string }>`
    select id from (
      select message_id as id, created_at as at from mail where stream_id = ${ticket.id}
      union all
      select message_id, received_at from received_mail where ticket_id = ${ticket.id} and message_id like '<%'
    ) as known
    order by at desc, id desc
    limit ${MOST_REFERENCES}`.execute(sqlOf(tx.em));
  const ids = rows.map(({ id }) => id);
  return { inReplyTo: ids[0] ?? null, references: ids.reverse().join(' ') || null };
}
