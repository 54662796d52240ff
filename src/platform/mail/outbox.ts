import type { Context } from '../context.js';
import type { Transaction } from '../database/transaction.js';
import { DomainError, ErrorCode } from '../errors.js';
import { newId } from '../ids.js';
import { Mail } from './mail.entity.js';
import { headerText, isOneAddress } from './mail-header.rules.js';
import { htmlOf } from './mail-html.rules.js';

/** What a mail may be given besides its address and words; see the columns of `Mail`. */
type Extras = Partial<
  Pick<Mail, 'streamId' | 'replyTo' | 'inReplyTo' | 'references' | 'secret' | 'attachments'>
>;

/**
 * Has a mail sent once the caller's transaction is committed; with the transaction it comes to nothing.
 * Where the demo has no mail server it counts as sent: it is in the local mailbox.
 * @throws DomainError INVALID_INPUT when `to` is not one plain e-mail address
 */
export async function queueMail(
  tx: Transaction,
  given: Pick<Mail, 'to' | 'subject' | 'text'> & Extras,
): Promise<Mail> {
  const { to, subject, text, ...extras } = given;
  if (!isOneAddress(to))
    throw new DomainError(
      ErrorCode.INVALID_INPUT,
      `Mail can't be sent to ${JSON.stringify(to)}: it is not one e-mail address.`,
    );
  const id = newId('mail');
  const local = hasLocalMailbox(tx);
  const mail = Object.assign(new Mail(), extras, {
    id,
    to,
    subject: headerText(subject),
    text,
    html: htmlOf(text),
    messageId: `<${id}@${ownDomain(tx)}>`,
    state: local ? 'SENT' : 'QUEUED',
    createdAt: tx.now,
    dueAt: tx.now,
    sentAt: local ? tx.now : null,
  } as const);
  tx.em.persist(mail);
  return mail;
}

/** Gives a mail that is not committed yet another text. */
export function rewriteMail(mail: Mail, text: string): void {
  mail.text = text;
  mail.html = htmlOf(text);
}

/** Whether mail stays on the machine, for reading at /mailbox. */
export function hasLocalMailbox({ desk }: Pick<Context, 'desk'>): boolean {
  return desk.config.demo && desk.config.mail.smtpUrl === undefined;
}

/** The right side of the Message-IDs that the desk makes. */
export function ownDomain({ desk }: Pick<Context, 'desk'>): string {
  const { from } = desk.config.mail;
  return from ? from.address.slice(from.address.lastIndexOf('@') + 1) : new URL(desk.publicUrl).hostname;
}
