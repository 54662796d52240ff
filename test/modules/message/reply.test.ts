import { beforeAll, describe, expect, test } from '@jest/globals';
import { Role } from '../../../src/platform/auth/viewer.js';
import { ReplyToTicketDocument, SetTicketStatusDocument } from '../../generated/graphql.js';
import type { Client } from '../../support/client.js';
import { useDesk } from '../../support/desk.js';
import { create, look, refusals } from '../ticket/play.js';

const desk = useDesk();
let agent: Client;
beforeAll(async () => {
  agent = await desk.as(Role.AGENT);
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

describe('what an agent replies', () => {
  test('goes to the customer as mail, opens a NEW ticket, and the first of it is the first response', async () => {
    const id = await create(agent, { subject: 'No sound', customer: { email: 'deaf@example.com' } });
    expect((await look(agent, id)).firstResponseAt).toBeNull();
    const { ticket, message } = await reply(agent, id, '  Is it\nplugged in?  ');
    expect(ticket).toMatchObject({ id, status: 'OPEN' });
    expect(message).toMatchObject({
      visibility: 'PUBLIC',
      direction: 'OUTBOUND',
      body: 'Is it\nplugged in?',
    });
    expect(await mails('deaf@example.com')).toMatchObject([
      { to: 'deaf@example.com', subject: `[SD-${ticket?.number}] No sound`, text: 'Is it\nplugged in?' },
    ]);
    const { firstResponseAt } = await look(agent, id);
    expect(firstResponseAt).not.toBeNull();
    await reply(agent, id, 'Well?');
    expect((await look(agent, id)).firstResponseAt).toBe(firstResponseAt);
    expect(await mails('deaf@example.com')).toHaveLength(2);
  });

  test('leaves what waits as it is', async () => {
    const id = await create(agent);
    await agent.ask(SetTicketStatusDocument, { input: { ticketId: id, status: 'PENDING' } });
    expect((await reply(agent, id)).ticket?.status).toBe('PENDING');
  });

  test('is sent once for one idempotency key', async () => {
    const id = await create(agent, { customer: { email: 'once@example.com' } });
    const all = await Promise.all(Array.from({ length: 8 }, () => reply(agent, id, 'Once', 'r1')));
    expect(new Set(all.map(({ message }) => message?.id)).size).toBe(1);
    expect(await mails('once@example.com')).toHaveLength(1);
    expect(refusals(await reply(agent, id, 'Twice', 'r1'))).toEqual([
      'IDEMPOTENCY_KEY_REUSED input idempotencyKey',
    ]);
  });

  test('is refused of who only reads, and of an empty one nothing is left', async () => {
    const id = await create(agent, { customer: { email: 'quiet@example.com' } });
    for (const role of [Role.QA_MANAGER, Role.ADMIN])
      expect(refusals(await reply(await desk.as(role), id))).toEqual(['FORBIDDEN']);
    expect(refusals(await reply(agent, id, '\n'))).toEqual(['REQUIRED input body']);
    expect(await look(agent, id)).toMatchObject({ status: 'NEW', version: 1, messages: { nodes: [] } });
    expect(await mails('quiet@example.com')).toEqual([]);
  });
});
