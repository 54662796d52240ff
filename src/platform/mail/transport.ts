import { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import type { Mail } from './mail.entity.js';
import type { MailAddress } from './mail-header.rules.js';

/** Hands mail to a server. */
export interface MailTransport {
  /** Resolves once the server has accepted the mail; throws what `failureOf` classifies. */
  send(mail: Mail): Promise<void>;
  close(): void;
}

/** The bytes of what a mail brings, by its id; nothing where they are gone. */
export type ContentOf = (id: string) => AsyncIterable<Uint8Array>;

/** Marks the desk's own mail, so that what comes back by a loop is known. */
const LOOP_HEADER = 'X-Loop';

/** In milliseconds; together well below the lease of a mail. The URL may say otherwise. */
const PATIENCE = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };
const CONNECTIONS = 4;

/**
 * Mail by SMTP, over a few connections that are kept.
 * @param url smtp:// or smtps://, with user and password where the server asks for them; its query may
 *   hold further options of nodemailer
 * @param contentOf reads what mails bring, as it is sent
 */
export function smtpTransport(url: string, from: MailAddress, contentOf: ContentOf): MailTransport {
  const options = new URL(url);
  for (const [name, value] of Object.entries({ pool: true, maxConnections: CONNECTIONS, ...PATIENCE }))
    if (!options.searchParams.has(name)) options.searchParams.set(name, String(value));
  const transporter = createTransport(options.href);
  return {
    send: async (mail) => {
      await transporter.sendMail({
        // What the server returns to the sender is then about a known conversation, too.
        envelope: { from: mail.replyTo ?? from.address, to: [mail.to] },
        from,
        to: { name: '', address: mail.to },
        replyTo: mail.replyTo ?? undefined,
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        messageId: mail.messageId,
        inReplyTo: mail.inReplyTo ?? undefined,
        references: mail.references ?? undefined,
        date: mail.createdAt,
        attachments: mail.attachments.map(({ id, name, contentType }) => ({
          filename: name,
          contentType,
          content: Readable.from(contentOf(id)),
        })),
        headers: { [LOOP_HEADER]: from.address },
        disableFileAccess: true,
        disableUrlAccess: true,
      });
    },
    close: () => transporter.close(),
  };
}
