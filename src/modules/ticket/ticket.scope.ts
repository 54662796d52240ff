import { type RawBuilder, sql } from 'kysely';
import { type Context, inOrder, type Loader } from '../../platform/context.js';
import { sqlOf } from '../../platform/database/database.js';
import { rowsOf } from '../../platform/database/rows.js';
import { registerNode } from '../../platform/graphql/node.js';
import { Ticket } from './ticket.entity.js';
import { inScope, scopeOf, type TicketScope } from './ticket.policy.js';

/**
 * The scope as SQL on a table that has the columns customer_id, organization_id and team_id.
 * @param alias of the ticket table in the query
 */
export function scopeSql(scope: TicketScope, alias: string): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(`${alias}.${name}`);
  switch (scope.kind) {
    case 'NONE':
      return sql<boolean>`false`;
    case 'ALL':
      return sql<boolean>`true`;
    case 'ALL_BUT':
      return sql<boolean>`(${column('team_id')} is null or ${column('team_id')} not in (${sql.join(scope.teamIds)}))`;
    case 'CUSTOMER':
      return scope.organizationId === null
        ? sql<boolean>`${column('customer_id')} = ${scope.customerId}`
        : sql<boolean>`(${column('customer_id')} = ${scope.customerId} or ${column('organization_id')} = ${scope.organizationId})`;
  }
}

/** The tickets that the viewer may see, as a query on `ticket as t` that is not yet selected from. */
export function visibleTickets(ctx: Context) {
  return sqlOf(ctx.em)
    .selectFrom('ticket as t')
    .where(scopeSql(scopeOf(ctx.viewer), 't'));
}

/** A ticket's row, whoever asks. For `ticketById` alone, which looks at the scope. */
const ticketRow: Loader<string, Ticket> = {
  alike: () => '',
  load: async (ctx, ids) => {
    const reader = rowsOf(ctx.em, Ticket);
    const query = sqlOf(ctx.em).selectFrom('ticket as t').where('t.id', 'in', ids);
    return inOrder(ids, reader.read(await query.select(reader.select('t')).execute()), ({ id }) => id);
  },
};

/** A ticket by its id; null for what the viewer may not see. Everything of a ticket is reached through this. */
export const ticketById: Loader<string, Ticket> = {
  load: async (ctx, ids) => {
    const scope = scopeOf(ctx.viewer);
    const tickets = await Promise.all(ids.map((id) => ctx.load(ticketRow, id)));
    return tickets.map((ticket) => (ticket && inScope(scope, ticket) ? ticket : null));
  },
};
registerNode('ticket', 'Ticket', ticketById);
