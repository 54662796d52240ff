import { beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { Role } from '../../../src/platform/auth/viewer.js';
import { AssignTicketDocument } from '../../generated/graphql.js';
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

describe('by hand', () => {
  test('to an agent, to a team whose queue it waits in, or to both, each on record', async () => {
    const id = await technical();
    await assign(agent, id, { agentId: known.agents.second });
    expect(await latest(id)).toMatchObject({
      kind: 'MANUAL',
      reason: 'Assigned by hand.',
      candidates: [],
      assignee: { name: 'Sam Second' },
      team: null,
    });
    await assign(agent, id, { teamId: known.teams.Billing, reason: ' It is about money ' });
    expect(await latest(id)).toMatchObject({
      reason: 'It is about money',
      assignee: null,
      agent: null,
      team: { name: 'Billing' },
    });
    await assign(agent, id, { teamId: known.teams['First line'], agentId: known.agents.senior });
    expect(await latest(id)).toMatchObject({
      assignee: { name: 'Sasha Senior' },
      team: { name: 'First line' },
    });
    expect((await look(agent, id)).assignments).toHaveLength(3);
  });

  test.each<[string, () => object, string]>([
    ['an agent who is not there', () => ({ agentId: 'agent_1' }), 'NOT_FOUND input agentId'],
    ['a customer', () => ({ agentId: 'customer_1' }), 'NOT_FOUND input agentId'],
    ['a team that is not there', () => ({ teamId: 'team_1' }), 'NOT_FOUND input teamId'],
    ['an agent who has left', () => ({ agentId: known.agents.quality }), 'NOT_FOUND input agentId'],
    [
      'a team that is there with an agent who is not',
      () => ({ teamId: known.teams.Billing, agentId: 'agent_1' }),
      'NOT_FOUND input agentId',
    ],
  ])('not to %s', async (_, to, wanted) => {
    await sql`update agent set active = false where id = ${known.agents.quality}`.execute(
      desk.app.desk.database.sql,
    );
    const id = await technical();
    const { assignTicket } = await agent.ask(AssignTicketDocument, { input: { ticketId: id, ...to() } });
    expect(refusals(assignTicket)).toEqual([wanted]);
    expect(await look(agent, id)).toMatchObject({ assignee: null, team: null, assignments: [], version: 1 });
  });

  test('by routing not where nothing says which team', async () => {
    const id = await create(agent);
    const { assignTicket } = await agent.ask(AssignTicketDocument, { input: { ticketId: id } });
    expect(refusals(assignTicket)).toEqual(['REQUIRED input teamId']);
  });

  test('to a team that is closed to oneself: it is done, and the ticket is out of sight', async () => {
    await sql`update team set restricted = true where name = 'Senior support'`.execute(
      desk.app.desk.database.sql,
    );
    const alex = await desk.as('second@demo.stepdesk.example');
    const id = await technical();
    const { assignTicket } = await alex.ask(AssignTicketDocument, {
      input: { ticketId: id, teamId: known.teams['Senior support'] },
    });
    expect(assignTicket).toEqual({ ticket: null, userErrors: [] });
    expect((await look(manager, id)).team).toEqual({ name: 'Senior support' });
  });
});
