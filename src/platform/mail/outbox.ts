import type { Transaction } from '../database/transaction.js';
import { DomainError, ErrorCode } from '../errors.js';
import { newId } from '../ids.js';
import { Mail } from './mail.entity.js';
import { headerText, isOneAddress } from './mail-header.rules.js';
import { htmlOf } from './mail-html.rules.js';

/**
 * Has a mail sent once the caller's transaction is committed; with the transaction it comes to nothing.
 * @throws DomainError INVALID_INPUT when `to` is not one plain e-mail address
 */
export async function queueMail(
  tx: Transaction,
  given: Pick<Mail, 'to' | 'subject' | 'text'>,
): Promise<Mail> {
  if (!isOneAddress(given.to))
    throw new DomainError(
      ErrorCode.INVALID_INPUT,
      `Mail can't be sent to ${JSON.stringify(given.to)}: it is not one e-mail address.`,
    );
  const id = newId('mail');
  const mail = Object.assign(new Mail(), {
    id,
    to: given.to,
    subject: headerText(given.subject),
    text: given.text,
    html: htmlOf(given.text),
    messageId: `<${id}@${new URL(tx.desk.publicUrl).hostname}>`,
    createdAt: tx.now,
  });
  tx.em.persist(mail);
  return mail;
}
