import { beforeAll, describe, expect, test } from '@jest/globals';
import { Role } from '../../src/platform/auth/viewer.js';
import { create } from '../modules/ticket/play.js';
import { useDesk } from '../support/desk.js';
import { documents, expectMasked, nested, variables } from './hostile.js';

/** Everything hostile that comes by HTTP, each with the answer it gets; and meanwhile others are answered. */
const desk = useDesk({ INTROSPECTION: 'false' });
const tokens: Record<string, string> = {};
let foreign: string;
beforeAll(async () => {
  for (const role of [Role.ADMIN, Role.AGENT, Role.CUSTOMER])
    tokens[role] = (await desk.as(role)).token as string;
  foreign = await create(await desk.as(Role.AGENT), { customer: { email: 'somebody-else@example.com' } });
});

type Body = string | object;

async function send(
  body: Body,
  init: { role?: Role; method?: string; headers?: Record<string, string>; path?: string } = {},
) {
  const { role = Role.AGENT, method = 'POST', headers = {}, path = '/graphql' } = init;
  const response = await fetch(`${desk.app.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${tokens[role]}`,
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      ...headers,
    },
    body: method === 'GET' ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  const { errors, data } = JSON.parse(text) as {
    data?: Record<string, unknown> | null;
    errors?: { message: string; extensions: Record<string, unknown> }[];
  };
  return { status: response.status, code: errors?.[0]?.extensions.code ?? null, errors, data, text };
}

/** Sends it while somebody else asks something, which must be answered as ever. */
async function beside(body: Body, init?: Parameters<typeof send>[1]) {
  const start = performance.now();
  let waited = 0;
  const other = send({ query: '{ teams { totalCount } }' }, { role: Role.ADMIN }).then((answer) => {
    waited = performance.now() - start;
    return answer;
  });
  const [answer, neighbour] = await Promise.all([send(body, init), other]);
  expect(neighbour).toMatchObject({ status: 200, code: null });
  expect(waited).toBeLessThan(5000);
  expectMasked(answer.text);
  expect(answer.status).not.toBe(500);
  return answer;
}

const byId = (id: unknown) => ({ query: 'query ($id: ID!) { node(id: $id) { id } }', variables: { id } });
const note = (input: string) =>
  `{"query":"mutation ($input: AddNoteInput!) { addNote(input: $input) { userErrors { code path } } }","variables":{"input":${input}}}`;

describe('a document', () => {
  test.each(documents)('$what', async ({ text, http }) => {
    const { status, code } = await beside({ query: text });
    expect([status, code ?? '']).toEqual(http);
  });

  test('with a misspelt field gets no hint where the schema is not told', async () => {
    const { errors } = await beside({ query: '{ ticket(by: {number: 1}) { subjekt } }' });
    expect(errors?.[0]?.message).toBe('Cannot query field "subjekt" on type "Ticket".');
  });
});

