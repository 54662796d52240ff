import { connect } from 'node:net';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { Role } from '../../src/platform/auth/viewer.js';
import { useDesk } from '../support/desk.js';

const ORIGIN = 'https://app.example.com';
const desk = useDesk({ CORS_ORIGINS: `${ORIGIN},https://other.example.com`, QUERY_COST: '100' });
let token: string;
beforeAll(async () => {
  token = (await desk.as(Role.AGENT)).token as string;
});

const JSON_TYPE = 'application/json';
const RESPONSE_TYPE = 'application/graphql-response+json';

interface Answer {
  status: number;
  type: string;
  headers: Headers;
  body: { data?: unknown; errors?: { message: string; extensions: Record<string, unknown> }[] };
}

async function ask(init: RequestInit & { path?: string }, signed = true): Promise<Answer> {
  const headers = new Headers(init.headers);
  if (signed && !headers.has('authorization')) headers.set('authorization', `Bearer ${token}`);
  const response = await fetch(`${desk.app.url}${init.path ?? '/graphql'}`, { ...init, headers });
  const text = await response.text();
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    headers: response.headers,
    body: text === '' ? {} : JSON.parse(text),
  };
}

const post = (body: unknown, headers: Record<string, string> = {}) =>
  ask({
    method: 'POST',
    headers: { 'content-type': JSON_TYPE, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const get = (parameters: Record<string, string>, headers: Record<string, string> = {}) =>
  ask({ path: `/graphql?${new URLSearchParams(parameters)}`, headers });
const codeOf = ({ body }: Answer) => body.errors?.[0]?.extensions.code ?? null;

describe('the status of an answer is what the client reads it as', () => {
  // What is asked, the code of its error, and the statuses for graphql-response+json and for json alone.
  test.each<[string, unknown, string | null, number, number]>([
    ['a query', { query: '{ __typename }' }, null, 200, 200],
    ['a document that is no GraphQL', { query: '{' }, 'GRAPHQL_PARSE_FAILED', 400, 200],
    ['an unknown field', { query: '{ x }' }, 'GRAPHQL_VALIDATION_FAILED', 422, 200],
    [
      'a document that is too large',
      { query: `{ ${'__typename '.repeat(3000)} }` },
      'LIMIT_EXCEEDED',
      422,
      200,
    ],
    [
      'a variable of another type',
      { query: 'query ($id: ID!) { node(id: $id) { id } }', variables: { id: {} } },
      'BAD_USER_INPUT',
      422,
      200,
    ],
    [
      'a variable that is missing',
      { query: 'query ($id: ID!) { node(id: $id) { id } }' },
      'BAD_USER_INPUT',
      422,
      200,
    ],
    [
      'a variable with NUL',
      { query: 'query ($id: ID!) { node(id: $id) { id } }', variables: { id: '\0' } },
      'INVALID_INPUT',
      422,
      200,
    ],
    [
      'an operation that is not there',
      { query: 'query A { __typename } query B { __typename }' },
      'OPERATION_RESOLUTION_FAILURE',
      422,
      200,
    ],
    [
      'a cost that is too high',
      { query: '{ tickets(first: 100) { nodes { id } } }' },
      'COST_EXCEEDED',
      422,
      200,
    ],
    ['a subscription', { query: 'subscription { queueChanges { cursor } }' }, 'BAD_REQUEST', 422, 400],
    [
      'a page that is too large',
      { query: '{ a: __typename tickets(first: 101) { pageInfo { endCursor } } }' },
      'INVALID_INPUT',
      294,
      200,
    ],
    [
      'what is not open to one',
      {
        query: 'mutation { retireProcess(input: {processId: "x", reason: "y"}) { userErrors { code } } }',
      },
      'FORBIDDEN',
      294,
      200,
    ],
    [
      'an unknown persisted query',
      { extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } },
      'PERSISTED_QUERY_NOT_FOUND',
      404,
      200,
    ],
    ['a body without a query', { qeury: '{ __typename }' }, 'BAD_REQUEST', 422, 400],
    ['variables that are a list', { query: '{ __typename }', variables: [7] }, 'BAD_REQUEST', 422, 400],
    ['a batch', [{ query: '{ __typename }' }, { query: '{ __typename }' }], 'BAD_REQUEST', 422, 400],
    ['a body that is no object', '7', 'BAD_REQUEST', 422, 400],
    ['a body that is no JSON', '{"query":', 'BAD_REQUEST', 400, 400],
    ['an empty body', '', 'BAD_REQUEST', 400, 400],
  ])('%s', async (_, body, code, telling, legacy) => {
    const told = await post(body, { accept: RESPONSE_TYPE });
    expect([told.status, codeOf(told)]).toEqual([telling, code]);
    const plain = await post(body, { accept: JSON_TYPE });
    expect([plain.status, codeOf(plain)]).toEqual([legacy, code]);
    expect(plain.type).toBe('application/json; charset=utf-8');
    // Without data, a request error has none in either.
    for (const { body, status } of [told, plain]) if (status >= 400) expect(body).not.toHaveProperty('data');
    // What is no GraphQL response is never called one.
    expect([`${RESPONSE_TYPE}; charset=utf-8`, 'application/json; charset=utf-8']).toContain(told.type);
  });

  test.each<[string, string | undefined, string | null]>([
    ['nothing', undefined, JSON_TYPE],
    ['anything', '*/*', JSON_TYPE],
    ['any application', 'application/*', JSON_TYPE],
    ['JSON', 'application/json', JSON_TYPE],
    ['JSON in UTF-8', 'application/json; charset=utf-8', JSON_TYPE],
    ["GraphQL's own", RESPONSE_TYPE, RESPONSE_TYPE],
    ["GraphQL's own, then JSON", `${RESPONSE_TYPE}, ${JSON_TYPE}`, RESPONSE_TYPE],
    ["JSON, then GraphQL's own", `${JSON_TYPE}, ${RESPONSE_TYPE}`, JSON_TYPE],
    ["GraphQL's own rather than JSON", `${JSON_TYPE};q=0.9, ${RESPONSE_TYPE}`, RESPONSE_TYPE],
    ["GraphQL's own, or anything", `${RESPONSE_TYPE}, */*;q=0.1`, RESPONSE_TYPE],
    ['not JSON', `${JSON_TYPE};q=0, */*`, RESPONSE_TYPE],
    ['only HTML', 'text/html', null],
    ['only images', 'image/*', null],
  ])('who accepts %s', async (_, accept, wanted) => {
    // A browser's fetch would add */* where nothing is said; a plain client does not.
    const answer = await post({ query: '{ __typename }' }, accept === undefined ? {} : { accept });
    expect(wanted === null ? [answer.status, codeOf(answer)] : [answer.status, answer.type]).toEqual(
      wanted === null ? [406, 'NOT_ACCEPTABLE'] : [200, `${wanted}; charset=utf-8`],
    );
  });
});

describe('by GET', () => {
  test('one may query, with variables', async () => {
    const parameters = {
      query: 'query ($n: String!) { __type(name: $n) { name } }',
      variables: '{"n":"Ticket"}',
    };
    expect(await get(parameters)).toMatchObject({
      status: 200,
      body: { data: { __type: { name: 'Ticket' } } },
    });
  });

  test.each([JSON_TYPE, RESPONSE_TYPE])('one may not mutate: 405, and how else (%s)', async (accept) => {
    const answer = await get({ query: 'mutation { __typename }' }, { accept });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
  });

  test('a page of another site gets nothing run: it can send no header that a browser asks about first', async () => {
    const bare = await ask({ path: '/graphql?query={__typename}' }, false);
    expect([bare.status, codeOf(bare)]).toEqual([400, 'BAD_REQUEST']);
    for (const name of ['apollo-require-preflight', 'x-apollo-operation-name'])
      expect(
        (await ask({ path: '/graphql?query={__typename}', headers: { [name]: '1' } }, false)).status,
      ).toBe(200);
  });
});

describe('what is not GraphQL answers JSON with a code:', () => {
  test.each<[string, RequestInit & { path?: string }, number, string, Record<string, string>]>([
    ['no such path', { path: '/nowhere' }, 404, 'NOT_FOUND', {}],
    ['an address that is none', { path: '//' }, 400, 'BAD_REQUEST', {}],
    ['PUT', { method: 'PUT', body: '{}' }, 405, 'METHOD_NOT_ALLOWED', { allow: 'GET, POST, OPTIONS' }],
    ['DELETE', { method: 'DELETE' }, 405, 'METHOD_NOT_ALLOWED', { allow: 'GET, POST, OPTIONS' }],
    [
      'a form',
      { method: 'POST', body: new URLSearchParams({ query: '{ __typename }' }) },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
      { 'accept-post': 'application/json' },
    ],
    ['plain text', { method: 'POST', body: '{"query":"{ __typename }"}' }, 415, 'UNSUPPORTED_MEDIA_TYPE', {}],
    [
      'no type at all',
      { method: 'POST', body: new Blob(['{"query":"{ __typename }"}']) },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
      {},
    ],
    [
      'JSON in another encoding',
      { method: 'POST', body: '{}', headers: { 'content-type': 'application/json; charset=utf-16' } },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
      {},
    ],
    [
      'something like JSON',
      { method: 'POST', body: '{}', headers: { 'content-type': 'application/jsonp' } },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
      {},
    ],
    [
      '2 MB',
      { method: 'POST', body: ' '.repeat(2_000_000), headers: { 'content-type': JSON_TYPE } },
      413,
      'PAYLOAD_TOO_LARGE',
      {},
    ],
    [
      'a token that is none',
      { headers: { authorization: 'Basic abc' } },
      401,
      'UNAUTHENTICATED',
      { 'www-authenticate': 'Bearer' },
    ],
  ])('%s', async (_, init, status, code, headers) => {
    const answer = await ask(init);
    expect([answer.status, codeOf(answer), answer.type]).toEqual([
      status,
      code,
      'application/json; charset=utf-8',
    ]);
    expect(Object.fromEntries(answer.headers)).toMatchObject(headers);
  });

  test.each<[string, string, string, string]>([
    ['what is not HTTP', 'HELLO\r\n\r\n', '400 Bad Request', 'BAD_REQUEST'],
    [
      'headers that are too large',
      `GET /graphql HTTP/1.1\r\nhost: a\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`,
      '431 Request Header Fields Too Large',
      'HEADERS_TOO_LARGE',
    ],
  ])('%s', async (_, sent, status, code) => {
    const { port, hostname } = new URL(desk.app.url);
    const socket = connect(Number(port), hostname).setEncoding('utf8');
    socket.write(sent);
    let received = '';
    for await (const chunk of socket) received += chunk;
    const [head = '', body = ''] = received.split('\r\n\r\n');
    expect(head).toContain(`HTTP/1.1 ${status}`);
    expect(JSON.parse(body)).toMatchObject({ errors: [{ extensions: { code } }] });
  });
});

describe('pages of other origins', () => {
  const preflight = (origin: string) =>
    ask(
      {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization',
        },
      },
      false,
    );

  test('that are listed may ask and read', async () => {
    const { status, headers } = await preflight(ORIGIN);
    expect(status).toBe(204);
    expect(Object.fromEntries(headers)).toMatchObject({
      'access-control-allow-origin': ORIGIN,
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': expect.stringContaining('authorization'),
      vary: 'origin',
    });
    const answer = await post({ query: '{ __typename }' }, { origin: ORIGIN });
    expect(answer.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(answer.headers.get('access-control-expose-headers')).toContain('x-ratelimit-remaining');
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    // A refusal can be read as well.
    const refused = await post('{', { origin: ORIGIN });
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([400, ORIGIN]);
  });

  test.each([
    'https://elsewhere.example',
    'https://app.example.com.evil.example',
    'null',
    'http://app.example.com',
  ])('that are not listed may not: %s', async (origin) => {
    for (const { headers } of [await preflight(origin), await post({ query: '{ __typename }' }, { origin })])
      expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

test.each(['/', '/graphql', '/graphiql', '/mailbox', `/survey/${'x'.repeat(20)}`])(
  'the page %s loads nothing that it does not need, and nobody frames it',
  async (path) => {
    const response = await fetch(`${desk.app.url}${path}`, { headers: { accept: 'text/html' } });
    expect(response.headers.get('content-type')).toContain('text/html');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("base-uri 'none'");
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('referrer-policy')).toMatch(/^(no-referrer|same-origin)$/);
    // Apollo's own page says the rest in itself.
    if (path === '/graphql')
      expect(await response.text()).toMatch(
        /http-equiv="Content-Security-Policy" content="script-src 'self' 'nonce-/,
      );
    else expect(policy).toContain("default-src 'none'");
  },
);

test('an answer is kept by nobody on the way', async () => {
  for (const query of ['{ __typename }', '{ x }'])
    expect((await post({ query })).headers.get('cache-control')).toBe('no-store');
});
