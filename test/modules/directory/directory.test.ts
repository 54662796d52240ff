import { beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { Role } from '../../../src/platform/auth/viewer.js';
import {
  CustomersDocument,
  EventCursorDocument,
  PeopleDocument,
  SetAvailabilityDocument,
  type SetAvailabilityInput,
} from '../../generated/graphql.js';
import type { Client } from '../../support/client.js';
import { until, useDesk } from '../../support/desk.js';
import { create, directory, refusals } from '../ticket/play.js';

const desk = useDesk();
let agent: Client;
let agents: Record<string, string>;
beforeAll(async () => {
  agent = await desk.as(Role.AGENT);
  ({ agents } = await directory(agent));
});

describe('availability', () => {
  const set = async (client: Client, who: string, given: Partial<SetAvailabilityInput> = {}) =>
    (
      await client.ask(SetAvailabilityDocument, {
        input: { agentId: agents[who] ?? who, availability: 'AWAY', ...given },
      })
    ).setAvailability;

  test('agents say it of themselves; capacity stays unless given', async () => {
    expect(await set(agent, 'agent', { capacity: 3 })).toEqual({
      agent: { name: 'Alex Agent', availability: 'AWAY', capacity: 3 },
      userErrors: [],
    });
    expect((await set(agent, 'agent', { availability: 'AVAILABLE' })).agent).toMatchObject({
      availability: 'AVAILABLE',
      capacity: 3,
    });
  });

  test.each([
    [Role.AGENT, ['FORBIDDEN']],
    [Role.QA_MANAGER, ['FORBIDDEN']],
    [Role.TEAM_LEAD, []],
    [Role.MANAGER, []],
    [Role.ADMIN, []],
  ])('%s of others: %j', async (role, wanted) => {
    expect(refusals(await set(await desk.as(role), 'second'))).toEqual(wanted);
  });

  test.each([
    [-1, ['INVALID_INPUT input capacity']],
    [0, []],
    [1000, []],
    [1001, ['INVALID_INPUT input capacity']],
  ])('a capacity of %i: %j', async (capacity, wanted) => {
    expect(refusals(await set(agent, 'agent', { capacity }))).toEqual(wanted);
  });

  test('of nobody there is none', async () => {
    expect(refusals(await set(await desk.as(Role.ADMIN), 'agent_1'))).toEqual(['NOT_FOUND input agentId']);
  });
});

test('the directory of the desk is for staff', async () => {
  const customer = await desk.as(Role.CUSTOMER);
  for (const document of [PeopleDocument, CustomersDocument]) {
    const { data, errors } = await customer.send(document as typeof PeopleDocument);
    expect(data).toBeNull();
    expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  }
});

test('customers come by address, page by page from either end', async () => {
  for (const name of ['b', 'a', 'd', 'c']) await create(agent, { customer: { email: `${name}@aa.example` } });
  const page = async (variables: object) => (await agent.ask(CustomersDocument, variables)).customers;
  const all = (await page({ first: 100 })).nodes.map(({ email }) => email);
  expect(all).toEqual([...all].sort());
  const [forwards, backwards]: [string[], string[]] = [[], []];
  for (let next: string | null = null, more = true; more; ) {
    const { nodes, pageInfo } = await page({ first: 2, after: next });
    forwards.push(...nodes.map(({ email }) => email));
    [next, more] = [pageInfo.endCursor ?? null, pageInfo.hasNextPage];
  }
  for (let next: string | null = null, more = true; more; ) {
    const { nodes, pageInfo } = await page({ last: 2, before: next });
    backwards.unshift(...nodes.map(({ email }) => email));
    [next, more] = [pageInfo.startCursor ?? null, pageInfo.hasPreviousPage];
  }
  expect([forwards, backwards]).toEqual([all, all]);
});

test('who has left gets no answer any more, with the very token that worked', async () => {
  const admin = await desk.as(Role.ADMIN);
  await admin.ask(EventCursorDocument);
  await sql`update agent set active = false where id = ${agents.admin}`.execute(desk.app.desk.database.sql);
  await until(
    async () => (await admin.send(EventCursorDocument)).errors !== undefined,
    'the token to be refused',
  );
  expect(await admin.send(EventCursorDocument)).toMatchObject({
    errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
  });
});
