import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { App } from '../../src/app.js';
import { Role } from '../../src/platform/auth/viewer.js';
import {
  ClaimTicketDocument,
  CreateTicketDocument,
  type CreateTicketInput,
  PeopleDocument,
  ProcessesDocument,
  ReplyToTicketDocument,
  TicketsDocument,
} from '../generated/graphql.js';
import { Client } from '../support/client.js';
import { useDesk } from '../support/desk.js';

const desk = useDesk();
const input: CreateTicketInput = {
  subject: 'S',
  description: 'D',
  channel: 'EMAIL',
  customer: { email: 'customer@demo.stepdesk.example' },
};

describe('two nodes on one database', () => {
  let other: App;
  let here: Client;
  let there: Client;
  beforeAll(async () => {
    here = await desk.as(Role.AGENT);
    other = await desk.anotherNode();
    there = new Client(() => other.url, here.token);
  });
  afterAll(() => other.stop());
  const create = async (client: Client, given: Partial<CreateTicketInput> = {}) =>
    (await client.ask(CreateTicketDocument, { input: { ...input, ...given } })).createTicket;
  const total = async (client: Client) => (await client.ask(TicketsDocument, {})).tickets.totalCount;

  test('are one desk: the second starts on what the first made, and makes nothing twice', async () => {
    expect(await there.ask(PeopleDocument)).toEqual(await here.ask(PeopleDocument));
    expect(await there.ask(ProcessesDocument)).toEqual(await here.ask(ProcessesDocument));
    expect(await total(there)).toBe(await total(here));
  });

  test('20 requests with one idempotency key, half to each, make one ticket', async () => {
    const before = await total(here);
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, n) => create(n % 2 ? here : there, { idempotencyKey: 'n1' })),
    );
    expect(all.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    expect(new Set(all.map(({ ticket }) => ticket?.id)).size).toBe(1);
    expect(await total(there)).toBe(before + 1);
  });

  test('20 newcomers with one address, half to each, are one customer', async () => {
    const customer = { email: 'twins@example.com' };
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, n) => create(n % 2 ? here : there, { customer, subject: `N ${n}` })),
    );
    expect(all.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    expect(new Set(all.map(({ ticket }) => ticket?.number)).size).toBe(20);
  });

  test('of 8 who claim a ticket at both at once one wins', async () => {
    const people = ['agent', 'second', 'lead', 'senior'];
    const clients = (
      await Promise.all(people.map((name) => desk.as(`${name}@demo.stepdesk.example`)))
    ).flatMap((client) => [client, new Client(() => other.url, client.token)]);
    for (let round = 0; round < 10; round += 1) {
      const ticketId = (await create(here)).ticket?.id as string;
      const claims = await Promise.all(
        clients.map(
          async (client) => (await client.ask(ClaimTicketDocument, { input: { ticketId } })).claimTicket,
        ),
      );
      const won = claims.flatMap(({ ticket }) => (ticket?.assignee ? [ticket.assignee.name] : []));
      expect(won).toHaveLength(1);
      const lost = claims.flatMap(({ userErrors }) => userErrors);
      expect(lost).toHaveLength(7);
      for (const { code, message } of lost)
        expect([code, message]).toEqual(['ALREADY_CLAIMED', `${won[0]} has this ticket already.`]);
    }
  });

  test('one reply sent to both with one key is one mail', async () => {
    const ticketId = (await create(here, { customer: { email: 'mailed@example.com' } })).ticket?.id as string;
    const send = (client: Client) =>
      client.ask(ReplyToTicketDocument, { input: { ticketId, body: 'Once', idempotencyKey: 'n2' } });
    await Promise.all(Array.from({ length: 10 }, (_, n) => send(n % 2 ? here : there)));
    expect(await (await there.get('/mailbox.json?to=mailed@example.com')).json()).toHaveLength(1);
  });
});
