import { beforeAll, expect, test } from '@jest/globals';
import { Role } from '../../../src/platform/auth/viewer.js';
import {
  CreateTicketDocument,
  type CreateTicketInput,
  CustomersDocument,
  OwnTicketDocument,
  TicketDocument,
} from '../../generated/graphql.js';
import type { Client } from '../../support/client.js';
import { useDesk } from '../../support/desk.js';
import { CUSTOMER, create, look, OTHER, refusals } from './play.js';

const desk = useDesk();
let agent: Client;
let customer: Client;
beforeAll(async () => {
  agent = await desk.as(Role.AGENT);
  customer = await desk.as(Role.CUSTOMER);
});

const input: CreateTicketInput = {
  subject: 'S',
  description: 'D',
  channel: 'PHONE',
  customer: { email: CUSTOMER },
};
const answered = async (client: Client, given: Partial<CreateTicketInput>) =>
  (await client.ask(CreateTicketDocument, { input: { ...input, ...given } })).createTicket;

test('staff makes a ticket for somebody new, who is known from then on', async () => {
  const newcomer = { email: 'New.Comer@Example.com', name: '  Nell Newcomer ' };
  const id = await create(agent, {
    customer: newcomer,
    subject: ' Two \n lines ',
    impact: 'HIGH',
    urgency: 'LOW',
    channel: 'PHONE',
  });
  const ticket = await look(agent, id);
  expect(ticket).toMatchObject({
    subject: 'Two lines',
    status: 'NEW',
    channel: 'PHONE',
    impact: 'HIGH',
    urgency: 'LOW',
    priority: 'MEDIUM',
    customer: { name: 'Nell Newcomer', email: 'new.comer@example.com' },
    assignee: null,
    version: 1,
  });
  const again = await look(
    agent,
    await create(agent, { customer: { email: 'new.comer@EXAMPLE.com', name: 'Somebody Else' } }),
  );
  expect(again.customer).toEqual(ticket.customer);
  expect(again.number).toBeGreaterThan(ticket.number);
  const { customers } = await agent.ask(CustomersDocument, { email: 'new.comer@example.com' });
  expect(customers).toMatchObject({ totalCount: 1, nodes: [{ name: 'Nell Newcomer', organization: null }] });
});

test("the organization's tier raises the priority of its customers' tickets", async () => {
  const priorityFor = async (email: string) =>
    (await look(agent, await create(agent, { customer: { email }, urgency: 'HIGH' }))).priority;
  expect(await priorityFor(OTHER)).toBe('HIGH');
  expect(await priorityFor(CUSTOMER)).toBe('CRITICAL');
});

test('a ticket is found by its id and by its number', async () => {
  const id = await create(agent);
  const { number } = await look(agent, id);
  expect((await agent.ask(TicketDocument, { by: { number } })).ticket?.id).toBe(id);
  for (const by of [{}, { id, number }])
    expect((await agent.send(TicketDocument, { by: by as { id: string } })).errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT' } },
    ]);
});

test("a customer's ticket is its own, whatever it says", async () => {
  const { customers } = await agent.ask(CustomersDocument, { email: OTHER });
  const asked = {
    channel: 'PHONE',
    impact: 'HIGH',
    urgency: 'HIGH',
    customer: { id: customers.nodes[0]?.id, email: OTHER, name: 'Not me' },
  } as const;
  const { ticket, userErrors } = await answered(customer, asked);
  expect(userErrors).toEqual([]);
  expect((await customer.ask(OwnTicketDocument, { id: ticket?.id as string })).ticket?.customer).toEqual({
    email: CUSTOMER,
  });
  expect(await look(agent, ticket?.id as string)).toMatchObject({
    channel: 'WEB_FORM',
    impact: 'MEDIUM',
    urgency: 'MEDIUM',
    priority: 'MEDIUM',
  });
  expect(
    (await (await desk.as(OTHER)).ask(OwnTicketDocument, { id: ticket?.id as string })).ticket,
  ).toBeNull();
});

test.each([Role.QA_MANAGER, Role.ADMIN])('%s only reads tickets', async (role) => {
  expect(refusals(await answered(await desk.as(role), {}))).toEqual(['FORBIDDEN']);
});

test('without a token nobody makes one', async () => {
  const { errors } = await desk.anonymous().send(CreateTicketDocument, { input });
  expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
});
