import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { Role } from '../../../src/platform/auth/viewer.js';
import { sqlOf } from '../../../src/platform/database/database.js';
import { AssignTicketDocument, type Availability, SetAvailabilityDocument } from '../../generated/graphql.js';
import type { Client } from '../../support/client.js';
import { useDesk } from '../../support/desk.js';
import { assign, create, directory, look, refusals } from '../ticket/play.js';

const desk = useDesk();
let agent: Client;
let manager: Client;
let known: Awaited<ReturnType<typeof directory>>;
beforeAll(async () => {
  agent = await desk.as(Role.AGENT);
  manager = await desk.as(Role.MANAGER);
  known = await directory(agent);
});

const say = async (who: string, availability: Availability, capacity = 10) => {
  const input = { agentId: known.agents[who] as string, availability, capacity };
  expect(refusals((await manager.ask(SetAvailabilityDocument, { input })).setAvailability)).toEqual([]);
};
/** The first line is Alex Agent, Sam Second and their lead, Lee Lead. */
beforeEach(async () => {
  await Promise.all(['agent', 'second', 'lead'].map((who) => say(who, 'AVAILABLE')));
  await sql`delete from assignment`.execute(sqlOf(desk.app.desk.database.fork()));
  await sql`update ticket set assignee_id = null`.execute(sqlOf(desk.app.desk.database.fork()));
});

const technical = () => create(agent, { categoryId: known.categories['Technical issue'] });
/** The latest assignment of a ticket, and whether each candidate was ruled out. */
async function latest(id: string) {
  const { assignments, assignee, team } = await look(agent, id);
  const [last] = assignments ?? [];
  return { ...last, ruledOut: Object.fromEntries((last?.candidates ?? []).map((one) => [one.name, one.ruledOut])), assignee, team };
}

describe('routing', () => {
  test("chooses in the team of the ticket's category, and keeps why", async () => {
    await say('agent', 'AWAY');
    await say('second', 'AVAILABLE', 0);
    const id = await technical();
    await assign(agent, id);
    expect(await latest(id)).toMatchObject({
      kind: 'AUTOMATIC',
      reason: 'Lee Lead of First line had the most spare capacity: 0 of 10 open tickets.',
      team: { name: 'First line' },
      assignee: { name: 'Lee Lead' },
      agent: { name: 'Lee Lead' },
      ruledOut: { 'Alex Agent': 'AWAY', 'Sam Second': 'FULL', 'Lee Lead': null },
    });
  });

  test('passes by who lacks a skill that the team takes', async () => {
    await sql`update team set skills = '{billing}' where name = 'First line'`.execute(sqlOf(desk.app.desk.database.fork()));
    const id = await technical();
    await assign(agent, id);
    expect((await latest(id)).ruledOut).toEqual({ 'Alex Agent': null, 'Sam Second': 'SKILLS', 'Lee Lead': null });
    await sql`update team set skills = '{}' where name = 'First line'`.execute(sqlOf(desk.app.desk.database.fork()));
  });

  test('with nobody free gives the ticket to the lead, so that somebody knows', async () => {
    await Promise.all(['agent', 'second', 'lead'].map((who) => say(who, 'AWAY')));
    const id = await technical();
    await assign(agent, id);
    expect(await latest(id)).toMatchObject({
      kind: 'AUTOMATIC',
      reason: 'Nobody in First line is free; its lead was told.',
      assignee: { name: 'Lee Lead' },
      ruledOut: { 'Alex Agent': 'AWAY', 'Sam Second': 'AWAY', 'Lee Lead': 'AWAY' },
    });
  });

  test('spreads tickets by what each can take, and counts only those that are open', async () => {
    await say('agent', 'AVAILABLE', 2);
    await say('second', 'AVAILABLE', 1);
    await say('lead', 'AVAILABLE', 1);
    const takers: (string | undefined)[] = [];
    const ids: string[] = [];
    for (let n = 0; n < 4; n += 1) {
      ids.push(await technical());
      takers.push((await assign(agent, ids[n] as string))?.assignee?.name);
    }
    expect(takers[0]).toBe('Alex Agent');
    expect(takers.sort()).toEqual(['Alex Agent', 'Alex Agent', 'Lee Lead', 'Sam Second']);
    await sql`update ticket set status = 'CLOSED' where id = ${ids[0]}`.execute(sqlOf(desk.app.desk.database.fork()));
    expect((await assign(agent, await technical()))?.assignee?.name).toBe('Alex Agent');
  });

  test('needs a team to choose in: the one the ticket has serves where its category names none', async () => {
    const id = await create(agent);
    const { assignTicket } = await agent.ask(AssignTicketDocument, { input: { ticketId: id } });
    expect(assignTicket.userErrors).toMatchObject([{ code: 'REQUIRED' }]);
    await assign(agent, id, { teamId: known.teams.Billing });
    expect((await assign(agent, id))?.assignee).toEqual({ name: 'Bo Billing' });
  });
});

describe('by hand', () => {
  test('to an agent, to a team whose queue it waits in, or to both, each on record', async () => {
    const id = await technical();
    await assign(agent, id, { agentId: known.agents.second });
    expect(await latest(id)).toMatchObject({ kind: 'MANUAL', reason: 'Assigned by hand.', candidates: [], assignee: { name: 'Sam Second' }, team: null });
    await assign(agent, id, { teamId: known.teams.Billing, reason: ' It is about money ' });
    expect(await latest(id)).toMatchObject({ reason: 'It is about money', assignee: null, agent: null, team: { name: 'Billing' } });
    await assign(agent, id, { teamId: known.teams['First line'], agentId: known.agents.senior });
    expect(await latest(id)).toMatchObject({ assignee: { name: 'Sasha Senior' }, team: { name: 'First line' } });
    expect((await look(agent, id)).assignments).toHaveLength(3);
  });

  test.each<[string, () => object, string]>([
    ['an agent who is not there', () => ({ agentId: 'agent_1' }), 'NOT_FOUND input agentId'],
    ['a customer', () => ({ agentId: 'customer_1' }), 'NOT_FOUND input agentId'],
    ['a team that is not there', () => ({ teamId: 'team_1' }), 'NOT_FOUND input teamId'],
    ['an agent who has left', () => ({ agentId: known.agents.quality }), 'NOT_FOUND input agentId'],
    ['a team that is there with an agent who is not', () => ({ teamId: known.teams.Billing, agentId: 'agent_1' }), 'NOT_FOUND input agentId'],
  ])('not to %s', async (_, to, wanted) => {
    await sql`update agent set active = false where id = ${known.agents.quality}`.execute(sqlOf(desk.app.desk.database.fork()));
    const id = await technical();
    const { assignTicket } = await agent.ask(AssignTicketDocument, { input: { ticketId: id, ...to() } });
    expect(refusals(assignTicket)).toEqual([wanted]);
    expect(await look(agent, id)).toMatchObject({ assignee: null, team: null, assignments: [], version: 1 });
  });

  test('to a team that is closed to oneself: it is done, and the ticket is out of sight', async () => {
    await sql`update team set restricted = true where name = 'Senior support'`.execute(sqlOf(desk.app.desk.database.fork()));
    const alex = await desk.as('second@demo.stepdesk.example');
    const id = await technical();
    const { assignTicket } = await alex.ask(AssignTicketDocument, { input: { ticketId: id, teamId: known.teams['Senior support'] } });
    expect(assignTicket).toEqual({ ticket: null, userErrors: [] });
    expect((await look(manager, id)).team).toEqual({ name: 'Senior support' });
  });
});
