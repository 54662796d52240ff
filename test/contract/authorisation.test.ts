import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { GraphQLObjectType } from 'graphql';
import { KeyScope, Role } from '../../src/platform/auth/viewer.js';
import { Client } from '../support/client.js';
import { useDesk } from '../support/desk.js';
import { at, hire } from '../support/office.js';
import { inputFor, SELVES, tryMutation } from './authorisation/mutations.js';
import { aboutTickets, askRoot, type RootAnswer } from './authorisation/queries.js';
import { leaked } from './authorisation/secrets.js';
import { objectTypes } from './authorisation/selection.js';
import { aboutTicket, follow } from './authorisation/subscriptions.js';
import { type RootRule, readTable } from './authorisation/table.js';
import { Judge } from './authorisation/verdict.js';
import { askFor, explore, type Known } from './authorisation/world.js';
import { act } from './stage/actor.js';
import { CAST, clientOf, PLACES, type Place, VIEWERS, type ViewerName } from './stage/people.js';
import { handOver, type Stage, setStage } from './stage/stage.js';

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

const fieldsOf = (root: 'Query' | 'Mutation' | 'Subscription') =>
  Object.values((stage.schema.getType(root) as GraphQLObjectType).getFields());
const judge = (viewer: ViewerName, place: Place | null, refusals: ReadonlyMap<string, string> = new Map()) =>
  new Judge(stage, table, known, viewer, refusals, place ?? 'anywhere');
const verdict = (of: Judge) => {
  for (const field of of.shown) shown.add(field);
  return of.faults;
};

/** Somebody is at each ticket, for as long as a test takes. */
async function bePresent(): Promise<void> {
  for (const place of PLACES)
    await act(stage.schema, await desk.as(CAST[place].worker), 'setPresence', {
      ticketId: stage.tickets[place],
      state: 'VIEWING',
    });
  const type = stage.schema.getType('Ticket') as GraphQLObjectType;
  const ids = PLACES.map((place) => stage.tickets[place]);
  const { things } = await askFor(stage, await desk.as(Role.MANAGER), type, ids);
  for (const thing of things) (known.get(thing.id) as Known).truth = thing;
}

