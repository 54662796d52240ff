import { type Role, system, type Viewer } from '../../platform/auth/viewer.js';
import { Context } from '../../platform/context.js';
import { type Database, sqlOf } from '../../platform/database/database.js';

/**
 * The person that a token's subject names, by e-mail address or id, with the rights they have now.
 * @returns null for somebody unknown or no longer active
 */
export async function findViewer(database: Database, subject: string): Promise<Viewer | null> {
  const db = sqlOf(database.fork());
  const column = subject.includes('@') ? 'email' : 'id';
  const value = subject.includes('@') ? subject.toLowerCase() : subject;
  const agent = await db
    .selectFrom('agent')
    .selectAll()
    .where(column, '=', value)
    .where('active', '=', true)
    .executeTakeFirst();
  if (agent) {
    const teams = await db
      .selectFrom('team as t')
      .leftJoin('team_member as m', (join) =>
        join.onRef('m.team_id', '=', 't.id').on('m.agent_id', '=', agent.id),
      )
      .select(['t.id', 't.lead_id', 't.restricted', 'm.agent_id as member'])
      .execute();
    const of = (wanted: (team: (typeof teams)[number]) => boolean) =>
      teams.filter(wanted).map((team) => team.id as string);
    return {
      kind: 'STAFF',
      id: agent.id,
      name: agent.name,
      roles: agent.roles as Role[],
      teamIds: of((team) => team.member !== null),
      ledTeamIds: of((team) => team.lead_id === agent.id),
      barredTeamIds: of((team) => team.restricted && team.member === null && team.lead_id !== agent.id),
    };
  }
  const customer = await db
    .selectFrom('customer as c')
    .leftJoin('organization as o', 'o.id', 'c.organization_id')
    .select(['c.id', 'c.name', 'c.organization_id', 'o.shares_tickets'])
    .where(`c.${column}`, '=', value)
    .executeTakeFirst();
  if (!customer) return null;
  return {
    kind: 'CUSTOMER',
    id: customer.id,
    name: customer.name,
    sharedOrganizationId: customer.shares_tickets ? customer.organization_id : null,
  };
}

/** A context in which the desk itself acts: seeds, imports, timers. */
export function systemContext(desk: Context['desk']): Context {
  return new Context(desk, system);
}
