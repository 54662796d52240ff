import { beforeAll, expect, test } from '@jest/globals';
import { type GraphQLInputObjectType, type GraphQLSchema, getNamedType } from 'graphql';
import { sql } from 'kysely';
import { Role } from '../../src/platform/auth/viewer.js';
import { makeSchema } from '../../src/schema.js';
import type { Client } from '../support/client.js';
import { useDesk } from '../support/desk.js';
import { at } from '../support/office.js';
import { partsOfPayload } from './authorisation/selection.js';
import { act, mutate, type Payload } from './stage/actor.js';

const desk = useDesk();
let schema: GraphQLSchema;
let agent: Client;
let ticketId: string;
let colleague: string;

/** Makes a ticket. @returns its id */
async function newTicket(): Promise<string> {
  const input = {
    subject: 'Once',
    description: 'Only',
    channel: 'CHAT',
    customer: { email: at('customer') },
  };
  return (await act(schema, agent, 'createTicket', input, 'ticket { id }')).ticket.id;
}

beforeAll(async () => {
  schema = await makeSchema();
  agent = await desk.as(Role.AGENT);
  ticketId = await newTicket();
  const { data } = await agent.send<Payload, unknown>('{ agents { nodes { id email } } }');
  colleague = data.agents.nodes.find(({ email }: { email: string }) => email === at('senior')).id;
});

interface Case {
  as: Role;
  /** An input that does its work each time, with another `n`. */
  input(n: number): object | Promise<object>;
  /** Another input under the same key. */
  other: object;
}

const CASES: Record<string, Case> = {
  addNote: { as: Role.AGENT, input: (n) => ({ ticketId, body: `Note ${n}` }), other: { body: 'Other' } },
  createAgent: {
    as: Role.ADMIN,
    input: (n) => ({ email: at(`new${n}`), name: 'New', roles: ['AGENT'], skills: [], teamIds: [] }),
    other: { roles: ['MANAGER'] },
  },
  createApiKey: {
    as: Role.MANAGER,
    input: (n) => ({ name: `Key ${n}`, scopes: ['READ'] }),
    other: { scopes: ['WORK'] },
  },
  createCustomer: {
    as: Role.MANAGER,
    input: (n) => ({ email: `new${n}@example.com`, name: 'New' }),
    other: { name: 'Other' },
  },
  createOrganization: {
    as: Role.MANAGER,
    input: (n) => ({ name: `New ${n}`, tier: 'STANDARD', sharesTickets: false }),
    other: { sharesTickets: true },
  },
  createProcess: {
    as: Role.ADMIN,
    input: (n) => ({ key: `new-${n}`, name: 'New', description: 'New' }),
    other: { description: 'Other' },
  },
  createTeam: {
    as: Role.ADMIN,
    input: (n) => ({ name: `New ${n}`, memberIds: [], restricted: false, skills: [] }),
    other: { restricted: true },
  },
  createTicket: {
    as: Role.AGENT,
    input: (n) => ({
      subject: `New ${n}`,
      description: 'New',
      channel: 'CHAT',
      customer: { email: `crowd${n}@example.com` },
    }),
    other: { description: 'Other' },
  },
  createUpload: {
    as: Role.AGENT,
    input: (n) => ({ ticketId, fileName: `${n}.txt`, contentType: 'text/plain', size: n }),
    other: { size: 100 },
  },
  delegateApprovals: {
    as: Role.TEAM_LEAD,
    input: (n) => ({
      toAgentId: colleague,
      from: `203${n}-01-01T00:00:00Z`,
      until: `203${n}-02-01T00:00:00Z`,
    }),
    other: { until: '2039-01-01T00:00:00Z' },
  },
  escalateTicket: {
    as: Role.AGENT,
    input: (n) => ({ ticketId, reason: `Reason ${n}` }),
    other: { reason: 'Other' },
  },
  replyToTicket: {
    as: Role.AGENT,
    input: (n) => ({ ticketId, body: `Reply ${n}` }),
    other: { body: 'Other' },
  },
  saveCalendar: {
    as: Role.ADMIN,
    input: (n) => ({
      name: `Calendar ${n}`,
      timeZone: 'UTC',
      hours: [{ weekday: 'MONDAY', from: '09:00', to: '17:00' }],
    }),
    other: { timeZone: 'Europe/Berlin' },
  },
  setAbsence: {
    as: Role.AGENT,
    input: (n) => ({ from: `203${n}-01-01T00:00:00Z`, to: `203${n}-02-01T00:00:00Z` }),
    other: { reason: 'Other' },
  },
  startRun: {
    as: Role.AGENT,
    input: async () => ({ ticketId: await newTicket(), process: 'six-stage' }),
    other: { process: 'ticket-flow' },
  },
};