test('every field of every type has a rule, and every rule a field', () => {
  const roots = ['Query', 'Mutation', 'Subscription'];
  const fields = objectTypes(stage.schema)
    .filter(({ name }) => !roots.includes(name))
    .flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`));
  const ruled = [...table.types].flatMap(([type, { fields }]) =>
    [...fields.keys()].map((field) => `${type}.${field}`),
  );
  expect(ruled.sort()).toEqual(fields.sort());
});

test.each([
  ['Query', table.queries],
  ['Mutation', table.mutations],
  ['Subscription', table.subscriptions],
] as const)('every field of %s has a rule, and every rule a field', (root, rules) => {
  expect([...rules.keys()].sort()).toEqual(
    fieldsOf(root)
      .map(({ name }) => name)
      .sort(),
  );
});

/** What the table says otherwise, as it would have to be written. */
type Cells = Record<string, string>;
const expected = (
  rules: ReadonlyMap<string, RootRule>,
  viewer: ViewerName,
  asked: Iterable<[string, readonly Place[]]>,
) =>
  Object.fromEntries(
    [...asked].map(([name, places]) => [
      name,
      places.map((place) => rules.get(name)?.(viewer, place)).join(''),
    ]),
  );

function letterOf({ value, refusals }: RootAnswer): string {
  const code = refusals.get('');
  if (code) return { UNAUTHENTICATED: 'U', FORBIDDEN: 'F', NOT_FOUND: 'N' }[code] ?? code;
  return value === null || (Array.isArray(value) && value.length > 0 && value.every((each) => each === null))
    ? '0'
    : 'V';
}

/** Lists of all there is of a type, as far as the viewer may see it. */
const WHOLE: Record<string, string> = {
  agents: 'Agent',
  apiKeys: 'ApiKey',
  auditEntries: 'AuditEntry',
  calendars: 'Calendar',
  categories: 'Category',
  customers: 'Customer',
  feedback: 'Feedback',
  organizations: 'Organization',
  processes: 'Process',
  products: 'Product',
  teams: 'Team',
  tickets: 'Ticket',
};

describe.each(VIEWERS)('%s', (viewer) => {
  test('sees of everything with an id what the table says, field by field', async () => {
    await bePresent();
    const client = await clientOf(desk, viewer);
    const types = new Map<GraphQLObjectType, string[]>();
    for (const [id, { type }] of known) types.set(type, [...(types.get(type) ?? []), id]);
    const faults: string[] = [];
    for (const [type, ids] of types) {
      const { things, refusals } = await askFor(stage, client, type, ids);
      for (const [index, id] of ids.entries()) {
        const it = known.get(id) as Known;
        const of = judge(viewer, it.place, refusals);
        const seen = things[index] ?? null;
        if (of.maySee(id) !== (seen !== null))
          faults.push(`${viewer}, ${it.place}: ${type.name} ${id} is ${seen ? '' : 'not '}seen`);
        else if (seen) of.object(type, it.truth, seen, String(index));
        faults.push(...verdict(of));
      }
      faults.push(...leaked(JSON.stringify(things), viewer).map((secret) => `${type.name}: ${secret}`));
    }
    expect(faults).toEqual([]);
  });

  test('gets by every query what the table says, and nothing beyond it', async () => {
    const client = await clientOf(desk, viewer);
    const cells: Cells = {};
    const faults: string[] = [];
    const asked: [string, readonly Place[]][] = [];
    for (const field of fieldsOf('Query')) {
      const places = aboutTickets(field.name) ? PLACES : PLACES.slice(0, 1);
      asked.push([field.name, places]);
      cells[field.name] = '';
      for (const place of places) {
        const answer = await askRoot(stage, client, field, place, known);
        const letter = letterOf(answer);
        cells[field.name] += letter;
        faults.push(...leaked(answer.raw, viewer).map((secret) => `${field.name}: ${secret}`));
        if (letter !== 'V') continue;
        const of = judge(viewer, place, answer.refusals);
        of.answer(stage.schema.getQueryType() as GraphQLObjectType, field, answer.value);
        faults.push(...verdict(of));
        const whole = WHOLE[field.name];
        if (whole === undefined) continue;
        const all = [...known]
          .filter(([id, { type }]) => type.name === whole && of.maySee(id))
          .map(([id]) => id);
        expect([field.name, answer.value.nodes.map(({ id }: { id: string }) => id).sort()]).toEqual([
          field.name,
          all.sort(),
        ]);
      }
    }
    expect(faults).toEqual([]);
    expect(cells).toEqual(expected(table.queries, viewer, asked));
  });

  test('hears by every subscription what the table says, and nothing beyond it', async () => {
    const client = await clientOf(desk, viewer);
    const subscription = stage.schema.getSubscriptionType() as GraphQLObjectType;
    const asked = fieldsOf('Subscription').map(
      (field) => [field, aboutTicket(field.name) ? PLACES : PLACES.slice(0, 1)] as const,
    );
    const cells: Cells = {};
    const faults: string[] = [];
    await Promise.all(
      asked.map(async ([field, places]) => {
        const heard = await Promise.all(places.map((place) => follow(stage, client, field, place)));
        cells[field.name] = heard.map(({ letter }) => letter).join('');
        for (const [index, { values }] of heard.entries())
          for (const value of values) {
            const of = judge(viewer, places[index] ?? null);
            of.answer(subscription, field, value);
            faults.push(...verdict(of));
            faults.push(...leaked(JSON.stringify(value), viewer).map((secret) => `${field.name}: ${secret}`));
          }
      }),
    );
    expect(faults).toEqual([]);
    expect(cells).toEqual(
      expected(
        table.subscriptions,
        viewer,
        asked.map(([{ name }, places]) => [name, places]),
      ),
    );
  });
});

/** Fields that nobody was shown a value of: what is said when a subscription ends or a migration can't be. */
const NOT_PLAYED = [
  'AccessEnded.hint',
  'PlannedStep.reason',
  'ResyncRequired.hint',
  'RunMigrationPlan.obstacle',
  // By a token of their own.
  'Viewer.scopes',
];

test('no field goes unseen', () => {
  const all = [...table.types]
    .filter(([, { seenBy }]) => seenBy !== 'an answer')
    .flatMap(([type, { fields }]) => [...fields.keys()].map((field) => `${type}.${field}`));
  expect(all.filter((field) => !shown.has(field)).sort()).toEqual(NOT_PLAYED);
});

test('every mutation is refused to whom the table says, and to nobody else', async () => {
  const cells: Record<string, Cells> = {};
  const ruled: Record<string, Cells> = {};
  const faults: string[] = [];
  const clients = new Map(
    await Promise.all(VIEWERS.map(async (viewer) => [viewer, await clientOf(desk, viewer)] as const)),
  );
  for (const field of fieldsOf('Mutation').sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const got: Cells = {};
    for (const [viewer, client] of clients) {
      await handOver(desk, stage.tickets.OWN, stage.people[at(SELVES[viewer] ?? 'agent')]);
      got[viewer] = '';
      for (const place of PLACES) {
        // Who is nobody is refused before anything is looked at.
        if (got[viewer]?.startsWith('U')) {
          got[viewer] += 'U';
          continue;
        }
        const input = inputFor(field.name, stage, known, viewer, place);
        const { letter, answer } = await tryMutation(stage, client, field, input);
        got[viewer] += letter;
        const { userErrors: _, ...parts } = answer.payload ?? {};
        if (letter !== '+' && Object.values(parts).some((part) => part !== null))
          faults.push(`${viewer}, ${place}: ${field.name} was refused, and gave ${JSON.stringify(parts)}`);
        faults.push(...leaked(JSON.stringify(answer), viewer).map((secret) => `${field.name}: ${secret}`));
      }
    }
    cells[field.name] = got;
    ruled[field.name] = Object.fromEntries(
      VIEWERS.map((viewer) => [
        viewer,
        PLACES.map((place) => table.mutations.get(field.name)?.(viewer, place)).join(''),
      ]),
    );
  }
  expect(faults).toEqual([]);
  expect(cells).toEqual(ruled);
});

test('an API key goes as far as its scopes and no further, whoever its owner is', async () => {
  await hire(desk, ['all'], [Role.AGENT, Role.TEAM_LEAD, Role.QA_MANAGER, Role.MANAGER, Role.ADMIN]);
  const owner = await desk.as(at('all'));
  for (const scope of Object.values(KeyScope)) {
    const made = await act(stage.schema, owner, 'createApiKey', { name: scope, scopes: [scope] }, 'secret');
    const client = new Client(() => desk.app.url, made.secret);
    const takes = new Set<string>();
    const look = (name: string, answer: string) => {
      if (/takes an API key with the scope (\w+)/.exec(answer)?.[1] === undefined) takes.add(name);
    };
    for (const field of fieldsOf('Query'))
      look(field.name, (await askRoot(stage, client, field, 'OWN', known)).raw);
    for (const field of fieldsOf('Mutation')) {
      const input = inputFor(field.name, stage, known, Role.AGENT, 'OWN');
      look(field.name, JSON.stringify((await tryMutation(stage, client, field, input)).answer));
    }
    const open = [...table.scopes]
      .filter(([, needed]) => needed === scope || needed === 'any')
      .map(([name]) => name);
    // Who they are is told to every key.
    const reading = scope === KeyScope.READ ? table.queries.keys() : ['viewer'];
    expect([...takes].sort()).toEqual([...open, ...reading].sort());
    const streams = await Promise.all(
      fieldsOf('Subscription').map((field) =>
        follow(stage, client, field, 'OWN').then(({ letter }) => letter),
      ),
    );
    expect(new Set(streams)).toEqual(new Set([scope === KeyScope.READ ? 'V' : 'F']));
    await client.close();
  }
});
