import type { GraphQLObjectType } from 'graphql';
import type { Client } from '../../support/client.js';
import { askRoot } from '../authorisation/queries.js';
import { aboutTicket, follow } from '../authorisation/subscriptions.js';
import { mayRead, type Table } from '../authorisation/table.js';
import { askFor, type Known, type Thing } from '../authorisation/world.js';
import { PLACES, type ViewerName } from '../stage/people.js';
import type { Stage } from '../stage/stage.js';

/** What is another each time that it is asked for, whatever there is: times, places in the log, links. */
const PASSING = ['countedAt', 'seconds', 'download', 'lastUsedAt'];
const PLACE_IN_LOG = /^[\w-]{32}$/;
const LINK = /https?:[^\s"<]+/g;

/** What somebody was told, as text, without what passes. */
export const lasting = (told: Thing) =>
  JSON.stringify(told, (key, value) => {
    if (PASSING.includes(key) || (key === 'cursor' && PLACE_IN_LOG.test(value))) return 0;
    return typeof value === 'string' ? value.replace(LINK, 'link') : value;
  });

/** Everything that somebody gets by every query, and of every thing. @returns by what it is */
export async function everythingFor(
  stage: Stage,
  client: Client,
  known: ReadonlyMap<string, Known>,
): Promise<Map<string, Thing>> {
  const found = new Map<string, Thing>();
  const { schema } = stage;
  for (const field of Object.values((schema.getQueryType() as GraphQLObjectType).getFields()))
    for (const place of PLACES) {
      const { raw } = await askRoot(stage, client, field, place, known);
      const { data, errors } = JSON.parse(raw);
      if (field.name !== 'eventCursor') found.set(`${field.name} ${place}`, { data, errors });
    }
  const types = Map.groupBy(known, ([, { type }]) => type);
  for (const [type, things] of types) {
    const ids = things.map(([id]) => id);
    const answer = await askFor(stage, client, type, ids);
    for (const [index, id] of ids.entries()) found.set(`${type.name} ${id}`, answer.things[index] ?? null);
  }
  return found;
}

/** Everything that every subscription tells somebody, from before there was anything until now. @returns by what it is */
export async function everythingToldTo(stage: Stage, client: Client): Promise<Map<string, Thing>> {
  const fields = Object.values((stage.schema.getSubscriptionType() as GraphQLObjectType).getFields());
  const told = fields.flatMap((field) =>
    (aboutTicket(field.name) ? PLACES : PLACES.slice(0, 1)).map(async (place): Promise<[string, Thing]> => {
      const { letter, values } = await follow(stage, client, field, place);
      // Where the log is read, the last word is that it was read up to now.
      const log = field.args.some(({ name }) => name === 'after');
      return [`${field.name} ${place}`, { letter, values: log ? values.slice(0, -1) : values }];
    }),
  );
  return new Map(await Promise.all(told));
}

/** What the cursors in an answer say of things that the viewer may not read there. */
export function hiddenInCursors(
  answer: Thing,
  known: ReadonlyMap<string, Known>,
  table: Table,
  viewer: ViewerName,
): string[] {
  if (typeof answer !== 'object' || answer === null) return [];
  const { cursor, node } = answer;
  const inner = Object.values(answer).flatMap((part) => hiddenInCursors(part, known, table, viewer));
  if (typeof cursor !== 'string' || node === undefined) return inner;
  const id = node.id ?? node.step?.id;
  const readable = valuesOpenTo(known.get(id), table, viewer);
  const told = valuesIn(cursor).filter((value) => !readable.has(value) && !NO_ONES.includes(value));
  return [...inner, ...told.map((value) => `The cursor of ${id} says ${value}`)];
}

/** What stands in cursors for a value that a thing has not. */
const NO_ONES = ['9999-12-31T00:00:00.000Z', 'null'];
/** What stands in cursors for words. */
const RANK_OF: Record<string, string> = { LOW: '0', MEDIUM: '1', HIGH: '2', CRITICAL: '3' };

function valuesIn(cursor: string): string[] {
  const text = Buffer.from(cursor, 'base64url').toString();
  return text.startsWith('[') ? JSON.parse(text).slice(1) : [text];
}

function valuesOpenTo(it: Known | undefined, table: Table, viewer: ViewerName): Set<string> {
  const open = Object.entries(it?.truth ?? {}).filter(([field]) =>
    mayRead(table, viewer, it?.type.name ?? '', field),
  );
  return new Set(open.flatMap(([, value]) => [String(value), RANK_OF[String(value)] ?? '']));
}
