import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely';
import { ArgsType, type ClassType, Field, Int, ObjectType } from 'type-graphql';
import { DomainError, ErrorCode } from '../errors.js';
import { SortDirection } from './filters.js';

export const DEFAULT_PAGE = 25;
export const MOST_PER_PAGE = 100;

@ObjectType({ description: 'Where a page stands in its list (Relay cursor connections).' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether the list goes on after this page.' })
  hasNextPage: boolean;
  @Field(() => Boolean, { description: 'Whether something comes before this page.' })
  hasPreviousPage: boolean;
  @Field(() => String, { nullable: true, description: 'Cursor of the first edge, for `before`.' })
  startCursor: string | null;
  @Field(() => String, { nullable: true, description: 'Cursor of the last edge, for `after`.' })
  endCursor: string | null;
}

@ArgsType()
export class PageArgs {
  @Field(() => Int, {
    nullable: true,
    description: `How many from the start; ${DEFAULT_PAGE} unless told, ${MOST_PER_PAGE} at most.`,
  })
  first?: number;
  @Field(() => String, { nullable: true, description: 'Only what follows this cursor.' })
  after?: string;
  @Field(() => Int, { nullable: true, description: `How many from the end; ${MOST_PER_PAGE} at most.` })
  last?: number;
  @Field(() => String, { nullable: true, description: 'Only what precedes this cursor.' })
  before?: string;
}

export interface Edge<Node> {
  node: Node;
  cursor: string;
}

export interface Connection<Node> {
  edges: Edge<Node>[];
  nodes: Node[];
  pageInfo: PageInfo;
  totalCount: () => Promise<number>;
}

/** The connection type of a node type, with its edge: `TicketConnection`, `TicketEdge`. */
export function connectionOf<Node extends object>(
  node: ClassType<Node>,
  name: string,
): ClassType<Connection<Node>> {
  @ObjectType(`${name}Edge`, { description: `A ${name} in a list, with its cursor.` })
  class NodeEdge implements Edge<Node> {
    @Field(() => node, { description: `The ${name}.` })
    node: Node;
    @Field(() => String, { description: 'Where this edge stands in the list; opaque.' })
    cursor: string;
  }

  @ObjectType(`${name}Connection`, { description: `A page of a list of ${name} objects.` })
  class NodeConnection {
    @Field(() => [NodeEdge], { description: 'The page, with cursors.' })
    edges: NodeEdge[];
    @Field(() => [node], { description: 'The page, without cursors.' })
    nodes: Node[];
    @Field(() => PageInfo, { description: 'Where the page stands in the list.' })
    pageInfo: PageInfo;
    // `simple` leaves it to graphql-js, which calls the function.
    @Field(() => Int, {
      simple: true,
      description: 'How many there are in the whole list. Counted only when asked for.',
    })
    totalCount: number;
  }
  return NodeConnection as unknown as ClassType<Connection<Node>>;
}

/** One key of an order: a column that is never null, and the property under which rows have its value. */
export interface SortKey {
  column: string;
  property: string;
  direction: SortDirection;
  /** SQL type that a cursor's text is cast to. */
  type: 'text' | 'int' | 'timestamptz';
}

interface PageRequest {
  count: number;
  backwards: boolean;
  cursor: string | undefined;
}

/** @throws DomainError INVALID_INPUT for a page size out of range; never a silent clamp */
export function pageRequest(args: PageArgs): PageRequest {
  if (args.first != null && args.last != null)
    throw new DomainError(ErrorCode.INVALID_INPUT, 'Give first or last, not both.', ['first']);
  const backwards = args.last != null;
  const name = backwards ? 'last' : 'first';
  const count = args[name] ?? DEFAULT_PAGE;
  if (count < 0 || count > MOST_PER_PAGE)
    throw new DomainError(ErrorCode.INVALID_INPUT, `${name} must be from 0 to ${MOST_PER_PAGE}.`, [name]);
  return { count, backwards, cursor: (backwards ? args.before : args.after) ?? undefined };
}

/**
 * A page by keyset: the rows after a cursor in the order of `keys`, however deep, at the same cost.
 * @param query selects what the viewer may see, without order and limit
 * @param keys the order; the last one unique
 */
export async function page<Node extends object>(
  query: SelectQueryBuilder<any, any, any>,
  keys: SortKey[],
  args: PageArgs,
  select: (query: SelectQueryBuilder<any, any, any>) => Promise<Node[]>,
): Promise<Connection<Node>> {
  const { count, backwards, cursor } = pageRequest(args);
  const descending = (key: SortKey) => (key.direction === SortDirection.DESC) !== backwards;
  let paged = query;
  if (cursor !== undefined)
    paged = paged.where(beyond(keys, decode(cursor, keys, backwards ? 'before' : 'after'), descending));
  const opposite = backwards ? args.after : args.before;
  if (opposite != null)
    paged = paged.where(
      beyond(keys, decode(opposite, keys, backwards ? 'after' : 'before'), (key) => !descending(key)),
    );
  for (const key of keys) paged = paged.orderBy(sql.ref(key.column), descending(key) ? 'desc' : 'asc');
  const rows = await select(paged.limit(count + 1));
  const cut = rows.length > count;
  if (cut) rows.pop();
  if (backwards) rows.reverse();
  const edges = rows.map((node) => ({ node, cursor: encode(keys, node) }));
  return {
    edges,
    nodes: rows,
    pageInfo: {
      hasNextPage: backwards ? cursor !== undefined : cut,
      hasPreviousPage: backwards ? cut : cursor !== undefined,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: async () => {
      const counted = await query.select(sql<string>`count(*)`.as('count')).executeTakeFirst();
      return Number((counted as { count: string } | undefined)?.count ?? 0);
    },
  };
}

/** A page of a short list that is in memory already (the steps of a run, the teams of the desk). */
export function pageOfList<Node extends { id: string }>(all: Node[], args: PageArgs): Connection<Node> {
  const { count, backwards } = pageRequest(args);
  const key = (node: Node) => Buffer.from(node.id).toString('base64url');
  const placeOf = (name: 'after' | 'before') => {
    const place = all.findIndex((node) => key(node) === args[name]);
    if (place >= 0) return place;
    throw new DomainError(ErrorCode.INVALID_INPUT, 'This cursor is not of this list.', [name]);
  };
  const from = args.after == null ? 0 : placeOf('after') + 1;
  const to = Math.max(from, args.before == null ? all.length : placeOf('before'));
  const start = backwards ? Math.max(from, to - count) : from;
  const end = backwards ? to : Math.min(to, from + count);
  const nodes = all.slice(start, end);
  const edges = nodes.map((node) => ({ node, cursor: key(node) }));
  return {
    edges,
    nodes,
    pageInfo: {
      hasNextPage: end < all.length,
      hasPreviousPage: start > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: async () => all.length,
  };
}

/** Rows strictly beyond the values, in the order of the keys: a > x or (a = x and b > y) or … */
function beyond(
  keys: SortKey[],
  values: string[],
  descending: (key: SortKey) => boolean,
): RawBuilder<boolean> {
  const alternatives = keys.map((key, index) => {
    const equal = keys
      .slice(0, index)
      .map((other, i) => sql`${sql.ref(other.column)} = ${cast(values[i], other)}`);
    const past = sql`${sql.ref(key.column)} ${sql.raw(descending(key) ? '<' : '>')} ${cast(values[index], key)}`;
    return sql`(${sql.join([...equal, past], sql` and `)})`;
  });
  return sql<boolean>`(${sql.join(alternatives, sql` or `)})`;
}

const cast = (value: string | undefined, key: SortKey) => sql`${value}::${sql.raw(key.type)}`;

function encode(keys: SortKey[], row: object): string {
  const values = keys.map((key) => {
    const value = (row as Record<string, unknown>)[key.property];
    return value instanceof Date ? value.toISOString() : String(value);
  });
  return Buffer.from(
    JSON.stringify([keys.map((key) => key.column + key.direction).join(), ...values]),
  ).toString('base64url');
}

function decode(cursor: string, keys: SortKey[], argument: string): string[] {
  try {
    const [order, ...values] = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const sound =
      order === keys.map((key) => key.column + key.direction).join() &&
      values.length === keys.length &&
      values.every(
        (value: unknown, i: number) => typeof value === 'string' && readable(value, keys[i] as SortKey),
      );
    if (sound) return values;
  } catch {
    // Falls through to the refusal below: what is not JSON is no cursor of ours.
  }
  throw new DomainError(ErrorCode.INVALID_INPUT, 'This cursor is not of this list in this order.', [
    argument,
  ]);
}

function isMoment(text: string): boolean {
  const moment = new Date(text);
  return !Number.isNaN(moment.getTime()) && moment.toISOString() === text;
}

function readable(value: string, key: SortKey): boolean {
  if (key.type === 'int') return /^-?\d{1,9}$/.test(value);
  // As cursors write it, and a day that is in the calendar: PostgreSQL refuses others than JavaScript does.
  if (key.type === 'timestamptz') return /^\d{4}-/.test(value) && value > '0001' && isMoment(value);
  return value.length <= 300 && !value.includes('\0');
}