/** The mutations of the schema whose input takes a key, in order. */
const keyed = () =>
  Object.values(schema.getMutationType()?.getFields() ?? {})
    .filter(({ args }) => {
      const input = getNamedType(args[0]?.type) as GraphQLInputObjectType;
      return 'idempotencyKey' in input.getFields();
    })
    .map(({ name }) => name)
    .sort();

/** How many rows each table has in which something created or sent leaves one. */
async function rows(): Promise<Record<string, number>> {
  const tables = `absence agent api_key approval_delegation assignment audit calendar customer escalation file
    idempotency mail message organization process run step team ticket`.split(/\s+/);
  const db = desk.app.desk.database.sql;
  const count = async (from: string) =>
    Number((await sql.raw<{ n: string }>(`select count(*) as n from ${from}`).execute(db)).rows[0]?.n);
  const counts: Record<string, number> = {};
  for (const table of tables) counts[table] = await count(table);
  // How far a mail came is told whenever it came.
  counts.event = await count("event where type <> 'MESSAGE_DELIVERY'");
  return counts;
}

/** What a call adds to the tables. */
async function added<T>(call: () => Promise<T>): Promise<{ made: T; more: Record<string, number> }> {
  const before = await rows();
  const made = await call();
  const after = await rows();
  return {
    made,
    more: Object.fromEntries(
      Object.entries(after).flatMap(([table, n]) =>
        n === before[table] ? [] : [[table, n - (before[table] ?? 0)]],
      ),
    ),
  };
}

test('every mutation that takes an idempotency key is played', () => {
  expect(keyed()).toEqual(Object.keys(CASES).sort());
});

test.each(Object.entries(CASES))(
  '%s: 20 at once with one key have the effect of one, and answer alike; another input is refused',
  async (name, { as, input, other }) => {
    const client = await desk.as(as);
    const field = schema.getMutationType()?.getFields()[name];
    if (!field) throw new Error(`There is no mutation ${name}`);
    const call = (given: object, idempotencyKey: string) =>
      mutate(schema, client, name, { ...given, idempotencyKey }, partsOfPayload(field));
    // The first of its kind may leave more: a NEW ticket is opened by what happens on it.
    expect((await call(await input(1), 'first')).payload.userErrors).toEqual([]);
    const [second, third] = [await input(2), await input(3)];
    const alone = await added(() => call(second, 'alone'));
    expect(alone.made.payload.userErrors).toEqual([]);
    expect(alone.more).toMatchObject({ idempotency: 1 });
    expect(Object.keys(alone.more).length).toBeGreaterThan(1);

    const crowd = await added(() => Promise.all(Array.from({ length: 20 }, () => call(third, 'crowd'))));
    expect(crowd.more).toEqual(alone.more);
    const answers = crowd.made.map(withoutSecret);
    expect(answers).toEqual(Array(20).fill(answers[0]));
    expect(answers[0]).toMatchObject({ errors: [], payload: { userErrors: [] } });
    // The secret of an API key is told once.
    const secrets = crowd.made.flatMap(({ payload }) => payload.secret ?? []);
    expect(secrets).toHaveLength(name === 'createApiKey' ? 1 : 0);

    const reused = await added(() => call({ ...third, ...other }, 'crowd'));
    expect(reused.made.payload.userErrors).toMatchObject([
      { code: 'IDEMPOTENCY_KEY_REUSED', path: ['input', 'idempotencyKey'] },
    ]);
    expect(reused.more).toEqual({});
  },
);

function withoutSecret({ payload, errors }: Awaited<ReturnType<typeof mutate>>): Payload {
  const { secret: _, ...rest } = payload ?? {};
  return { payload: rest, errors };
}
