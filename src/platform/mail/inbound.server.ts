import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { MailConfig } from '../config.js';
import type { Log } from '../log.js';
import type { InboundMail } from './inbound-mail.rules.js';
import { isOneAddress, type MailAddress, tokenIn } from './mail-header.rules.js';

/** Most bytes of a mail. */
export const MOST_BYTES = 10 * 1024 * 1024;
/** Most characters of markup that text is made of. */
const MOST_MARKUP = 1024 * 1024;
const LEAVE_AS_IS = { skipTextToHtml: true, skipImageLinks: true } as const;
const MOST_CLIENTS = 50;
const PATIENCE = 60_000;

/** Takes a mail for good. What it throws, the sender hears as "try again later". */
export type OnMail = (mail: InboundMail) => Promise<void>;

export interface InboundServer {
  port: number;
  stop(): Promise<void>;
}

/** A refusal that the sending server hears, with its reply code. */
class Refusal extends Error {
  constructor(
    readonly responseCode: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Takes in mail for the desk's address, with or without a token, by SMTP. Meant to stand behind a mail
 * server that the world speaks to: it knows no sign-in and no encryption. A mail is acknowledged only
 * after it was stored; then it has been, wholly.
 */
export async function inboundServer(
  config: Pick<MailConfig, 'inboundHost'> & { inboundPort: number; from: MailAddress },
  log: Log,
  onMail: OnMail,
): Promise<InboundServer> {
  const own = config.from.address;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: MOST_BYTES,
    maxClients: MOST_CLIENTS,
    socketTimeout: PATIENCE,
    closeTimeout: 5000,
    logger: false,
    onRcptTo: ({ address }, _session, done) =>
      done(
        tokenIn(address, own) === null ? new Refusal(550, `5.1.1 There is no mailbox ${address} here`) : null,
      ),
    onData: (stream, session, done) => {
      take(stream, session, onMail).then(
        () => done(null, '2.6.0 Taken'),
        (error) => done(refusalOf(error, log)),
      );
    },
  });
  server.on('error', (error) => log.warn({ err: error }, 'A connection that brings mail failed'));
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(config.inboundPort, config.inboundHost, () => resolve());
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function take(stream: SMTPServerDataStream, session: SMTPServerSession, onMail: OnMail): Promise<void> {
  const chunks: Buffer[] = [];
  // Read to its end in any case: the sender listens for the answer only then.
  for await (const chunk of stream as AsyncIterable<Buffer>)
    if (stream.sizeExceeded) chunks.length = 0;
    else chunks.push(chunk);
  if (stream.sizeExceeded) throw new Refusal(552, `5.3.4 A mail has at most ${MOST_BYTES} bytes`);
  await onMail(await read(Buffer.concat(chunks), session.envelope));
}

/** @throws Refusal for what is no mail of one sender */
async function read(raw: Buffer, envelope: SMTPServerSession['envelope']): Promise<InboundMail> {
  const parsed = await simpleParser(raw, {
    ...LEAVE_AS_IS,
    skipHtmlToText: true,
  }).catch(() => null);
  const [from, ...others] = parsed?.from?.value ?? [];
  if (!parsed || !from?.address || others.length > 0 || !isOneAddress(from.address))
    throw new Refusal(550, '5.6.0 This is not a mail that names one sender');
  const headers = headersOf(parsed);
  return {
    messageId: messageIdOf(parsed, raw),
    from: { name: clean(from.name), address: from.address },
    envelopeFrom: envelope.mailFrom ? envelope.mailFrom.address : '',
    recipients: [
      ...envelope.rcptTo.map(({ address }) => address),
      ...[parsed.to, parsed.cc].flat().flatMap(addresses),
    ],
    subject: clean(parsed.subject ?? ''),
    text: clean(parsed.text?.trim() ? parsed.text : await textOfMarkup(parsed.html || '')),
    attachments: parsed.attachments.map(({ filename, size }) => ({
      name: clean(filename ?? 'unnamed').replace(/\s+/g, ' '),
      size,
    })),
    headers,
  };
}

/**
 * The text of a mail that has markup alone. The parser makes it only where the markup is the whole mail,
 * so it is given such a mail.
 */
async function textOfMarkup(html: string): Promise<string> {
  if (html === '') return '';
  const body = Buffer.from(html.slice(0, MOST_MARKUP).toWellFormed()).toString('base64');
  const head = 'Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n';
  return (await simpleParser(head + body, LEAVE_AS_IS)).text ?? '';
}

function messageIdOf({ messageId }: ParsedMail, raw: Buffer): string {
  if (messageId && messageId.length <= 400 && /^<[^\s<>]+>$/.test(messageId)) return messageId;
  return `sha256:${createHash('sha256')
    .update(messageId ?? raw)
    .digest('hex')}`;
}

function headersOf({ headerLines }: ParsedMail): Record<string, string> {
  const entries = headerLines.map(({ key, line }) => [key, clean(line.slice(line.indexOf(':') + 1)).trim()]);
  // The first of a name wins; fromEntries defines own properties, so no name reaches a prototype.
  return Object.fromEntries(entries.reverse());
}

const addresses = (list: AddressObject | undefined) =>
  (list?.value ?? []).flatMap(({ address }) => (address ? [address] : []));

/** As the database can keep it: no NUL, no half characters. */
const clean = (text: string) => text.replaceAll('\0', '').toWellFormed();

function refusalOf(error: unknown, log: Log): Error {
  if (error instanceof Refusal) return error;
  if ((error as { code?: unknown }).code === 'ECONNECTION') log.info('A sender went in the middle of a mail');
  else log.error({ err: error }, 'A mail could not be taken in; its sender tries again');
  return new Refusal(451, '4.3.0 Something went wrong on our side: try again later');
}
