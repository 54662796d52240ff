import type { GraphQLObjectType } from 'graphql';
import { Role } from '../../../src/platform/auth/viewer.js';
import type { Client } from '../../support/client.js';
import type { TestDesk } from '../../support/desk.js';
import { CAST, PLACES, type Place } from '../stage/people.js';
import type { Stage } from '../stage/stage.js';
import { everythingOf } from './selection.js';

// biome-ignore lint/suspicious/noExplicitAny: an object of whichever type.
export type Thing = any;

/** Something with an id: what it is, on whose ticket it hangs if it does, and all of it, as who may see most. */
export interface Known {
  type: GraphQLObjectType;
  place: Place | null;
  truth: Thing;
}

/** What came of asking for several things: the things, and what their fields were refused with, by path. */
export interface Answer {
  things: Thing[];
  refusals: Map<string, string>;
}

const MOST_IDS = 50;

/** Asks for all of these things of one type. */
export async function askFor(
  stage: Stage,
  client: Client,
  type: GraphQLObjectType,
  ids: readonly string[],
): Promise<Answer> {
  const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on ${type.name} { ${everythingOf(stage.schema, type)} } } }`;
  const answer: Answer = { things: [], refusals: new Map() };
  for (let from = 0; from < ids.length; from += MOST_IDS) {
    const { data, errors } = await client.send<{ nodes: Thing[] }, unknown>(query, {
      ids: ids.slice(from, from + MOST_IDS),
    });
    answer.things.push(...(data?.nodes ?? []));
    for (const { path, extensions } of errors ?? []) {
      const [, index, ...rest] = path ?? [];
      answer.refusals.set([Number(index) + from, ...rest].join('.'), String(extensions?.code));
    }
  }
  return answer;
}

/** Every id in an answer, with what it is of. */
function idsIn(value: Thing, found: Map<string, string> = new Map()): Map<string, string> {
  if (Array.isArray(value)) for (const each of value) idsIn(each, found);
  else if (typeof value === 'object' && value !== null) {
    if (typeof value.__typename === 'string' && typeof value.id === 'string')
      found.set(value.id, value.__typename);
    for (const each of Object.values(value)) idsIn(each, found);
  }
  return found;
}

/** The roots from which what hangs on no ticket is found. */
const ROOTS = [
  'agents',
  'teams',
  'customers',
  'organizations',
  'calendars',
  'products',
  'categories',
  'processes',
  'apiKeys',
  'feedback',
  'myFeedback',
  'auditEntries',
];

/** Things that are to be asked for: of which type they are, and on whose ticket they were met. */
type Ahead = Map<string, { typeName: string; place: Place | null }>;

/** Everything with an id that can be reached from the tickets of the stage and from the lists, whoever may. */
export async function explore(desk: TestDesk, stage: Stage): Promise<Map<string, Known>> {
  const seers = await Promise.all(
    [Role.MANAGER, Role.ADMIN, ...PLACES.map((place) => CAST[place].worker)].map((who) => desk.as(who)),
  );
  const known = new Map<string, Known>();
  let ahead = await beginnings(stage, seers);
  while (ahead.size > 0) {
    const next: Ahead = new Map();
    for (const [typeName, ids] of byType(ahead)) {
      const type = stage.schema.getType(typeName) as GraphQLObjectType;
      for (const id of ids) known.set(id, { type, place: ahead.get(id)?.place ?? null, truth: null });
      await lookAt(stage, seers, type, ids, known);
      for (const id of ids)
        for (const [child, childType] of idsIn(known.get(id)?.truth))
          next.set(child, { typeName: childType, place: known.get(id)?.place ?? null });
    }
    for (const id of known.keys()) next.delete(id);
    ahead = next;
  }
  return known;
}

/** The tickets, and what the lists have. */
async function beginnings(stage: Stage, seers: readonly Client[]): Promise<Ahead> {
  const ahead: Ahead = new Map();
  for (const seer of seers)
    for (const root of ROOTS) {
      const { data } = await seer.send<Thing, unknown>(`{ ${root}(first: 100) { nodes { __typename id } } }`);
      for (const [id, typeName] of idsIn(data)) ahead.set(id, { typeName, place: null });
    }
  for (const place of PLACES) ahead.set(stage.tickets[place], { typeName: 'Ticket', place });
  return ahead;
}

/** Asks one after the other for what nobody before could see. */
async function lookAt(
  stage: Stage,
  seers: readonly Client[],
  type: GraphQLObjectType,
  ids: readonly string[],
  known: ReadonlyMap<string, Known>,
): Promise<void> {
  for (const seer of seers) {
    const unseen = ids.filter((id) => !known.get(id)?.truth);
    for (const thing of (await askFor(stage, seer, type, unseen)).things) {
      const it = known.get(thing?.id);
      if (!it) continue;
      it.truth = thing;
      if (type.name === 'ApiKey' || type.name === 'Feedback') it.place = placeOfOwner(stage, thing.agent?.id);
    }
  }
}

/** Whose agent it is that somebody's own things are of. */
function placeOfOwner(stage: Stage, agentId: string): Place | null {
  return PLACES.find((place) => stage.people[CAST[place].worker] === agentId) ?? null;
}

function byType(ahead: Map<string, { typeName: string }>): Map<string, string[]> {
  const ids = new Map<string, string[]>();
  for (const [id, { typeName }] of ahead) ids.set(typeName, [...(ids.get(typeName) ?? []), id]);
  return ids;
}