describe('a body', () => {
  const sent = (query: string) => JSON.stringify({ query });
  test.each<[string, string, Parameters<typeof send>[1], number, string]>([
    [
      'with 5 MB of variables',
      `{"query":"{ __typename }","variables":{"x":"${'x'.repeat(5_000_000)}"}}`,
      {},
      413,
      'PAYLOAD_TOO_LARGE',
    ],
    ['that is a list 100,000 deep', nested(100_000, '[', ']'), {}, 422, 'BAD_REQUEST'],
    [
      'that is a form',
      'query={__typename}',
      { headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'of several parts',
      '--x--',
      { headers: { 'content-type': 'multipart/form-data; boundary=x' } },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'that is plain text',
      sent('{ __typename }'),
      { headers: { 'content-type': 'text/plain' } },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    ['that is a batch', `[${sent('{ __typename }')},${sent('{ __typename }')}]`, {}, 422, 'BAD_REQUEST'],
    ['that is cut off', '{"query":"{ __type', {}, 400, 'BAD_REQUEST'],
    [
      'with __proto__ beside the query',
      '{"query":"{ __typename }","__proto__":{"query":"{ x }"}}',
      {},
      200,
      '',
    ],
    ['with a query in __proto__ alone', '{"__proto__":{"query":"{ __typename }"}}', {}, 422, 'BAD_REQUEST'],
    [
      'with extensions 100,000 deep',
      `{"query":"{ __typename }","extensions":{"x":${nested(100_000, '[', ']')}}}`,
      {},
      200,
      '',
    ],
  ])('%s', async (_, body, init, status, code) => {
    const answer = await beside(body, init);
    expect([answer.status, answer.code ?? '']).toEqual([status, code]);
    expect(({} as { query?: string }).query).toBeUndefined();
  });
});

describe('variables', () => {
  test.each(variables)('$what', async ({ json, code, argument }) => {
    const query = 'query ($id: ID!) { node(id: $id) { id } }';
    const answer = await beside(`{"query":${JSON.stringify(query)},"variables":${json}}`);
    expect([answer.status, answer.code]).toEqual([422, code]);
    if (argument) expect(answer.errors?.[0]?.extensions.argument).toEqual(argument);
  });

  test.each<[string, Body, string]>([
    ['with half of a surrogate pair', note('{"ticketId":"t","body":"\\ud83c"}'), 'INVALID_INPUT'],
    [
      'with __proto__',
      note('{"ticketId":"t","body":"b","__proto__":{"visibility":"PUBLIC"}}'),
      'BAD_USER_INPUT',
    ],
    [
      'with a field that is not the caller’s to set',
      note('{"ticketId":"t","body":"b","visibility":"PUBLIC"}'),
      'BAD_USER_INPUT',
    ],
    [
      'with a number beyond 32 bits',
      { query: 'query ($n: Int) { tickets(first: $n) { nodes { id } } }', variables: { n: 2 ** 53 } },
      'BAD_USER_INPUT',
    ],
  ])('of a mutation or a list, %s', async (_, body, code) => {
    const answer = await beside(body);
    expect([answer.status, answer.code]).toEqual([422, code]);
    expect(({} as { visibility?: string }).visibility).toBeUndefined();
  });

  test('with __proto__ in JSON change nothing but what they are', async () => {
    const answer = await beside(
      '{"query":"mutation ($d: JSON!) { createProcess(input: {key: \\"p\\", name: \\"P\\", description: \\"\\", definition: $d}) { userErrors { code } } }","variables":{"d":{"__proto__":{"admin":true}}}}',
      { role: Role.ADMIN },
    );
    expect(answer.status).toBe(200);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });
});

describe('by GET', () => {
  const path = (query: string, more = {}) => `/graphql?${new URLSearchParams({ query, ...more })}`;
  test.each<[string, string, number, string]>([
    ['a mutation', path('mutation { __typename }'), 405, 'BAD_REQUEST'],
    [
      'variables 1,000 deep',
      path('query ($x: ID!) { node(id: $x) { id } }', {
        variables: `{"x":${'['.repeat(1000)}${']'.repeat(1000)}}`,
      }),
      422,
      'INVALID_INPUT',
    ],
    [
      'variables 5,000 deep',
      path('query ($x: ID!) { node(id: $x) { id } }', {
        variables: `{"x":${'['.repeat(5000)}${']'.repeat(5000)}}`,
      }),
      431,
      'HEADERS_TOO_LARGE',
    ],
    ['a query that is given twice', `${path('{ __typename }')}&query={x}`, 422, 'BAD_REQUEST'],
    ['variables that are no JSON', path('{ __typename }', { variables: '{' }), 422, 'BAD_REQUEST'],
    ['bytes that are no text', '/graphql?query=%ff%00', 400, 'GRAPHQL_PARSE_FAILED'],
  ])('%s', async (_, target, status, code) => {
    const answer = await beside('', { method: 'GET', path: target });
    expect([answer.status, answer.code]).toEqual([status, code]);
  });

  test('from a page of another origin nothing runs', async () => {
    const response = await fetch(`${desk.app.url}${path('{ __typename }')}`, {
      headers: { origin: 'https://evil.example' },
    });
    expect(response.status).toBe(400);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('ids', () => {
  const absent = 'ticket_01h455vb4pex5vsknk084sn02q';
  const answered = async (id: string) => {
    const { status, data, code } = await beside(byId(id), { role: Role.CUSTOMER });
    return { status, data, code };
  };
  test("of another's ticket are answered as ids of none", async () => {
    expect(await answered(foreign)).toEqual(await answered(absent));
    expect(await answered(foreign)).toMatchObject({ status: 200, data: { node: null } });
  });

  test.each([
    '',
    'ticket_',
    'agent_01h455vb4pex5vsknk084sn02q',
    'nothing',
    "' or 1=1 --",
    '../../etc/passwd',
    '%00',
    '💥',
    'x'.repeat(10_000),
  ])('that are none lead nowhere: %j', async (id) => {
    const { status, data } = await beside(byId(id));
    expect([200, 294]).toContain(status);
    expect(data?.node ?? null).toBeNull();
  });
});
