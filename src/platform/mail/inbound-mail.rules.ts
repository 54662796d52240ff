import { type MailAddress, tokenIn } from './mail-header.rules.js';

/** A mail that came in, and what can be told of it from its headers. Pure. */
export interface InboundMail {
  /** `<…>` of RFC 5322; made of the content where the mail has none, so that the same mail has the same. */
  messageId: string;
  from: MailAddress;
  /** The return path; '' for none, which is how servers write. */
  envelopeFrom: string;
  /** Everyone it is for: by the envelope first, then by its headers. */
  recipients: string[];
  subject: string;
  /** As text, also where the mail has markup alone. */
  text: string;
  /** `size` in bytes. */
  attachments: { name: string; size: number }[];
  /** Header fields by lower-case name; of several of one name the first. */
  headers: Readonly<Record<string, string>>;
}

/** The first token among the recipients; null where the mail is for the desk's plain address alone. */
export function replyTokenOf(mail: Pick<InboundMail, 'recipients'>, own: string): string | null {
  for (const recipient of mail.recipients) {
    const token = tokenIn(recipient, own);
    if (token) return token;
  }
  return null;
}

/**
 * Why a mail was written by a machine, in words that end a sentence; null for a person's. Nothing may be
 * answered or reopened by such mail, or two machines write to each other for ever (RFC 3834, 2).
 * @param own the desk's own address
 */
export function automaticBecause(
  mail: Pick<InboundMail, 'headers' | 'envelopeFrom' | 'from'>,
  own: string,
): string | null {
  const field = (name: string) => mail.headers[name]?.trim().toLowerCase() ?? '';
  if (mail.envelopeFrom === '' || field('return-path') === '<>') return 'it has no return path';
  if (tokenIn(mail.from.address, own) !== null) return "it comes from the desk's own address";
  if (field('x-loop').includes(own.toLowerCase())) return 'it is mail of the desk that came back';
  // `auto-replied; owner-email=…`: the keyword counts, not its parameters.
  const submitted = field('auto-submitted').split(/[;\s(]/)[0] ?? '';
  if (submitted !== '' && submitted !== 'no') return 'it was sent automatically';
  if (['bulk', 'junk', 'list', 'auto_reply'].includes(field('precedence'))) return 'it is bulk or list mail';
  if (field('x-auto-response-suppress') !== '') return 'it asks not to be answered automatically';
  return null;
}
