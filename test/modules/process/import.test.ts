import { describe, expect, test } from '@jest/globals';
import type { FormattedExecutionResult } from 'graphql';
import { z } from 'zod';
import { readDefinition } from '../../../src/modules/process/definition.reader.js';
import { FIELD_TYPES } from '../../../src/modules/process/field.vocabulary.js';
import { Role } from '../../../src/platform/auth/viewer.js';
import { shippedProcesses } from '../../../src/processes/processes.js';
import { useDesk } from '../../support/desk.js';
import { processOf, task } from '../run/definitions.js';
import { Editor, refusals } from './editor.js';
import { field } from './faulty.js';

const desk = useDesk();
const editor = async (key: string) => new Editor(await desk.as(Role.ADMIN), key);

const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);

describe('the published JSON Schema', () => {
  const load = async () => {
    const response = await desk.anonymous().get('/process.schema.json');
    expect(response.headers.get('content-type')).toContain('application/schema+json');
    return response.json() as Promise<Record<string, unknown>>;
  };

  test('is JSON Schema 2020-12, closed and bounded', async () => {
    const schema = await load();
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      required: ['key', 'name', 'description', 'steps'],
      additionalProperties: false,
      properties: { steps: { maxItems: 200 } },
    });
    const defs = schema.$defs as Record<string, { properties?: Record<string, { enum?: string[] }> }>;
    expect(defs.Field?.properties?.type?.enum).toEqual([...FIELD_TYPES]);
    expect(defs.Step).toBeDefined();
  });

  test('read by itself takes what the desk ships, and refuses what the desk refuses', async () => {
    const outside = z.fromJSONSchema((await load()) as Parameters<typeof z.fromJSONSchema>[0]);
    for (const definition of shippedProcesses) {
      expect(outside.safeParse(definition).success).toBe(true);
      expect(readDefinition(structuredClone(definition))).toEqual(JSON.parse(JSON.stringify(definition)));
    }
    const wrong = [
      {},
      { ...processOf(), extra: 1 },
      { ...processOf(), steps: [{ kind: 'TASK' }] },
      processOf(task('a', { fields: [{ ...field('A', 'DATE'), type: 'MOOD' as 'DATE' }] })),
      processOf(...Array.from({ length: 201 }, (_, index) => task(`s${index}`))),
    ];
    for (const definition of wrong) {
      expect(outside.safeParse(definition).success).toBe(false);
      expect(() => readDefinition(definition)).toThrow();
    }
  });
});

