import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { GraphQLObjectType } from 'graphql';
import { useDesk } from '../support/desk.js';
import { objectTypes } from './authorisation/selection.js';
import { readTable } from './authorisation/table.js';
import { Judge } from './authorisation/verdict.js';
import { askFor, explore, type Known } from './authorisation/world.js';
import { clientOf, VIEWERS } from './stage/people.js';
import { setStage, type Stage } from './stage/stage.js';

const desk = useDesk({ QUERY_COST: '10000000', HEARTBEAT_SECONDS: '1' });
// Many requests: a limit for what hangs, not for how fast it is.
jest.setTimeout(180_000);
const table = readTable();
let stage: Stage;
let known: Map<string, Known>;
const shown = new Set<string>();
beforeAll(async () => {
  stage = await setStage(desk);
  known = await explore(desk, stage);
}, 120_000);

test('every field of every type has a rule, and every rule a field', () => {
  const roots = ['Query', 'Mutation', 'Subscription'];
  const fields = objectTypes(stage.schema)
    .filter(({ name }) => !roots.includes(name))
    .flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`));
  const ruled = [...table.types].flatMap(([type, { fields }]) => [...fields.keys()].map((field) => `${type}.${field}`));
  expect(ruled.sort()).toEqual(fields.sort());
});

describe.each(VIEWERS)('%s', (viewer) => {
  test('sees of everything with an id what the table says, field by field', async () => {
    const client = await clientOf(desk, viewer);
    const types = new Map<GraphQLObjectType, string[]>();
    for (const [id, { type }] of known) types.set(type, [...(types.get(type) ?? []), id]);
    const faults: string[] = [];
    for (const [type, ids] of types) {
      const { things, refusals } = await askFor(stage, client, type, ids);
      for (const [index, id] of ids.entries()) {
        const it = known.get(id) as Known;
        const judge = new Judge(stage, table, known, viewer, refusals, it.place ?? 'anywhere');
        const seen = things[index] ?? null;
        if (judge.maySee(id) !== (seen !== null)) faults.push(`${viewer}, ${it.place}: ${type.name} ${id} is ${seen ? '' : 'not '}seen`);
        else if (seen) judge.object(type, it.truth, seen, String(index));
        faults.push(...judge.faults);
        for (const field of judge.shown) shown.add(field);
      }
    }
    expect(faults).toEqual([]);
  });
});

test('no field goes unseen', () => {
  const all = [...table.types].flatMap(([type, { fields }]) => [...fields.keys()].map((field) => `${type}.${field}`));
  expect(all.filter((field) => !shown.has(field))).toEqual([]);
});
