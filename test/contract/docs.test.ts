import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { buildSchema, getOperationAST, parse, validate } from 'graphql';
import { type Ask, upload } from '../../docs/recipes/upload.js';
import { Role } from '../../src/platform/auth/viewer.js';
import { fileOf } from '../modules/file/uploads.js';
import { create } from '../modules/ticket/play.js';
import type { Client } from '../support/client.js';
import { useDesk } from '../support/desk.js';

/** What the guides show works: GraphQL is run, TypeScript is what the tests of the recipes run. */
const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const within = (folder: string, ending: string) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}/${name}`);

const guides = ['README.md', ...within('docs', '.md')];
const recipes = within('docs/recipes', '.ts').map(read);

/** The blocks of a language: where each stands, and its text. */
const blocks = (language: string): [place: string, text: string][] =>
  guides.flatMap((path) =>
    [...read(path).matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'))].map(
      ({ 1: text, index }): [string, string] => [
        `${path}:${read(path).slice(0, index).split('\n').length}`,
        text as string,
      ],
    ),
  );

const desk = useDesk({ HEARTBEAT_SECONDS: '1' });
const schema = buildSchema(read('schema.graphql'));
let agent: Client;
let ticket: string;
beforeAll(async () => {
  agent = await desk.as(Role.AGENT);
  ticket = await create(agent);
});

test('the guides show something of each kind', () => {
  expect(guides.length).toBeGreaterThanOrEqual(5);
  expect(blocks('graphql').length).toBeGreaterThanOrEqual(8);
  expect(blocks('ts')).toHaveLength(7);
});

describe('GraphQL', () => {
  test.each(blocks('graphql'))('%s is valid and runs', async (_place, text) => {
    const query = text.replaceAll('ticket_…', ticket);
    const document = parse(query);
    expect(validate(schema, document)).toEqual([]);
    if (getOperationAST(document)?.operation === 'subscription') {
      const stream = await agent.subscribe(document as never, {});
      expect(await stream.next()).toBeTruthy();
      return;
    }
    const { data, errors } = await agent.send<Record<string, { userErrors?: unknown[] }>, unknown>(query);
    expect(errors).toBeUndefined();
    for (const answer of Object.values(data ?? {})) expect(answer?.userErrors ?? []).toEqual([]);
  });
});

test.each(blocks('ts'))('TypeScript at %s is a part of a recipe, to the letter', (_place, text) => {
  expect(recipes.some((recipe) => recipe.includes(text))).toBe(true);
});

test('a file goes up and comes down as the recipe says', async () => {
  const ask: Ask = async <Data>(query: string, variables: object) =>
    (await agent.send(query, variables)).data as Data;
  const id = await upload(ask, ticket, new File(['It hums.'], 'hum.txt', { type: 'text/plain' }));
  const url = (await fileOf(agent, id))?.download?.url as string;
  expect(await (await fetch(url)).text()).toBe('It hums.');
  await expect(upload(ask, ticket, new File([''], 'a/b'))).rejects.toThrow('without slashes');
});

test('links of the guides lead to files that are there', () => {
  for (const path of guides)
    for (const [, target] of read(path).matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g))
      expect(() => read(join(path, '..', target as string))).not.toThrow();
});
