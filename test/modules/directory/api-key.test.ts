import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { Role } from '../../../src/platform/auth/viewer.js';
import {
  AddNoteDocument,
  ApiKeysDocument,
  AuditEntriesDocument,
  CreateAgentDocument,
  CreateApiKeyDocument,
  type CreateApiKeyInput,
  DeactivateAgentDocument,
  EventCursorDocument,
  MyWorkChangesDocument,
  MyWorkDocument,
  RevokeApiKeyDocument,
} from '../../generated/graphql.js';
import { Client } from '../../support/client.js';
import { until, useDesk } from '../../support/desk.js';
import { at } from '../../support/office.js';
import { create, refusals } from '../ticket/play.js';
import { employ } from './staff.js';

const clients: Client[] = [];
// Before the desk's own, which waits for every feed to be closed.
afterAll(() => Promise.all(clients.map((each) => each.close())));
const desk = useDesk();
let admin: Client;
let agent: Client;
beforeAll(async () => {
  admin = await desk.as(Role.ADMIN);
  agent = await desk.as(Role.AGENT);
});

const request = async (client: Client, input: Partial<CreateApiKeyInput> = {}) =>
  (await client.ask(CreateApiKeyDocument, { input: { name: 'Robot', scopes: ['READ'], ...input } }))
    .createApiKey;
/** A client that carries a new key. */
async function robot(client: Client, input: Partial<CreateApiKeyInput> = {}) {
  const { secret, apiKey, userErrors } = await request(client, input);
  expect(userErrors).toEqual([]);
  const made = new Client(() => desk.app.url, secret as string);
  clients.push(made);
  return { client: made, id: apiKey?.id as string, secret: secret as string };
}
const revoke = async (client: Client, apiKeyId: string) =>
  (await client.ask(RevokeApiKeyDocument, { input: { apiKeyId } })).revokeApiKey;
const list = async (client: Client, variables = {}) => (await client.ask(ApiKeysDocument, variables)).apiKeys;
/** The code with which the client is refused; undefined where it is not. */
const refused = async (client: Client) =>
  (await client.send(EventCursorDocument)).errors?.[0]?.extensions?.code;
const db = () => desk.app.desk.database.sql;

describe('a key', () => {
  test('is told once, kept as a hash, and listed without the secret', async () => {
    const { id, secret } = await robot(agent, { name: ' Nightly export ', scopes: ['WORK', 'READ', 'READ'] });
    expect(secret).toMatch(/^sd_live_[\w-]{43}$/);
    const listed = (await list(agent)).nodes.find((key) => key.id === id);
    expect(listed).toMatchObject({
      name: 'Nightly export',
      prefix: secret.slice(0, 14),
      scopes: ['READ', 'WORK'],
      expiresAt: null,
      revokedAt: null,
      lastUsedAt: null,
      agent: { name: 'Alex Agent' },
    });
    for (const table of ['api_key', 'idempotency', 'audit', 'event']) {
      const { rows } = await sql<{ text: string }>`select t::text as text from ${sql.table(table)} t`.execute(
        db(),
      );
      expect(rows.filter(({ text }) => text.includes(secret.slice(14)))).toEqual([]);
    }
  });

  test('acts as whoever made it, over HTTP and WebSocket', async () => {
    const { client, id } = await robot(agent, { scopes: ['READ', 'WORK'] });
    const ticketId = await create(client);
    const { errors } = await client.send(AddNoteDocument, { input: { ticketId, body: 'By a robot.' } });
    expect(errors).toBeUndefined();
    const { rows } = await sql<{ author: string }>`select a.name as author from message m
      join agent a on a.id = m.author_id where m.ticket_id = ${ticketId} and m.body like 'By a robot%'`.execute(
      db(),
    );
    expect(rows).toEqual([{ author: 'Alex Agent' }]);
    const stream = await client.subscribe(MyWorkChangesDocument, {});
    await stream.close();
    expect((await list(agent)).nodes.find((key) => key.id === id)?.lastUsedAt).not.toBeNull();
  });

  test('its last use is noted at most once a minute', async () => {
    const { client, id } = await robot(agent);
    const lastUse = async () => (await list(agent)).nodes.find((key) => key.id === id)?.lastUsedAt;
    await client.ask(EventCursorDocument);
    const first = await lastUse();
    await client.ask(EventCursorDocument);
    expect(await lastUse()).toBe(first);
    await sql`update api_key set last_used_at = now() - interval '61 seconds' where id = ${id}`.execute(db());
    await client.ask(EventCursorDocument);
    expect(new Date((await lastUse()) as string).getTime()).toBeGreaterThanOrEqual(
      new Date(first as string).getTime(),
    );
  });

  test('a retry makes no other, and does not tell the secret again', async () => {
    const input = { idempotencyKey: 'k' };
    const [first, again] = [await request(agent, input), await request(agent, input)];
    expect([again.apiKey?.id, again.secret]).toEqual([first.apiKey?.id, null]);
  });

  test.each<[string, () => Partial<CreateApiKeyInput>, string]>([
    ['a scope', () => ({ scopes: [] }), 'INVALID_INPUT input scopes'],
    ['a name', () => ({ name: ' ' }), 'REQUIRED input name'],
    [
      'a future',
      () => ({ expiresAt: new Date(Date.now() - 1000).toISOString() }),
      'INVALID_INPUT input expiresAt',
    ],
  ])('is not made without %s', async (_, input, wanted) => {
    expect(refusals(await request(agent, input()))).toEqual([wanted]);
  });

  test('is for staff', async () => {
    const { errors } = await (await desk.as(Role.CUSTOMER)).send(CreateApiKeyDocument, {
      input: { name: 'X', scopes: ['READ'] },
    });
    expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  });
});

