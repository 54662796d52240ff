import { type GraphQLField, type GraphQLSchema, isRequiredArgument } from 'graphql';
import type { Client } from '../../support/client.js';
import type { Place } from '../stage/people.js';
import type { Stage } from '../stage/stage.js';
import { partsOf } from './selection.js';
import type { Known, Thing } from './world.js';

export interface RootAnswer {
  value: Thing;
  /** What it was refused with, by path from the field on; the field itself is ''. */
  refusals: Map<string, string>;
  /** The answer as it came. */
  raw: string;
}

/** The thing of a type that hangs on the ticket of a place and of which this holds. */
export function findOn(
  known: ReadonlyMap<string, Known>,
  place: Place,
  type: string,
  holds: (truth: Thing) => boolean = () => true,
): string {
  for (const [id, it] of known) if (it.place === place && it.type.name === type && holds(it.truth)) return id;
  throw new Error(`There is no such ${type} on the ticket ${place}`);
}

/** The run of the process `everything` of a ticket. */
export const mainRun = (known: ReadonlyMap<string, Known>, place: Place) =>
  findOn(known, place, 'Run', ({ processName }) => processName === 'everything');

/** A step of that run. */
export function stepOn(known: ReadonlyMap<string, Known>, place: Place, key: string): string {
  const run = mainRun(known, place);
  return findOn(known, place, 'Step', (step) => step.key === key && step.run.id === run);
}

/** What a query is asked with, where it takes more than a page: about the ticket of the place where it can be. */
const ARGUMENTS: Record<string, (stage: Stage, place: Place, known: ReadonlyMap<string, Known>) => object> = {
  node: ({ tickets }, place) => ({ id: tickets[place] }),
  nodes: ({ tickets }, place) => ({ ids: [tickets[place]] }),
  ticket: ({ tickets }, place) => ({ by: { id: tickets[place] } }),
  events: ({ tickets }, place) => ({ ticket: tickets[place], first: 100 }),
  process: () => ({ key: 'everything' }),
  diffProcessVersions: ({ versions: [from, to] }) => ({ from, to }),
  planRunMigration: ({ versions: [, to] }, place, known) => ({ run: mainRun(known, place), to }),
  previewMessage: (_, place, known) => ({ step: stepOn(known, place, 'make') }),
  ticketCounts: () => ({ by: 'STATUS' }),
};

/** Whether a query asks about a ticket, so that its answer depends on whose it is. */
export const aboutTickets = (field: string) =>
  ['node', 'nodes', 'ticket', 'events', 'planRunMigration', 'previewMessage'].includes(field);

/** Asks a root field for everything it gives. */
export async function askRoot(
  stage: Stage,
  client: Client,
  field: GraphQLField<unknown, unknown>,
  place: Place,
  known: ReadonlyMap<string, Known>,
): Promise<RootAnswer> {
  const given: Record<string, unknown> = { ...ARGUMENTS[field.name]?.(stage, place, known) };
  if (field.args.some(({ name }) => name === 'last')) given.first = 100;
  const missing = field.args.filter((arg) => isRequiredArgument(arg) && !(arg.name in given));
  if (missing.length > 0)
    throw new Error(`${field.name} takes arguments: say in ARGUMENTS what to ask it with`);
  const response = await client.post({
    query: operationOf(stage.schema, 'query', field, given),
    variables: given,
  });
  const raw = await response.text();
  const { data, errors } = JSON.parse(raw);
  return { value: data?.found, raw, refusals: refusalsOf(errors) };
}

/** An operation of one field with these arguments, which answers everything it gives as `found`. */
export function operationOf(
  schema: GraphQLSchema,
  kind: 'query' | 'subscription',
  field: GraphQLField<unknown, unknown>,
  given: object,
): string {
  const args = field.args.filter(({ name }) => name in given);
  const heads = args.length ? `(${args.map(({ name, type }) => `$${name}: ${type}`)})` : '';
  const passed = args.length ? `(${args.map(({ name }) => `${name}: $${name}`)})` : '';
  const parts = partsOf(schema, field.type);
  return `${kind} ${heads} { found: ${field.name}${passed}${parts} }`;
}

export function refusalsOf(errors: { path?: (string | number)[]; extensions: { code: string } }[] = []) {
  return new Map(errors.map(({ path, extensions }) => [path?.slice(1).join('.') ?? '', extensions.code]));
}
