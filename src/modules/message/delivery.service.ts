import type { Transaction } from '../../platform/database/transaction.js';
import type { Mail } from '../../platform/mail/mail.entity.js';
import { Message } from './message.entity.js';
import { messageDelivery } from './message.events.js';
import { MessageDelivery } from './message.vocabulary.js';

/**
 * Notes on the message, and tells the desk, that its mail was sent or given up. The ticket itself stays
 * as it is, its version too: nobody's change goes stale because a mail server answered.
 */
export async function noteDelivery(tx: Transaction, mail: Mail): Promise<void> {
  const message = await tx.em.findOne(Message, { mailId: mail.id });
  if (!message) return;
  message.delivery = MessageDelivery[mail.state];
  tx.append(message.ticketId, messageDelivery(message.id, mail.state, mail.failure));
}