describe('scopes', () => {
  const employee = { input: { name: 'X', email: 'x@example.com', roles: ['AGENT' as const] } };

  test('keep a key from what it is not for, and none includes another', async () => {
    const reading = (await robot(admin, { scopes: ['READ'] })).client;
    const working = (await robot(admin, { scopes: ['WORK'] })).client;
    const administering = (await robot(admin, { scopes: ['ADMINISTER'] })).client;
    const codes = async (client: Client) => [
      (await client.send(MyWorkDocument)).errors?.[0]?.extensions?.code,
      (await client.send(RevokeApiKeyDocument, { input: { apiKeyId: 'apikey_1' } })).errors?.[0]?.extensions
        ?.code,
      (await client.send(CreateAgentDocument, { input: { ...employee.input, name: '' } })).errors?.[0]
        ?.extensions?.code,
    ];
    const no = 'FORBIDDEN';
    expect(await codes(reading)).toEqual([undefined, no, no]);
    expect(await codes(working)).toEqual([no, undefined, no]);
    expect(await codes(administering)).toEqual([no, no, undefined]);
  });

  test('give no right that the person has not', async () => {
    const { client, id } = await robot(agent, { scopes: ['READ', 'WORK', 'ADMINISTER'] });
    expect((await client.send(CreateAgentDocument, employee)).errors?.[0]?.extensions?.code).toBe(
      'FORBIDDEN',
    );
    expect((await client.send(AuditEntriesDocument)).errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    const where = { action: { eq: 'createAgent' }, outcome: { eq: 'REFUSED' as const } };
    const { nodes } = (await admin.ask(AuditEntriesDocument, { where, first: 1 })).auditEntries;
    expect(nodes).toMatchObject([{ actor: { name: 'Alex Agent' }, details: { byApiKeyId: id } }]);
  });

  test('a key makes no other', async () => {
    const { client } = await robot(agent, { scopes: ['READ', 'WORK', 'ADMINISTER'] });
    expect(refusals(await request(client))).toEqual(['FORBIDDEN']);
  });
});

describe('a key stops working', () => {
  test('at once when it is revoked: by its owner or an administrator, and by nobody else', async () => {
    const [own, other] = [await robot(agent), await robot(agent)];
    expect(await refused(own.client)).toBeUndefined();
    const second = await desk.as(at('second'));
    expect(refusals(await revoke(second, own.id))).toEqual(['NOT_FOUND input apiKeyId']);
    expect((await list(second, { agent: null })).nodes).toEqual([]);
    expect((await revoke(agent, own.id)).apiKey?.revokedAt).not.toBeNull();
    expect((await own.client.post({ query: '{ eventCursor }' })).status).toBe(401);
    expect(refusals(await revoke(agent, own.id))).toEqual(['INVALID_TRANSITION input apiKeyId']);
    expect(refusals(await revoke(admin, other.id))).toEqual([]);
    expect(await refused(other.client)).toBe('UNAUTHENTICATED');
    await expect(other.client.subscribe(MyWorkChangesDocument, {})).rejects.toMatchObject({ code: 4401 });
  });

  test('when its time is over', async () => {
    const { client, id } = await robot(agent, { expiresAt: new Date(Date.now() + 3_600_000).toISOString() });
    expect(await refused(client)).toBeUndefined();
    await sql`update api_key set expires_at = now() - interval '1 second' where id = ${id}`.execute(db());
    expect(await refused(client)).toBe('UNAUTHENTICATED');
  });

  test('when whoever made it leaves', async () => {
    const { id } = await employ(admin, 'gone');
    const { client } = await robot(await desk.as(at('gone')));
    expect(await refused(client)).toBeUndefined();
    await admin.ask(DeactivateAgentDocument, { input: { agentId: id } });
    await until(async () => (await refused(client)) === 'UNAUTHENTICATED', 'the key to be refused');
  });

  test.each(['sd_live_', `sd_live_${'x'.repeat(43)}`, `SD_LIVE_${'x'.repeat(43)}`, 'sd_test_x'])(
    '%s never worked',
    async (secret) => {
      expect(await refused(new Client(() => desk.app.url, secret))).toBe('UNAUTHENTICATED');
    },
  );

  test('no token stands for a key', async () => {
    const { id } = await robot(agent, { scopes: ['READ'] });
    const token = await desk.app.tokens.sign(`key:${id}`, '1 hour');
    expect(await refused(new Client(() => desk.app.url, token))).toBe('UNAUTHENTICATED');
  });
});
