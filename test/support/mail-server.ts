import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { createTransport } from 'nodemailer';
import { SMTPServer } from 'smtp-server';
import { until } from './desk.js';

/** A mail that a server was given. */
export interface Delivered {
  from: string;
  to: string[];
  mail: ParsedMail;
}

/** What a server says to a mail: null takes it. `command` is where it says so. */
export type Refuse = (to: string) => { code: number; at: 'RCPT' | 'DATA' } | null;

/** A mail server that the desk sends to, as the world's would be. */
export class MailServer {
  readonly delivered: Delivered[] = [];
  refuse: Refuse = () => null;
  /** Done with a mail that was read whole, before it is acknowledged. */
  beforeTaken: (delivered: Delivered) => unknown = () => undefined;
  private readonly server: SMTPServer;

  private constructor() {
    const refusal = (to: string, at: 'RCPT' | 'DATA') => {
      const refused = this.refuse(to);
      return refused?.at === at
        ? Object.assign(new Error('secret words of the server'), { responseCode: refused.code })
        : null;
    };
    this.server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      logger: false,
      closeTimeout: 100,
      onRcptTo: ({ address }, _session, done) => done(refusal(address, 'RCPT')),
      onData: async (stream, { envelope }, done) => {
        const mail = await simpleParser(stream);
        const to = envelope.rcptTo.map(({ address }) => address);
        const refused = refusal(to[0] ?? '', 'DATA');
        if (refused) return done(refused);
        const delivered = { from: envelope.mailFrom ? envelope.mailFrom.address : '', to, mail };
        this.delivered.push(delivered);
        await this.beforeTaken(delivered);
        done();
      },
    });
    // A client that is killed in mid-sentence is part of the play.
    this.server.on('error', () => undefined);
  }

  static async start(port = 0): Promise<MailServer> {
    const made = new MailServer();
    await new Promise<void>((resolve) => made.server.listen(port, '127.0.0.1', () => resolve()));
    return made;
  }

  get port(): number {
    return (this.server.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  to(address: string): ParsedMail[] {
    return this.delivered.filter(({ to }) => to.includes(address)).map(({ mail }) => mail);
  }

  /** The first mail to an address for which it holds. */
  async mailTo(
    address: string,
    holds: (mail: ParsedMail) => boolean = () => true,
    seconds = 15,
  ): Promise<ParsedMail> {
    await until(() => this.to(address).some(holds), `a mail to ${address}`, seconds);
    return this.to(address).find(holds) as ParsedMail;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

/** A mail as its source, for headers that no library would write. */
export function source(headers: Record<string, string>, text: string): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [...lines, '', ...text.split('\n')].join('\r\n');
}

/** Gives a server a mail. @returns its reply, `250 …`; an error has `responseCode` */
export async function deliver(
  port: number,
  envelope: { from: string; to: string },
  raw: string | Buffer,
): Promise<string> {
  const transport = createTransport({ host: '127.0.0.1', port, ignoreTLS: true });
  const { response } = await transport.sendMail({ envelope: { ...envelope, to: [envelope.to] }, raw });
  transport.close();
  return response;
}
