import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { start } from '../../src/app.js';
import { Role } from '../../src/platform/auth/viewer.js';
import { ConfigError, loadConfig } from '../../src/platform/config.js';
import { useDesk } from '../support/desk.js';

const folder = mkdtempSync(join(tmpdir(), 'stepdesk-trusted-'));
afterAll(() => rmSync(folder, { recursive: true }));
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const manifest = (name: string, documents: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof documents === 'string' ? documents : JSON.stringify(documents));
  return path;
};

const TEAMS = 'query Teams($first: Int) { teams(first: $first) { nodes { id } } }';
const BY_HASH = '{ eventCursor }';
const path = manifest('documents.json', { teams: TEAMS, [`sha256:${sha256(BY_HASH)}`]: BY_HASH });

const open = useDesk({ TRUSTED_DOCUMENTS: path });
const closed = useDesk({ TRUSTED_DOCUMENTS: path, TRUSTED_DOCUMENTS_ONLY: 'true' });
let token: string;
beforeAll(async () => {
  token = (await open.as(Role.AGENT)).token as string;
});

type Desk = typeof open;
async function read(response: Response) {
  const { data, errors } = (await response.json()) as {
    data?: Record<string, unknown>;
    errors?: { extensions: { code: string } }[];
  };
  return { status: response.status, code: errors?.[0]?.extensions.code ?? null, data };
}
async function post(desk: Desk, body: object) {
  const own = desk === open ? token : ((await desk.as(Role.AGENT)).token as string);
  return read(
    await fetch(`${desk.app.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json',
        authorization: `Bearer ${own}`,
      },
      body: JSON.stringify(body),
    }),
  );
}
const persisted = (text: string) => ({ persistedQuery: { version: 1, sha256Hash: sha256(text) } });

describe.each([
  ['beside others', open],
  ['alone', closed],
])('documents of a manifest, %s,', (_, desk) => {
  test('run by their id, with variables', async () => {
    expect(await post(desk, { documentId: 'teams', variables: { first: 1 } })).toMatchObject({
      status: 200,
      data: { teams: { nodes: [{ id: expect.any(String) }] } },
    });
  });

  test.each([
    ['by an id that is their hash', { documentId: `sha256:${sha256(BY_HASH)}` }],
    ['by their hash, whatever id they have', { documentId: `sha256:${sha256(TEAMS)}` }],
    ['as persisted queries', { extensions: persisted(TEAMS) }],
    ['by their text', { query: TEAMS }],
    ['by their text and hash', { query: TEAMS, extensions: persisted(TEAMS) }],
  ])('run %s', async (_how, body) => {
    expect(await post(desk, body)).toMatchObject({ status: 200, code: null });
  });

  test('run by GET', async () => {
    const url = `${desk.app.url}/graphql?${new URLSearchParams({ documentId: 'teams', variables: '{"first":1}' })}`;
    const own = (await desk.as(Role.AGENT)).token;
    expect(await read(await fetch(url, { headers: { authorization: `Bearer ${own}` } }))).toMatchObject({
      status: 200,
      data: { teams: { nodes: [{}] } },
    });
  });

  test.each([
    ['an id that is not there', { documentId: 'nothing' }, 404, 'DOCUMENT_NOT_FOUND'],
    ['an id and a text', { documentId: 'teams', query: TEAMS }, 422, 'BAD_REQUEST'],
    ['nothing', { variables: {} }, 422, 'BAD_REQUEST'],
  ])('are not run by %s', async (_how, body, status, code) => {
    expect(await post(desk, body)).toMatchObject({ status, code });
  });
});

const OTHER = '{ __typename eventCursor }';

test('where others are allowed too, they run; and by documentId once they are registered', async () => {
  const documentId = `sha256:${sha256(OTHER)}`;
  expect(await post(open, { documentId })).toMatchObject({ status: 404, code: 'PERSISTED_QUERY_NOT_FOUND' });
  expect(await post(open, { query: OTHER, extensions: persisted(OTHER) })).toMatchObject({ status: 200 });
  expect(await post(open, { documentId })).toMatchObject({ status: 200, data: { __typename: 'Query' } });
});

test.each([
  ['a text', { query: OTHER }, 403, 'DOCUMENT_NOT_TRUSTED'],
  ['a text that differs by a space', { query: `${TEAMS} ` }, 403, 'DOCUMENT_NOT_TRUSTED'],
  ['introspection', { query: '{ __schema { types { name } } }' }, 403, 'DOCUMENT_NOT_TRUSTED'],
  ['a text to register', { query: OTHER, extensions: persisted(OTHER) }, 403, 'DOCUMENT_NOT_TRUSTED'],
  [
    'a text under a trusted hash',
    { query: OTHER, extensions: persisted(TEAMS) },
    403,
    'DOCUMENT_NOT_TRUSTED',
  ],
  ['a hash', { extensions: persisted(OTHER) }, 403, 'DOCUMENT_NOT_TRUSTED'],
  ['an id that is a hash', { documentId: `sha256:${sha256(OTHER)}` }, 404, 'DOCUMENT_NOT_FOUND'],
])('where nothing else is allowed, nothing else runs: %s', async (_, body, status, code) => {
  expect(await post(closed, body)).toMatchObject({ status, code, data: undefined });
});

test.each<[string, string | object, string]>([
  ['is not there', '', 'ENOENT'],
  ['is no JSON', '{', 'JSON'],
  ['has something else than texts', { a: 1 }, 'must be JSON with the text of each document by its id'],
  [
    'has a document that is not valid',
    { good: TEAMS, bad: '{ nonsense }' },
    'bad: Cannot query field "nonsense"',
  ],
  ['has a document that is too large', { bad: `{ ${'a '.repeat(4000)} }` }, 'bad: A document has at most'],
  ['has a hash of another text', { [`sha256:${sha256('x')}`]: TEAMS }, 'this is not the hash of its text'],
])('a desk does not start with a manifest that %s', async (_, content, told) => {
  const file = content === '' ? join(folder, 'nowhere.json') : manifest('faulty.json', content);
  const starting = start(loadConfig({ DATA_DIR: join(folder, 'data'), TRUSTED_DOCUMENTS: file }));
  await expect(starting).rejects.toThrow(told);
  await expect(starting).rejects.toThrow(ConfigError);
});
