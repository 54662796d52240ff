import type { InboundMail } from '../../platform/mail/inbound-mail.rules.js';
import { aboveMarker } from '../../platform/mail/quoted-text.rules.js';

/** What of a mail is kept, and in which words. Pure. */

const MOST_SUBJECT = 255;

/** The mail as a text of at most so many characters: what was newly written, and which files came with it. */
export function textOfMail(mail: Pick<InboundMail, 'text' | 'attachments'>, most: number): string {
  const files = mail.attachments
    .slice(0, 50)
    .map(({ name, size }) => `${name.slice(0, 200)} (${sizeText(size)})`);
  const footer = files.length > 0 ? `\n\n[Attachments, which were not kept: ${files.join(', ')}]` : '';
  const text = aboveMarker(mail.text) || '[The mail had no text.]';
  const room = most - footer.length;
  if (text.length <= room) return text + footer;
  const notice = '\n\n[The rest was too long to be kept.]';
  return text.slice(0, room - notice.length).toWellFormed() + notice + footer;
}

/** The subject of a new ticket. */
export function subjectOfMail({ subject }: Pick<InboundMail, 'subject'>): string {
  const line = subject.replace(/\s+/g, ' ').trim();
  return line.slice(0, MOST_SUBJECT).toWellFormed() || '(no subject)';
}

/** The note that is left of a mail which a machine wrote. */
export function automaticNote(mail: InboundMail, because: string, most: number): string {
  const head = `A mail of ${mail.from.address} was taken as automatic (${because}): nothing was reopened or answered.`;
  const text = `${head}\n\n${subjectOfMail(mail)}\n\n`;
  return text + textOfMail(mail, most - text.length);
}

/** @param size in bytes; 1 kB are 1,000 */
export function sizeText(size: number): string {
  if (size < 1000) return `${size} B`;
  return size < 1_000_000 ? `${Math.round(size / 1000)} kB` : `${(size / 1_000_000).toFixed(1)} MB`;
}
