import { sql } from 'kysely';
import { Role } from '../../../src/platform/auth/viewer.js';
import type { TestDesk } from '../../support/desk.js';
import { at } from '../../support/office.js';
import { act } from '../stage/actor.js';
import { CAST, marker, PLACES, type Place } from '../stage/people.js';
import type { Stage } from '../stage/stage.js';

/** What the three tickets differ in: by no attribute are two of them in the order of another. */
const APART: Record<Place, Record<string, string | number | null>> = {
  OWN: {
    status: 'OPEN',
    channel: 'EMAIL',
    impact: 'LOW',
    urgency: 'LOW',
    priority: 'HIGH',
    escalation_level: 1,
    created_at: '2026-01-03',
    updated_at: '2026-02-01',
    resolved_at: null,
    closed_at: null,
  },
  TEAM: {
    status: 'PENDING',
    channel: 'PHONE',
    impact: 'MEDIUM',
    urgency: 'MEDIUM',
    priority: 'LOW',
    escalation_level: 2,
    created_at: '2026-01-01',
    updated_at: '2026-02-03',
    resolved_at: '2026-01-20',
    closed_at: null,
  },
  OTHER: {
    status: 'ON_HOLD',
    channel: 'CHAT',
    impact: 'HIGH',
    urgency: 'HIGH',
    priority: 'CRITICAL',
    escalation_level: 3,
    created_at: '2026-01-02',
    updated_at: '2026-02-02',
    resolved_at: '2026-01-21',
    closed_at: '2026-01-22',
  },
};
const RATINGS: Record<Place, number> = { OWN: 5, TEAM: 4, OTHER: 1 };

/** Ids of what tickets are moved to when the world is changed. */
export interface Elsewhere {
  team: string;
  organization: string;
  customer: string;
  categories: string[];
}

const set = (desk: TestDesk, table: string, key: string, id: string | undefined, values: object) =>
  desk.app.desk.database.sql.updateTable(table).set(values).where(key, '=', id).execute();

/** Has the tickets of the stage differ in whatever they can be asked by, and all of them be late. */
export async function setApart(desk: TestDesk, { schema, tickets }: Stage): Promise<Elsewhere> {
  const admin = await desk.as(Role.ADMIN);
  const team = { name: 'Cellar', memberIds: [], restricted: true, skills: [] };
  const { team: cellar } = await act(schema, admin, 'createTeam', team, 'team { id }');
  const made = { name: 'Elsewhere', tier: 'STANDARD', sharesTickets: false };
  const { organization } = await act(schema, admin, 'createOrganization', made, 'organization { id }');
  const third = { email: at('third'), name: 'Third', organizationId: organization.id };
  const { customer } = await act(schema, admin, 'createCustomer', third, 'customer { id }');
  const db = desk.app.desk.database.sql;
  await sql`insert into product (id, name) values ('product_01kbbbbbbbbbbbbbbbbbbbbbbb', 'Lamp')`.execute(db);
  const named = async (table: string) =>
    (await db.selectFrom(table).select('id').orderBy('id').execute()).map(({ id }) => id as string);
  const [categories, products] = [await named('category'), await named('product')];
  for (const [index, place] of PLACES.entries()) {
    const of = { category_id: categories[index], product_id: [products[0], null, products[1]][index] };
    const late = { promised_resolution_at: '2026-01-10' };
    await set(desk, 'ticket', 'id', tickets[place], { ...APART[place], ...of, ...late });
    await set(desk, 'survey', 'ticket_id', tickets[place], { overall: RATINGS[place] });
  }
  return { team: cellar.id, organization: organization.id, customer: customer.id, categories };
}

/**
 * Changes whatever is hidden from all but those who see the ticket OTHER: it is another in everything, was
 * worked on, and there is one more like it.
 */
export async function changeOther(desk: TestDesk, stage: Stage, elsewhere: Elsewhere): Promise<void> {
  const { schema, tickets, people } = stage;
  const worker = await desk.as(CAST.OTHER.worker);
  const ticketId = tickets.OTHER;
  await act(schema, worker, 'setTicketPriority', { ticketId, priority: 'LOW', reason: 'Hidden' });
  await act(schema, worker, 'addNote', { ticketId, body: 'Hidden' });
  await act(schema, worker, 'replyToTicket', { ticketId, body: 'Hidden' });
  await set(desk, 'ticket', 'id', ticketId, {
    status: 'NEW',
    channel: 'SOCIAL_MEDIA',
    impact: 'LOW',
    urgency: 'MEDIUM',
    escalation_level: 0,
    created_at: '2026-01-05',
    updated_at: '2026-02-05',
    resolved_at: null,
    closed_at: null,
    number: 9_000,
    external_id: 'elsewhere',
    assignee_id: people[at('vault2')],
    team_id: elsewhere.team,
    customer_id: elsewhere.customer,
    organization_id: elsewhere.organization,
    category_id: elsewhere.categories[3],
    product_id: null,
    promised_resolution_at: null,
  });
  await set(desk, 'survey', 'ticket_id', ticketId, { overall: 3 });
  await copyTicket(desk, ticketId);
  await desk.caughtUp();
}

/** Makes one more ticket like another, of which nothing is told. */
async function copyTicket(desk: TestDesk, ticketId: string): Promise<void> {
  const db = desk.app.desk.database.sql;
  const { rows } = await sql<{ name: string }>`select column_name as name from information_schema.columns
    where table_name = 'ticket' and is_generated = 'NEVER'`.execute(db);
  const columns = (of: string) => sql.join(rows.map(({ name }) => sql.ref(of + name)));
  const others = JSON.stringify({ id: ticketId.replace(/.{4}$/, 'copy'), number: 9_001, external_id: null });
  await sql`insert into ticket (${columns('')}) select ${columns('made.')} from ticket t,
    jsonb_populate_record(null::ticket, to_jsonb(t) || ${others}::jsonb) as made where t.id = ${ticketId}`.execute(
    db,
  );
}

/** Changes of the tickets that customers see whatever is for staff alone. */
export async function changeInside(
  desk: TestDesk,
  { schema, tickets }: Stage,
  elsewhere: Elsewhere,
): Promise<void> {
  const manager = await desk.as(Role.MANAGER);
  const anew = {
    OWN: { priority: 'LOW', updated_at: '2026-03-09' },
    TEAM: { priority: 'CRITICAL', updated_at: '2026-03-08' },
  };
  for (const place of ['OWN', 'TEAM'] as const) {
    const { priority, updated_at } = anew[place];
    const ticketId = tickets[place];
    await act(schema, manager, 'setTicketPriority', { ticketId, priority, reason: 'Hidden' });
    await act(schema, manager, 'addNote', { ticketId, body: 'Hidden' });
    await set(desk, 'ticket', 'id', ticketId, {
      impact: 'HIGH',
      urgency: 'HIGH',
      escalation_level: 7,
      team_id: elsewhere.team,
      updated_at,
      external_id: `${marker(place, 'STAFF')}2`,
      reopen_count: 5,
    });
  }
  // Its customer sees it as its own, whatever its organization.
  await set(desk, 'ticket', 'id', tickets.OWN, { organization_id: elsewhere.organization });
  await desk.caughtUp();
}
