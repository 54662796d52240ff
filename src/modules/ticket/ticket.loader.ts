import { type Context, grouped, inOrder, type Loader } from '../../platform/context.js';
import { sqlOf } from '../../platform/database/database.js';
import { rowsOf } from '../../platform/database/rows.js';
import { scopeOf } from './ticket.policy.js';
import { scopeSql } from './ticket.scope.js';

/**
 * How what hangs on a ticket is read: by its own id, or all of a ticket's. Both through the ticket's
 * scope, so that nothing of a ticket is seen by who may not see the ticket.
 * @param entity with the columns id and ticket_id
 * @param audience STAFF: customers find nothing; TICKET: whoever sees the ticket
 * @param order SQL column of the hanging table, in whose order lists come; the id follows
 */
export function hangingOn<Thing extends { id: string; ticketId: string }>(
  entity: new () => Thing,
  table: string,
  audience: 'STAFF' | 'TICKET',
  order: { column: string; direction: 'asc' | 'desc' } = { column: 'created_at', direction: 'asc' },
): { byId: Loader<string, Thing>; ofTicket: Loader<string, Thing[]> } {
  const read = async (
    ctx: Context,
    column: 'id' | 'ticket_id',
    keys: readonly string[],
  ): Promise<Thing[]> => {
    if (audience === 'STAFF' && ctx.viewer.kind !== 'STAFF' && ctx.viewer.kind !== 'SYSTEM') return [];
    const reader = rowsOf(ctx.em, entity);
    const rows = await sqlOf(ctx.em)
      .selectFrom(`${table} as x`)
      .innerJoin('ticket as t', 't.id', 'x.ticket_id')
      .where(`x.${column}`, 'in', keys)
      .where(scopeSql(scopeOf(ctx.viewer), 't'))
      .orderBy(`x.${order.column}`, order.direction)
      .orderBy('x.id', order.direction)
      .select(reader.select('x'))
      .execute();
    return reader.read(rows);
  };
  return {
    byId: { load: async (ctx, ids) => inOrder(ids, await read(ctx, 'id', ids), (thing) => thing.id) },
    ofTicket: {
      load: async (ctx, ids) => grouped(ids, await read(ctx, 'ticket_id', ids), (thing) => thing.ticketId),
    },
  };
}
