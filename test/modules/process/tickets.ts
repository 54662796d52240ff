import { Role } from '../../../src/platform/auth/viewer.js';
import { CreateTicketDocument } from '../../generated/graphql.js';
import type { TestDesk } from '../../support/desk.js';

/** Makes a ticket to follow a process on. @returns its id */
export async function newTicket(desk: TestDesk): Promise<string> {
  const { createTicket } = await (await desk.as(Role.AGENT)).ask(CreateTicketDocument, {
    input: {
      subject: 'A case',
      description: 'It does not work.',
      channel: 'EMAIL',
      customer: { email: 'customer@demo.stepdesk.example' },
    },
  });
  return createTicket.ticket?.id as string;
}
