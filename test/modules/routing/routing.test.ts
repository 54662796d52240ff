import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { Role } from '../../../src/platform/auth/viewer.js';
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
  await sql`delete from assignment`.execute(desk.app.desk.database.sql);
  await sql`update ticket set assignee_id = null`.execute(desk.app.desk.database.sql);
});

const technical = () => create(agent, { categoryId: known.categories['Technical issue'] });
/** The latest assignment of a ticket, and whether each candidate was ruled out. */
async function latest(id: string) {
  const { assignments, assignee, team } = await look(agent, id);
  const [last] = assignments ?? [];
  return {
    ...last,
    ruledOut: Object.fromEntries((last?.candidates ?? []).map((one) => [one.name, one.ruledOut])),
    assignee,
    team,
  };
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
    await sql`update team set skills = '{billing}' where name = 'First line'`.execute(
      desk.app.desk.database.sql,
    );
    const id = await technical();
    await assign(agent, id);
    expect((await latest(id)).ruledOut).toEqual({
      'Alex Agent': null,
      'Sam Second': 'SKILLS',
      'Lee Lead': null,
    });
    await sql`update team set skills = '{}' where name = 'First line'`.execute(desk.app.desk.database.sql);
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
    await sql`update ticket set status = 'CLOSED' where id = ${ids[0]}`.execute(desk.app.desk.database.sql);
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
