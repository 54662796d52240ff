import { beforeAll, expect, test } from '@jest/globals';
import { Role } from '../../../src/platform/auth/viewer.js';
import {
  CreateTicketDocument,
  type CreateTicketInput,
  CustomersDocument,
  TicketsDocument,
} from '../../generated/graphql.js';
import type { Client } from '../../support/client.js';
import { useDesk } from '../../support/desk.js';
import { CUSTOMER, refusals } from './play.js';

const desk = useDesk();
let agent: Client;
beforeAll(async () => {
  agent = await desk.as(Role.AGENT);
});

const input = {
  subject: 'Once',
  description: 'Only',
  channel: 'CHAT',
  customer: { email: CUSTOMER },
} as const;
const made = async (client: Client, given: Partial<CreateTicketInput>) =>
  (await client.ask(CreateTicketDocument, { input: { ...input, ...given } })).createTicket;
const total = async () => (await agent.ask(TicketsDocument, {})).tickets.totalCount;

test('the same key and input again: the same ticket as it is now; without a key, another one', async () => {
  const before = await total();
  const first = await made(agent, { idempotencyKey: 'k1' });
  expect(await made(agent, { idempotencyKey: 'k1' })).toEqual(first);
  expect(await total()).toBe(before + 1);
  await made(agent, {});
  await made(agent, {});
  expect(await total()).toBe(before + 3);
});

test('the same key with another input is refused, and the first stays as it was', async () => {
  const first = await made(agent, { idempotencyKey: 'k2' });
  for (const other of [
    { subject: 'Twice' },
    { impact: 'LOW' as const },
    { customer: { email: 'else@example.com' } },
  ]) {
    const refused = await made(agent, { idempotencyKey: 'k2', ...other });
    expect(refused.ticket).toBeNull();
    expect(refusals(refused)).toEqual(['IDEMPOTENCY_KEY_REUSED input idempotencyKey']);
  }
  expect(await made(agent, { idempotencyKey: 'k2' })).toEqual(first);
});

test("a key is its owner's: the same one of somebody else makes a ticket of its own", async () => {
  const first = await made(agent, { idempotencyKey: 'k3' });
  const second = await made(await desk.as(Role.CUSTOMER), { idempotencyKey: 'k3' });
  expect(second.userErrors).toEqual([]);
  expect(second.ticket?.id).not.toBe(first.ticket?.id);
});

test('a key whose request was refused is free for one that is right', async () => {
  expect(refusals(await made(agent, { idempotencyKey: 'k4', subject: '' }))).toEqual([
    'REQUIRED input subject',
  ]);
  expect(refusals(await made(agent, { idempotencyKey: 'k4' }))).toEqual([]);
});

test.each(['', 'x'.repeat(201)])('a key has 1 to 200 characters (%#)', async (idempotencyKey) => {
  expect(refusals(await made(agent, { idempotencyKey }))).toEqual(['INVALID_INPUT input idempotencyKey']);
});

test('20 at once, half of them with another input: one ticket; the other half is refused', async () => {
  const before = await total();
  const all = await Promise.all(
    Array.from({ length: 20 }, (_, n) => made(agent, { idempotencyKey: 'k6', subject: `Half ${n % 2}` })),
  );
  const refused = all.flatMap(refusals);
  expect(refused).toEqual(Array(10).fill('IDEMPOTENCY_KEY_REUSED input idempotencyKey'));
  expect(new Set(all.flatMap(({ ticket }) => (ticket ? [ticket.id] : []))).size).toBe(1);
  expect(await total()).toBe(before + 1);
});

test('20 newcomers at once with one address are one customer', async () => {
  const all = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      made(agent, { subject: `N ${n}`, customer: { email: 'Flood@example.com' } }),
    ),
  );
  expect(all.flatMap(refusals)).toEqual([]);
  expect(new Set(all.map(({ ticket }) => ticket?.number)).size).toBe(20);
  expect((await agent.ask(CustomersDocument, { email: 'flood@example.com' })).customers.totalCount).toBe(1);
});
