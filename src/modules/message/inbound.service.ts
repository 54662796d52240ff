import { Context } from '../../platform/context.js';
import { inTransaction, type Transaction } from '../../platform/database/transaction.js';
import { automaticBecause, type InboundMail, replyTokenOf } from '../../platform/mail/inbound-mail.rules.js';
import { Mail } from '../../platform/mail/mail.entity.js';
import { Customer } from '../directory/customer.entity.js';
import { findOrCreateCustomer } from '../directory/directory.service.js';
import { findViewer } from '../directory/identity.service.js';
import { lockedTicket, newTicket } from '../ticket/ticket.service.js';
import { Channel, Level } from '../ticket/ticket.vocabulary.js';
import { automaticNote, subjectOfMail, textOfMail } from './inbound.rules.js';
import { MOST_BODY, takeReply, writeNote } from './message.service.js';
import { type MailFate, ReceivedMail } from './received-mail.entity.js';
import { ReplyAddress } from './reply-address.entity.js';

const MOST_DESCRIPTION = 100_000;

/** What became of a mail, and the ticket it concerns. */
type Taken = Pick<ReceivedMail, 'fate' | 'ticketId'>;

/**
 * Takes in a mail, once by its Message-ID. A customer's answer, known by the token it is addressed to and
 * by its sender, goes into the ticket's thread and may reopen it. What a machine wrote is noted there and
 * moves nothing. Everything else is a new ticket of its sender.
 * @param ctx of the desk itself
 */
export async function takeMail(ctx: Context, mail: InboundMail): Promise<Taken> {
  const own = ctx.desk.config.mail.from?.address ?? '';
  const address = await addressed(ctx, replyTokenOf(mail, own));
  const because = automaticBecause(mail, own) ?? (await ofOurs(ctx, mail));
  if (because !== null)
    return once(ctx, mail, address?.ticketId, (tx) => noteAutomatic(tx, mail, because, address));
  const customer = address && (await ctx.em.findOneOrFail(Customer, { id: address.customerId }));
  if (address && customer && customer.email === mail.from.address.toLowerCase()) {
    const viewer = await findViewer(ctx.desk.database, customer.id);
    if (viewer)
      return once(new Context(ctx.desk, viewer), mail, address.ticketId, (tx) => answer(tx, mail, address));
  }
  return once(ctx, mail, undefined, (tx) => ask(tx, mail));
}

/** Does the work unless the same mail came before, and remembers the mail with it. */
function once(
  ctx: Context,
  mail: InboundMail,
  ticketId: string | undefined,
  work: (tx: Transaction) => Promise<{ fate: MailFate; ticketId: string | null }>,
): Promise<Taken> {
  const { messageId } = mail;
  const streams = [`received ${messageId}`, ...(ticketId ? [ticketId] : [])];
  return inTransaction(ctx, streams, async (tx) => {
    const before = await tx.em.findOne(ReceivedMail, { messageId });
    if (before) return before;
    const taken = await work(tx);
    tx.em.persist(Object.assign(new ReceivedMail(), taken, { messageId, receivedAt: tx.now }));
    return taken;
  });
}

async function addressed(ctx: Context, token: string | null): Promise<ReplyAddress | null> {
  return token === null ? null : ctx.em.findOne(ReplyAddress, { token });
}

/** Mail that the desk wrote itself, whatever its headers became on the way round. */
async function ofOurs(ctx: Context, { messageId }: InboundMail): Promise<string | null> {
  return (await ctx.em.count(Mail, { messageId })) > 0 ? 'it is mail of the desk that came back' : null;
}

async function answer(tx: Transaction, mail: InboundMail, { ticketId }: ReplyAddress) {
  const ticket = await lockedTicket(tx, ticketId);
  const message = await takeReply(tx, ticket, textOfMail(mail, MOST_BODY), Channel.EMAIL);
  return { fate: 'REPLY', ticketId: message.ticketId } as const;
}

async function noteAutomatic(
  tx: Transaction,
  mail: InboundMail,
  because: string,
  address: ReplyAddress | null,
): Promise<{ fate: MailFate; ticketId: string | null }> {
  const { log } = tx.desk;
  log.info({ because, ticket: address?.ticketId ?? null }, 'A mail was taken as automatic');
  if (!address) return { fate: 'DISCARDED', ticketId: null };
  const ticket = await lockedTicket(tx, address.ticketId);
  await writeNote(tx, ticket, automaticNote(mail, because, MOST_BODY));
  return { fate: 'NOTE', ticketId: ticket.id };
}

async function ask(tx: Transaction, mail: InboundMail) {
  const ticket = await newTicket(tx, {
    customer: await findOrCreateCustomer(tx, mail.from.address, mail.from.name || null),
    subject: subjectOfMail(mail),
    description: textOfMail(mail, MOST_DESCRIPTION),
    channel: Channel.EMAIL,
    impact: Level.MEDIUM,
    urgency: Level.MEDIUM,
  });
  return { fate: 'TICKET', ticketId: ticket.id } as const;
}
