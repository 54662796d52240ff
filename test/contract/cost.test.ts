import { beforeAll, describe, expect, test } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { Role } from '../../src/platform/auth/viewer.js';
import { demoPerson } from '../../src/seed/demo.people.js';
import { useDesk } from '../support/desk.js';

const LIMIT = 1000;
const desk = useDesk({ QUERY_COST: '500', RATE_LIMIT: String(LIMIT), RATE_WINDOW_SECONDS: '3600' });
const tokens = new Map<Role, string>();
beforeAll(async () => {
  for (const role of Object.values(Role))
    tokens.set(role, await desk.app.tokens.sign(demoPerson(role) as string, '1 hour'));
});

interface Cost {
  requested: number;
  actual: number | null;
  limit: number;
  remaining: number;
  resetAt: string;
}

/** Each test asks as somebody else: what one spends, another keeps. */
async function ask(role: Role, query: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${desk.app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens.get(role)}`, ...headers },
    body: JSON.stringify({ query }),
  });
  const body = (await response.json()) as {
    data?: Record<string, unknown> | null;
    errors?: { message: string; extensions: { code: string; cost?: Cost; retryAfter?: number } }[];
    extensions?: { cost: Cost };
  };
  const left = ['limit', 'remaining', 'reset'].map((name) =>
    Number(response.headers.get(`x-ratelimit-${name}`)),
  );
  return { status: response.status, headers: response.headers, left, ...body };
}

const teams = (first: number) => `{ teams(first: ${first}) { nodes { id members { id } } } }`;

describe('an answer', () => {
  test('says what it could have cost and did, and what is left', async () => {
    const { extensions, left, data } = await ask(Role.MANAGER, teams(40));
    const { nodes } = (data as { teams: { nodes: { members: object[] }[] } }).teams;
    const actual = 1 + nodes.length + nodes.flatMap(({ members }) => members).length;
    expect(actual).toBeGreaterThan(3);
    const remaining = LIMIT - actual;
    expect(extensions?.cost).toMatchObject({ requested: 1 + 40 * 11, actual, limit: LIMIT, remaining });
    expect(left).toEqual([LIMIT, remaining, 3600]);
    const reset = Date.parse(extensions?.cost.resetAt as string) - Date.now();
    expect(reset).toBeGreaterThan(3_500_000);
    expect(reset).toBeLessThanOrEqual(3_600_000);
    // The next is charged on top.
    expect((await ask(Role.MANAGER, '{ __typename }')).extensions?.cost.remaining).toBe(remaining - 1);
  });

  test('to a dry run is the cost, and nothing is done', async () => {
    const dry = { 'x-stepdesk-dry-run': 'true' };
    const change = (subject: string) =>
      `mutation { createTicket(input: {subject: "${subject}", description: "D", channel: PHONE,
        customer: {email: "dry@example.com"}}) { ticket { id } userErrors { code } } }`;
    const { status, data, extensions } = await ask(Role.TEAM_LEAD, change('Dry'), dry);
    expect([status, data]).toEqual([200, {}]);
    expect(extensions?.cost).toMatchObject({ requested: 13, actual: null, remaining: LIMIT - 1 });
    const { data: found } = await ask(
      Role.TEAM_LEAD,
      '{ customers(email: "dry@example.com") { totalCount } }',
    );
    expect(found).toEqual({ customers: { totalCount: 0 } });
    // What would be refused is told as well.
    const dear = await ask(Role.TEAM_LEAD, teams(100), dry);
    expect(dear.errors).toBeUndefined();
    expect(dear.extensions?.cost.requested).toBe(1101);
  });

  test('is refused where it may cost more than a request may, and charged the least', async () => {
    const { status, data, errors } = await ask(Role.QA_MANAGER, teams(100));
    expect([status, data]).toEqual([200, undefined]);
    expect(errors).toMatchObject([
      {
        extensions: { code: 'COST_EXCEEDED', cost: { requested: 1101, actual: null, remaining: LIMIT - 1 } },
      },
    ]);
    expect(errors?.[0]?.message).toContain('smaller pages');
  });
});

describe('who has used up the limit', () => {
  test('is refused with 429 and when to come back; nobody else is, and less still fits', async () => {
    const dear = teams(40);
    const spent = [];
    for (let round = 0; round < 200; round += 1) {
      const answer = await ask(Role.AGENT, dear);
      spent.push(answer.extensions?.cost.actual ?? 0);
      if (!answer.errors) continue;
      const { status, headers, left, errors } = answer;
      expect(status).toBe(429);
      const { code, retryAfter, cost } = errors[0]?.extensions ?? {};
      expect([code, retryAfter]).toEqual(['RATE_LIMITED', Number(headers.get('retry-after'))]);
      expect(retryAfter).toBeGreaterThan(3500);
      const remaining = LIMIT - spent.reduce((sum, each) => sum + each, 0);
      expect(cost).toMatchObject({ requested: 441, actual: null, remaining });
      expect(left[1]).toBe(remaining);
      expect(remaining).toBeLessThan(441);
      expect((await ask(Role.AGENT, '{ __typename }')).status).toBe(200);
      expect((await ask(Role.CUSTOMER, '{ __typename }')).extensions?.cost.remaining).toBe(LIMIT - 1);
      return;
    }
    throw new Error(`Never refused, after ${spent.length} requests`);
  });

  test('is refused also for documents that are refused', async () => {
    const wrong = Array.from({ length: LIMIT + 1 }, () => '{ nonsense }');
    const codes = new Map<string, number>();
    for (const query of wrong) {
      const { errors } = await ask(Role.ADMIN, query);
      const code = errors?.[0]?.extensions.code as string;
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    expect([...codes]).toEqual([
      ['GRAPHQL_VALIDATION_FAILED', LIMIT],
      ['RATE_LIMITED', 1],
    ]);
  });
});

test('the schema may still be asked for', async () => {
  const { data, extensions } = await ask(Role.CUSTOMER, getIntrospectionQuery());
  expect(data).toHaveProperty('__schema');
  expect(extensions?.cost).toMatchObject({ requested: 100, actual: 100 });
});