describe('an import', () => {
  test('is refused with every fault of its shape at once, each with its path', async () => {
    const process = await editor('shape');
    await process.create();
    const many = Array.from({ length: 101 }, (_, index) => field(`F${index}`, 'DATE'));
    const { kind: _kind, ...kindless } = task('c');
    const payload = await process.save({
      ...process.definition(),
      colour: 'red',
      steps: [
        { ...task('a', { fields: many }), title: 7 },
        { ...task('b'), effects: [{ kind: 'EXPLODE' }, { kind: 'ADD_NOTE' }] },
        kindless,
      ],
    });
    expect(refusals(payload).sort()).toEqual(
      [
        'colour',
        'steps.0.title',
        'steps.0.fields',
        'steps.1.effects.0.kind',
        'steps.1.effects.1.body',
        'steps.2.kind',
      ]
        .map((path) => `INVALID_INPUT input.definition.${path}`)
        .sort(),
    );
    for (const { message } of payload.userErrors) expect(message).toMatch(/^[A-Z].+\.$/);
    expect((await process.load()).draft?.version).toBe(1);
  });

  test.each<[string, unknown, string]>([
    ['no object', 7, 'input.definition'],
    ['a list', [], 'input.definition'],
    ['a name without text', { ...processOf(), key: 'hostile', name: '' }, 'input.definition.name'],
    [
      'a text that is too long',
      { ...processOf(), description: 'x'.repeat(5_001) },
      'input.definition.description',
    ],
    [
      'too many steps',
      processOf(...Array.from({ length: 201 }, (_, n) => task(`s${n}`))),
      'input.definition.steps',
    ],
    ['very many entries', { ...processOf(), steps: Array(100_000).fill(0) }, 'input.definition.steps'],
  ])('of %s is refused', async (_what, definition, path) => {
    const process = await editor('hostile');
    process.id = (await process.load().catch(() => process.create())).id;
    expect(refusals(await process.save(definition, 1))).toEqual([`INVALID_INPUT ${path}`]);
  });

  const send = async (definition: string, processId: string) => {
    const client = await desk.as(Role.ADMIN);
    const document = `mutation ($input: SaveProcessDraftInput!) {
      saveProcessDraft(input: $input) { userErrors { code message path } } }`;
    const input = `{"processId":"${processId}","expectedVersion":1,"definition":${definition}}`;
    return fetch(`${desk.app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${client.token}` },
      body: `{"query":${JSON.stringify(document)},"variables":{"input":${input}}}`,
    });
  };

  test.each([
    [
      'the root',
      '{"__proto__":{"steps":[]},"key":"proto","name":"P","description":"","steps":[]}',
      '__proto__',
    ],
    [
      'a map',
      JSON.stringify({
        ...processOf(task('a', { effects: [{ kind: 'SET_IMPACT', field: 'A', map: {} }] })),
        key: 'proto',
      }).replace('"map":{}', '"map":{"__proto__":"LOW"}'),
      'steps.0.effects.0.map.__proto__',
    ],
  ])('with __proto__ in %s is refused and pollutes nothing', async (_where, text, path) => {
    const process = await editor('proto');
    process.id = (await process.load().catch(() => process.create())).id;
    const answer = (await (await send(text, process.id)).json()) as {
      data: { saveProcessDraft: { userErrors: { code: string; message: string; path: string[] }[] } };
    };
    expect(refusals(answer.data.saveProcessDraft)).toEqual([`INVALID_INPUT input.definition.${path}`]);
    expect(({} as { steps?: unknown }).steps).toBeUndefined();
  });

  test.each([
    ['NUL', { ...processOf(), key: 'hostile', name: 'a\u0000b' }, 'name'],
    ['half a character', { ...processOf(), key: 'hostile', description: '\ud800' }, 'description'],
  ])('with %s refuses the whole request, by its path', async (_what, definition, property) => {
    const process = await editor('no-text');
    process.id = (await process.load().catch(() => process.create())).id;
    expect(await (await send(JSON.stringify(definition), process.id)).json()).toMatchObject({
      errors: [{ extensions: { code: 'INVALID_INPUT', argument: ['input', 'definition', property] } }],
    });
    expect((await process.load()).draft?.version).toBe(1);
  });

  test('30 levels deep is refused as a definition', async () => {
    const process = await editor('deepish');
    await process.create();
    const { userErrors } = await process.save({ ...processOf(), steps: nested(30) }, 1);
    expect(userErrors[0]).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('nested too deep'),
    });
    expect(userErrors[0]?.path?.length).toBeLessThan(20);
  });

  test('100,000 levels deep is refused and harms nobody', async () => {
    const process = await editor('deep');
    await process.create();
    for (const [open, close] of [
      ['[', ']'],
      ['{"steps":', '}'],
    ] as const) {
      const text = `${open.repeat(100_000 / open.length)}1${close.repeat(100_000 / open.length)}`;
      const response = await send(text, process.id);
      const answer = (await response.json()) as FormattedExecutionResult;
      expect(answer.data).toBeUndefined();
      expect(answer.errors?.[0]).toMatchObject({
        message: expect.stringContaining('nested too deep'),
        extensions: { code: 'INVALID_INPUT' },
      });
      const path = answer.errors?.[0]?.extensions?.argument as string[];
      expect(path.slice(0, 2)).toEqual(['input', 'definition']);
      expect(path.length).toBeLessThan(60);
    }
    expect((await process.load()).draft?.version).toBe(1);
  });

  test('100,000 levels deep in the text of a query is refused too', async () => {
    const client = await desk.as(Role.ADMIN);
    const text = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const response = await client.post({
      query: `mutation { saveProcessDraft(input: {processId: "x", expectedVersion: 1, definition: ${text}}) { userErrors { code } } }`,
    });
    const answer = (await response.json()) as { errors?: { message: string }[] };
    expect(answer.errors?.length).toBeGreaterThan(0);
    expect(JSON.stringify(answer)).not.toMatch(/\/src\/|\/dist\/|node_modules/);
    expect((await client.get('/healthz')).status).toBe(200);
  });

  test('of 5 MB is refused before it is read', async () => {
    const response = await send(`"${'x'.repeat(5 * 1024 * 1024)}"`, 'x').catch(() => null);
    // A server that stops reading may cut the connection before a client has sent it all.
    if (response) expect(response.status).toBe(413);
    expect((await desk.anonymous().get('/healthz')).status).toBe(200);
  });
});
