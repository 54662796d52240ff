import { expect, test } from '@jest/globals';
import { ClientError, GraphQLClient } from 'graphql-request';
import { Role } from '../../src/platform/auth/viewer.js';
import { CreateTicketDocument, SetTicketStatusDocument, TicketDocument } from '../generated/graphql.js';
import { useDesk } from '../support/desk.js';

const desk = useDesk();

test('graphql-request asks, changes, and tells refusals from errors', async () => {
  const { token } = await desk.as(Role.AGENT);
  const client = new GraphQLClient(`${desk.app.url}/graphql`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { createTicket } = await client.request(CreateTicketDocument, {
    input: {
      subject: 'It hums',
      description: 'All day long.',
      channel: 'PHONE',
      customer: { email: 'customer@demo.stepdesk.example' },
    },
  });
  expect(createTicket.userErrors).toEqual([]);
  const id = createTicket.ticket?.id as string;
  await client.request(SetTicketStatusDocument, { input: { ticketId: id, status: 'OPEN' } });
  const { ticket, eventCursor } = await client.request(TicketDocument, { by: { id } });
  expect(ticket).toMatchObject({ subject: 'It hums', status: 'OPEN' });
  expect(eventCursor).toEqual(expect.any(String));

  const refused = await client.request(SetTicketStatusDocument, {
    input: { ticketId: 'ticket_01h455vb4pex5vsknk084sn02q', status: 'OPEN' },
  });
  expect(refused.setTicketStatus).toMatchObject({ ticket: null, userErrors: [{ code: 'NOT_FOUND' }] });
  const faulty = client.request('{ tickets(first: 1000) { nodes { id } } }');
  await expect(faulty).rejects.toBeInstanceOf(ClientError);
  const stranger = new GraphQLClient(`${desk.app.url}/graphql`).request(TicketDocument, { by: { id } });
  await expect(stranger).rejects.toMatchObject({
    response: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
  });
});
