import type { Context } from '../../platform/context.js';
import { Customer } from '../directory/customer.entity.js';
import type { ResolveTicketInput } from '../ticket/ticket.input.js';
import { changeTicket, mustWork } from '../ticket/ticket.service.js';
import { resolve } from '../ticket/ticket-lifecycle.service.js';
import { resolutionLetter } from './letter.rules.js';
import { sendToCustomer } from './message.service.js';

/**
 * Resolves a ticket by hand and tells its customer, with the link to close or reopen it.
 * @throws DomainError NOT_FOUND, STALE; REQUIRED, INVALID_INPUT by the resolution; INVALID_TRANSITION
 */
export function resolveTicket(ctx: Context, input: ResolveTicketInput): Promise<{ ticketId: string }> {
  mustWork(ctx);
  return changeTicket(
    ctx,
    input.ticketId,
    async (tx, ticket) => {
      resolve(tx, ticket, input.resolution);
      const { name } = await tx.em.findOneOrFail(Customer, { id: ticket.customerId });
      const agent = tx.viewer.kind === 'STAFF' ? tx.viewer.name : 'Stepdesk';
      await sendToCustomer(tx, ticket, {
        subject: `[SD-${ticket.number}] ${ticket.subject}`,
        body: resolutionLetter(name, ticket.resolution ?? '', agent),
      });
      return { ticketId: ticket.id };
    },
    input.expectedVersion,
  );
}
