import { beforeAll, describe, expect, test } from '@jest/globals';
import { Role } from '../../../src/platform/auth/viewer.js';
import { ReplyToTicketDocument, SetTicketStatusDocument, TicketsDocument } from '../../generated/graphql.js';
import type { Client } from '../../support/client.js';
import { useDesk } from '../../support/desk.js';
import { CUSTOMER, close, create, directory, look, OTHER, refusals, resolve } from '../ticket/play.js';

const desk = useDesk();
let agent: Client;
let customer: Client;
beforeAll(async () => {
  agent = await desk.as(Role.AGENT);
  customer = await desk.as(Role.CUSTOMER);
});

const reply = async (
  client: Client,
  ticketId: string,
  body = 'It is still silent.',
  idempotencyKey?: string,
) => (await client.ask(ReplyToTicketDocument, { input: { ticketId, body, idempotencyKey } })).replyToTicket;
const mails = async (to: string) =>
  (await (await agent.get(`/mailbox.json?to=${encodeURIComponent(to)}`)).json()) as {
    to: string;
    subject: string;
    text: string;
  }[];
const total = async (client: Client) => (await client.ask(TicketsDocument, {})).tickets.totalCount;

describe("a customer's reply", () => {
  test('is no mail and no first response, and leaves a NEW or OPEN ticket as it is', async () => {
    const before = (await mails(CUSTOMER)).length;
    const id = await create(agent);
    const { ticket, message } = await reply(customer, id);
    expect(ticket?.status).toBe('NEW');
    expect(message).toMatchObject({ visibility: 'PUBLIC', direction: 'INBOUND' });
    expect(await look(agent, id)).toMatchObject({ firstResponseAt: null, reopenCount: 0 });
    expect(await mails(CUSTOMER)).toHaveLength(before);
  });

  test.each(['PENDING', 'ON_HOLD'] as const)('opens what is %s; that is no reopening', async (status) => {
    const id = await create(agent);
    await agent.ask(SetTicketStatusDocument, { input: { ticketId: id, status } });
    expect((await reply(customer, id)).ticket).toMatchObject({ id, status: 'OPEN' });
    expect((await look(agent, id)).reopenCount).toBe(0);
  });

  test('reopens what is RESOLVED', async () => {
    const id = await create(agent);
    await resolve(agent, id);
    expect((await reply(customer, id)).ticket).toMatchObject({ id, status: 'OPEN', resolvedAt: null });
    expect((await look(agent, id)).reopenCount).toBe(1);
  });

  test('reopens what was closed lately', async () => {
    const id = await create(agent);
    await close(agent, id);
    desk.clock.letDaysPass(13.9);
    const count = await total(agent);
    expect((await reply(customer, id)).ticket).toMatchObject({
      id,
      status: 'OPEN',
      closedAt: null,
      resolvedAt: null,
    });
    expect((await look(agent, id)).reopenCount).toBe(1);
    expect(await total(agent)).toBe(count);
  });

  test('follows up what was closed too long ago, by a ticket about the same of the same urgency', async () => {
    const { categories } = await directory(agent);
    const id = await create(agent, {
      subject: 'Refund',
      categoryId: categories.Billing,
      urgency: 'HIGH',
      impact: 'LOW',
    });
    await close(agent, id);
    const closed = await look(agent, id);
    desk.clock.letDaysPass(14.1);
    const { ticket, message } = await reply(customer, id, 'And my money?', 'f1');
    expect(ticket).toMatchObject({
      status: 'NEW',
      subject: 'Refund',
      channel: 'WEB_FORM',
      category: { name: 'Billing' },
      assignee: null,
    });
    const followUp = await look(agent, ticket?.id as string);
    expect(followUp).toMatchObject({
      followUpOf: { number: closed.number },
      description: 'And my money?',
      customer: { email: CUSTOMER },
      urgency: 'HIGH',
      impact: 'LOW',
      messages: { nodes: [{ direction: 'INBOUND', body: 'And my money?' }] },
    });
    expect(followUp.number).toBeGreaterThan(closed.number);
    expect(await look(agent, id)).toEqual(closed);
    // Said again, it is the same follow-up; said anew, it is another.
    expect((await reply(customer, id, 'And my money?', 'f1')).message?.id).toBe(message?.id);
    expect((await reply(customer, id, 'Well?')).ticket?.id).not.toBe(ticket?.id);
  });

  test("to another's ticket finds nothing there", async () => {
    const id = await create(agent, { customer: { email: OTHER } });
    expect(refusals(await reply(customer, id))).toEqual(['NOT_FOUND input ticketId']);
    expect((await look(agent, id)).messages.nodes).toEqual([]);
  });
});
