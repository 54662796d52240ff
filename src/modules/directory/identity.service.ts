import { keyIdOf } from '../../platform/auth/api-key.js';
import { type Role, system, type Viewer } from '../../platform/auth/viewer.js';
import { Context } from '../../platform/context.js';
import type { Database } from '../../platform/database/database.js';
import { usableKeys } from './api-key.query.js';

/**
 * The people that tokens' subjects name, by e-mail address or id, or those of API keys by their owners; with
 * the rights they have now. Who is unknown or no longer active is missing.
 */
export async function findViewers(
  database: Database,
  subjects: readonly string[],
): Promise<Map<string, Viewer>> {
  const keyIds = subjects.flatMap((subject) => keyIdOf(subject) ?? []);
  const keys = keyIds.length > 0 ? await usableKeys(database, keyIds) : new Map<string, never>();
  const owners = [...keys.values()].map(({ agentId }) => agentId);
  const people = await findPeople(database, [
    ...subjects.filter((subject) => keyIdOf(subject) === null),
    ...owners,
  ]);
  const holder = (keyId: string): Viewer | undefined => {
    const key = keys.get(keyId);
    const person = key && people.get(key.agentId);
    return key && person?.kind === 'STAFF'
      ? { ...person, key: { id: keyId, scopes: key.scopes } }
      : undefined;
  };
  return new Map(
    subjects.flatMap((subject) => {
      const keyId = keyIdOf(subject);
      const viewer = keyId === null ? people.get(nameOf(subject)) : holder(keyId);
      return viewer ? [[subject, viewer] as const] : [];
    }),
  );
}

/** One of them; null for who is missing. */
export async function findViewer(database: Database, subject: string): Promise<Viewer | null> {
  return (await findViewers(database, [subject])).get(subject) ?? null;
}

/** Addresses are kept in lower case. */
function nameOf(subject: string): string {
  return subject.includes('@') ? subject.toLowerCase() : subject;
}

/** People by all of these names, and by id and address. */
async function findPeople(
  database: Database,
  subjects: readonly string[],
): Promise<Map<string, Viewer | null>> {
  const names = [...new Set(subjects.map(nameOf))];
  const found = new Map<string, Viewer | null>();
  if (names.length === 0) return found;
  const note: Note = ({ id, email }, viewer) => {
    for (const name of [id, email]) if (!found.has(name)) found.set(name, viewer);
  };
  await noteAgents(database, names, note);
  const others = names.filter((name) => !found.has(name));
  if (others.length > 0) await noteCustomers(database, others, note);
  return found;
}

type Note = (person: { id: string; email: string }, viewer: Viewer | null) => void;

async function noteAgents(database: Database, names: readonly string[], note: Note): Promise<void> {
  const db = database.sql;
  const agents = await db
    .selectFrom('agent')
    .select(['id', 'email', 'name', 'roles', 'active'])
    .where((where) => where.or([where('id', 'in', names), where('email', 'in', names)]))
    .execute();
  if (agents.length === 0) return;
  const teams = await db.selectFrom('team').select(['id', 'lead_id', 'restricted']).orderBy('id').execute();
  const memberships = await db
    .selectFrom('team_member')
    .select(['team_id', 'agent_id'])
    .where(
      'agent_id',
      'in',
      agents.map(({ id }) => id),
    )
    .execute();
  for (const agent of agents) {
    // Who has left is nobody, also where a customer of long ago has the same address.
    if (!agent.active) {
      note(agent as { id: string; email: string }, null);
      continue;
    }
    const own = new Set(
      memberships.filter(({ agent_id }) => agent_id === agent.id).map(({ team_id }) => team_id),
    );
    const of = (holds: (team: (typeof teams)[number]) => boolean) =>
      teams.filter(holds).map((team) => team.id as string);
    note(agent as { id: string; email: string }, {
      kind: 'STAFF',
      id: agent.id,
      name: agent.name,
      roles: agent.roles as Role[],
      teamIds: of((team) => own.has(team.id)),
      ledTeamIds: of((team) => team.lead_id === agent.id),
      barredTeamIds: of((team) => team.restricted && !own.has(team.id) && team.lead_id !== agent.id),
    });
  }
}

async function noteCustomers(database: Database, names: readonly string[], note: Note): Promise<void> {
  const customers = await database.sql
    .selectFrom('customer as c')
    .leftJoin('organization as o', 'o.id', 'c.organization_id')
    .select(['c.id', 'c.email', 'c.name', 'c.organization_id', 'o.shares_tickets'])
    .where((where) => where.or([where('c.id', 'in', names), where('c.email', 'in', names)]))
    .execute();
  for (const customer of customers)
    note(customer as { id: string; email: string }, {
      kind: 'CUSTOMER',
      id: customer.id,
      name: customer.name,
      sharedOrganizationId: customer.shares_tickets ? customer.organization_id : null,
    });
}

/** A context in which the desk itself acts: seeds, imports, timers. */
export function systemContext(desk: Context['desk']): Context {
  return new Context(desk, system);
}
