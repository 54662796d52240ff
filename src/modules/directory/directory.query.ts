import type { Context } from '../../platform/context.js';
import { sqlOf } from '../../platform/database/database.js';
import { rowsOf } from '../../platform/database/rows.js';
import { type Connection, type PageArgs, page } from '../../platform/graphql/connection.js';
import { SortDirection } from '../../platform/graphql/filters.js';
import { Agent } from './agent.entity.js';
import { Customer } from './customer.entity.js';
import { visibleCustomers } from './directory.loader.js';
import { Organization } from './organization.entity.js';
import { Team } from './team.entity.js';

/** Every agent, by name. A desk has hundreds at most. */
export async function listAgents(ctx: Context): Promise<Agent[]> {
  const reader = rowsOf(ctx.em, Agent);
  return reader.read(
    await sqlOf(ctx.em)
      .selectFrom('agent as a')
      .orderBy('a.name')
      .orderBy('a.id')
      .select(reader.select('a'))
      .execute(),
  );
}

/** Every team, by name. */
export async function listTeams(ctx: Context): Promise<Team[]> {
  const reader = rowsOf(ctx.em, Team);
  return reader.read(
    await sqlOf(ctx.em).selectFrom('team as t').orderBy('t.name').select(reader.select('t')).execute(),
  );
}

/** A page of the organizations, by name. */
export function listOrganizations(ctx: Context, args: PageArgs): Promise<Connection<Organization>> {
  const reader = rowsOf(ctx.em, Organization);
  return page(
    sqlOf(ctx.em).selectFrom('organization as o'),
    [{ column: 'o.name', property: 'name', direction: SortDirection.ASC, type: 'text' }],
    args,
    async (selected) => reader.read(await selected.select(reader.select('o')).execute()),
  );
}

/** A page of the customers that the viewer may see, by address. */
export function listCustomers(
  ctx: Context,
  email: string | null,
  args: PageArgs,
): Promise<Connection<Customer>> {
  const reader = rowsOf(ctx.em, Customer);
  const query = visibleCustomers(ctx);
  return page(
    email === null ? query : query.where('c.email', '=', email.toLowerCase()),
    [{ column: 'c.email', property: 'email', direction: SortDirection.ASC, type: 'text' }],
    args,
    async (selected) => reader.read(await selected.select(reader.select('c')).execute()),
  );
}
