import type { Desk } from '../context.js';
import { inboundServer, type OnMail } from './inbound.server.js';
import { hasLocalMailbox } from './outbox.js';
import { MailSweep, type OnDelivery } from './sweep.js';
import { type ContentOf, smtpTransport } from './transport.js';

/** The mail of one node: what goes out and what comes in. */
export interface MailRooms {
  /** Where mail comes in; null where none does. */
  inboundPort: number | null;
  stop(): Promise<void>;
}

/** Starts what the configuration asks for: the delivery of the outbox, the receiver, both or neither. */
export async function startMail(
  desk: Desk,
  modules: { onDelivery: OnDelivery; onMail: OnMail; contentOf: ContentOf },
): Promise<MailRooms> {
  const { smtpUrl, from, inboundPort, inboundHost } = desk.config.mail;
  if (smtpUrl === undefined && !hasLocalMailbox({ desk }))
    desk.log.warn('SMTP_URL is not set: mail waits in the outbox until it is');
  const inbound =
    from && inboundPort !== undefined
      ? await inboundServer({ from, inboundHost, inboundPort }, desk.log, modules.onMail)
      : null;
  const sweep =
    from && smtpUrl !== undefined
      ? new MailSweep(desk, smtpTransport(smtpUrl, from, modules.contentOf), modules.onDelivery)
      : null;
  await sweep?.start();
  return {
    inboundPort: inbound?.port ?? null,
    stop: async () => {
      await inbound?.stop();
      await sweep?.stop();
    },
  };
}
