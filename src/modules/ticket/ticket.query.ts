import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../../platform/context.js';
import { rowsOf } from '../../platform/database/rows.js';
import { DomainError, ErrorCode } from '../../platform/errors.js';
import { type Connection, type PageArgs, page, type SortKey } from '../../platform/graphql/connection.js';
import { comparison, SortDirection } from '../../platform/graphql/filters.js';
import { Ticket } from './ticket.entity.js';
import { type TicketOrder, TicketOrderField } from './ticket.filter.js';
import {
  checkCriteria,
  comparisonsOf,
  isOpenToCustomers,
  type TicketCriteria,
} from './ticket.filter.rules.js';
import type { TicketBy } from './ticket.input.js';
import { ticketById, visibleTickets } from './ticket.scope.js';

const KEYS: Record<TicketOrderField, Omit<SortKey, 'direction'>> = {
  [TicketOrderField.CREATED_AT]: { column: 't.created_at', property: 'createdAt', type: 'timestamptz' },
  [TicketOrderField.UPDATED_AT]: { column: 't.updated_at', property: 'updatedAt', type: 'timestamptz' },
  [TicketOrderField.NUMBER]: { column: 't.number', property: 'number', type: 'int' },
  [TicketOrderField.PRIORITY]: { column: 't.priority_rank', property: 'priorityRank', type: 'int' },
};

/** By how many keys a list is sorted at most, besides the id. */
const MOST_KEYS = 4;

/** A page of the tickets that the viewer may see. Default order: the newest first. */
export async function listTickets(
  ctx: Context,
  where: TicketCriteria | null | undefined,
  orderBy: TicketOrder[] | null | undefined,
  args: PageArgs,
): Promise<Connection<Ticket>> {
  const order = orderBy?.length
    ? orderBy
    : [{ field: TicketOrderField.CREATED_AT, direction: SortDirection.DESC }];
  if (order.length > MOST_KEYS)
    throw new DomainError(ErrorCode.INVALID_INPUT, `A list is sorted by at most ${MOST_KEYS} keys.`, [
      'orderBy',
    ]);
  const hidden = order.find(({ field }) => !isOpenToCustomers(KEYS[field].property));
  if (ctx.viewer.kind === 'CUSTOMER' && hidden)
    throw new DomainError(ErrorCode.FORBIDDEN, `Sorting by ${hidden.field} is for staff only.`, ['orderBy']);
  const keys: SortKey[] = [
    ...order.map(({ field, direction }) => ({ ...KEYS[field], direction })),
    {
      column: 't.id',
      property: 'id',
      type: 'text',
      direction: order.at(-1)?.direction ?? SortDirection.DESC,
    },
  ];
  const reader = rowsOf(ctx.em, Ticket);
  return page(filteredTickets(ctx, where), keys, args, async (query) =>
    reader.read(await query.select([...reader.select('t'), 't.priority_rank as priorityRank']).execute()),
  );
}

/** The tickets that the viewer may see and the filter means. */
export function filteredTickets(ctx: Context, where: TicketCriteria | null | undefined) {
  const query = visibleTickets(ctx);
  if (!where) return query;
  checkCriteria(where, ctx.viewer.kind !== 'CUSTOMER');
  return query.where(criteriaSql(where));
}

function criteriaSql(criteria: TicketCriteria): RawBuilder<boolean> {
  const parts: RawBuilder<boolean>[] = comparisonsOf(criteria).map(([facet, filter]) =>
    comparison(`t.${facet.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`, filter as object),
  );
  const all = (inner: TicketCriteria[], by: RawBuilder<unknown>, none: string) =>
    inner.length ? sql<boolean>`(${sql.join(inner.map(criteriaSql), by)})` : sql<boolean>`${sql.raw(none)}`;
  if (criteria.and) parts.push(all(criteria.and, sql` and `, 'true'));
  if (criteria.or) parts.push(all(criteria.or, sql` or `, 'false'));
  // What compares to null is unknown in SQL; a filter means what it would mean for a value: not true.
  if (criteria.not) parts.push(sql<boolean>`(${criteriaSql(criteria.not)}) is not true`);
  return parts.length ? sql<boolean>`(${sql.join(parts, sql` and `)})` : sql<boolean>`true`;
}

/** What tickets can be counted by. */
export const COUNTED = {
  STATUS: 't.status',
  PRIORITY: 't.priority',
  CHANNEL: 't.channel',
  CATEGORY: 't.category_id',
  TEAM: 't.team_id',
  ASSIGNEE: 't.assignee_id',
} as const;

/** How many tickets there are of each kind, among those that the viewer may see. */
export async function countTickets(
  ctx: Context,
  by: keyof typeof COUNTED,
  where: TicketCriteria | null | undefined,
) {
  const column = sql.ref(COUNTED[by]);
  const rows = await filteredTickets(ctx, where)
    .select([sql<string | null>`${column}`.as('key'), sql<string>`count(*)`.as('count')])
    .groupBy(column)
    .orderBy(sql`count(*)`, 'desc')
    .orderBy(column)
    .execute();
  return rows.map((row) => ({ by, key: row.key as string | null, count: Number(row.count) }));
}

/**
 * A ticket by its id, number or external id; null for what the viewer may not see.
 * @throws DomainError INVALID_INPUT unless exactly one is given; FORBIDDEN for a customer's external id
 */
export async function findTicket(ctx: Context, by: TicketBy): Promise<Ticket | null> {
  const given = [by.id, by.number, by.externalId].filter((value) => value != null);
  if (given.length !== 1)
    throw new DomainError(ErrorCode.INVALID_INPUT, 'Give exactly one of id, number and externalId.', ['by']);
  if (by.id != null) return ctx.load(ticketById, by.id);
  if (by.externalId != null && ctx.viewer.kind === 'CUSTOMER')
    throw new DomainError(ErrorCode.FORBIDDEN, 'Finding by externalId is for staff only.', [
      'by',
      'externalId',
    ]);
  const query = visibleTickets(ctx).select('t.id');
  const found = await (by.number != null
    ? query.where('t.number', '=', by.number)
    : query.where('t.external_id', '=', by.externalId)
  ).executeTakeFirst();
  return found ? ctx.load(ticketById, found.id) : null;
}
