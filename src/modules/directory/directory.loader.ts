import { type Context, grouped, inOrder, type Loader } from '../../platform/context.js';
import { sqlOf } from '../../platform/database/database.js';
import { rowsOf } from '../../platform/database/rows.js';
import { registerNode } from '../../platform/graphql/node.js';
import { Agent } from './agent.entity.js';
import { Customer } from './customer.entity.js';
import { Organization } from './organization.entity.js';
import { Team } from './team.entity.js';

/** Customers: staff see all of them, a customer itself and those of an organization that shares tickets. */
export const customerById: Loader<string, Customer> = {
  // Staff see all; customers one another by who they are.
  alike: (viewer) => (viewer.kind === 'STAFF' ? viewer.kind : JSON.stringify(viewer)),
  load: async (ctx, ids) => {
    const reader = rowsOf(ctx.em, Customer);
    const rows = await visibleCustomers(ctx).where('c.id', 'in', ids).select(reader.select('c')).execute();
    return inOrder(ids, reader.read(rows), (customer) => customer.id);
  },
};

/** The customers that the viewer may see, as a query on `customer as c`. */
export function visibleCustomers(ctx: Context) {
  const query = sqlOf(ctx.em).selectFrom('customer as c');
  const { viewer } = ctx;
  if (viewer.kind === 'STAFF' || viewer.kind === 'SYSTEM') return query;
  if (viewer.kind === 'ANONYMOUS') return query.where('c.id', 'is', null);
  const shared = viewer.sharedOrganizationId;
  return query.where((eb) =>
    shared === null
      ? eb('c.id', '=', viewer.id)
      : eb.or([eb('c.id', '=', viewer.id), eb('c.organization_id', '=', shared)]),
  );
}

export const organizationById: Loader<string, Organization> = {
  alike: ({ kind }) => kind,
  load: async (ctx, ids) => {
    const { viewer } = ctx;
    if (viewer.kind !== 'STAFF' && viewer.kind !== 'SYSTEM') return ids.map(() => null);
    const reader = rowsOf(ctx.em, Organization);
    const rows = await sqlOf(ctx.em)
      .selectFrom('organization as o')
      .where('o.id', 'in', ids)
      .select(reader.select('o'))
      .execute();
    return inOrder(ids, reader.read(rows), (organization) => organization.id);
  },
};

/** Agents by id. A customer meets them by name, as assignees and authors. */
export const agentById: Loader<string, Agent> = {
  alike: ({ kind }) => kind,
  load: async (ctx, ids) => {
    if (ctx.viewer.kind === 'ANONYMOUS') return ids.map(() => null);
    const reader = rowsOf(ctx.em, Agent);
    const rows = await sqlOf(ctx.em)
      .selectFrom('agent as a')
      .where('a.id', 'in', ids)
      .select(reader.select('a'))
      .execute();
    return inOrder(ids, reader.read(rows), (agent) => agent.id);
  },
};

export const teamById: Loader<string, Team> = {
  alike: ({ kind }) => kind,
  load: async (ctx, ids) => {
    if (ctx.viewer.kind !== 'STAFF' && ctx.viewer.kind !== 'SYSTEM') return ids.map(() => null);
    const reader = rowsOf(ctx.em, Team);
    const rows = await sqlOf(ctx.em)
      .selectFrom('team as t')
      .where('t.id', 'in', ids)
      .select(reader.select('t'))
      .execute();
    return inOrder(ids, reader.read(rows), (team) => team.id);
  },
};

/** The members of a team, by name. */
export const membersOfTeam: Loader<string, Agent[]> = {
  load: async (ctx, teamIds) => {
    const reader = rowsOf(ctx.em, Agent);
    const rows = await sqlOf(ctx.em)
      .selectFrom('team_member as m')
      .innerJoin('agent as a', 'a.id', 'm.agent_id')
      .where('m.team_id', 'in', teamIds)
      .orderBy('a.name')
      .orderBy('a.id')
      .select([...reader.select('a'), 'm.team_id as memberOf'])
      .execute();
    return grouped(teamIds, reader.read(rows) as (Agent & { memberOf: string })[], (row) => row.memberOf);
  },
};

registerNode('customer', 'Customer', customerById);
registerNode('org', 'Organization', organizationById);
registerNode('agent', 'Agent', agentById);
registerNode('team', 'Team', teamById);
