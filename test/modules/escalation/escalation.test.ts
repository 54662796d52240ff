import { beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { Role } from '../../../src/platform/auth/viewer.js';
import { EscalateTicketDocument, EvidenceDocument } from '../../generated/graphql.js';
import type { Client } from '../../support/client.js';
import { useDesk } from '../../support/desk.js';
import { assign, close, create, directory, look, refusals } from '../ticket/play.js';

const desk = useDesk();
let agent: Client;
let known: Awaited<ReturnType<typeof directory>>;
beforeAll(async () => {
  agent = await desk.as(Role.AGENT);
  known = await directory(agent);
});

const escalate = async (
  ticketId: string,
  given: { agentId?: string; reason?: string; idempotencyKey?: string } = {},
  client = agent,
) =>
  (await client.ask(EscalateTicketDocument, { input: { ticketId, reason: 'Needs a specialist', ...given } }))
    .escalateTicket;
const escalations = async (id: string) => (await agent.ask(EvidenceDocument, { id })).ticket?.escalations;

/** A ticket of the first line that Sam Second works on. */
async function inFirstLine(): Promise<string> {
  const id = await create(agent);
  await assign(agent, id, { teamId: known.teams['First line'], agentId: known.agents.second });
  return id;
}

describe('escalating by hand', () => {
  test("hands the ticket to the team's escalation target, where routing chooses, and keeps from whom to whom", async () => {
    const id = await inFirstLine();
    expect(await escalate(id, { reason: ' Beyond us ' })).toMatchObject({
      escalation: { level: 1, reason: 'Beyond us' },
      ticket: { escalationLevel: 1, team: { name: 'Senior support' }, assignee: { name: 'Sasha Senior' } },
      userErrors: [],
    });
    expect(await escalations(id)).toEqual([
      {
        level: 1,
        reason: 'Beyond us',
        fromTeam: { name: 'First line' },
        fromAgent: { name: 'Sam Second' },
        toTeam: { name: 'Senior support' },
        toAgent: { name: 'Sasha Senior' },
        escalatedBy: { name: 'Alex Agent' },
      },
    ]);
    expect((await look(agent, id)).assignments?.[0]).toMatchObject({
      kind: 'AUTOMATIC',
      candidates: [{ name: 'Sasha Senior', ruledOut: null }],
    });
  });

  test('or to the agent who is named, within its team; each time is a level', async () => {
    const id = await inFirstLine();
    await escalate(id, { agentId: known.agents.lead });
    expect((await escalate(id, { agentId: known.agents.billing })).ticket).toMatchObject({
      escalationLevel: 2,
      team: { name: 'First line' },
      assignee: { name: 'Bo Billing' },
    });
    expect(await escalations(id)).toMatchObject([
      { level: 1, fromAgent: { name: 'Sam Second' }, toAgent: { name: 'Lee Lead' } },
      { level: 2, fromAgent: { name: 'Lee Lead' }, toAgent: { name: 'Bo Billing' } },
    ]);
  });

  test('of what has no team, or a team without a target, raises the level and leaves it where it is', async () => {
    const id = await create(agent);
    expect((await escalate(id)).ticket).toMatchObject({ escalationLevel: 1, team: null, assignee: null });
    await assign(agent, id, { teamId: known.teams['Senior support'], agentId: known.agents.senior });
    expect((await escalate(id)).ticket).toMatchObject({
      escalationLevel: 2,
      team: { name: 'Senior support' },
      assignee: { name: 'Sasha Senior' },
    });
  });

  test('once for one key, however often it is sent', async () => {
    const id = await inFirstLine();
    const all = await Promise.all(Array.from({ length: 6 }, () => escalate(id, { idempotencyKey: 'e1' })));
    expect(all.flatMap(refusals)).toEqual([]);
    expect(await escalations(id)).toHaveLength(1);
    expect(refusals(await escalate(id, { idempotencyKey: 'e1', reason: 'Another' }))).toEqual([
      'IDEMPOTENCY_KEY_REUSED input idempotencyKey',
    ]);
  });

  test.each<[string, object, string]>([
    ['without a reason', { reason: '  ' }, 'REQUIRED input reason'],
    ['for an endless reason', { reason: 'x'.repeat(20_001) }, 'INVALID_INPUT input reason'],
    ['to somebody who is not there', { agentId: 'agent_1' }, 'NOT_FOUND input agentId'],
  ])('is refused %s', async (_, given, wanted) => {
    const id = await inFirstLine();
    expect(refusals(await escalate(id, given))).toEqual([wanted]);
    expect(await look(agent, id)).toMatchObject({ escalationLevel: 0, assignee: { name: 'Sam Second' } });
    expect(await escalations(id)).toEqual([]);
  });

  test('is refused of a CLOSED ticket, of none, and to who only reads', async () => {
    const id = await create(agent);
    await close(agent, id);
    expect(refusals(await escalate(id))).toEqual(['INVALID_TRANSITION input ticketId']);
    expect(refusals(await escalate('ticket_1'))).toEqual(['NOT_FOUND input ticketId']);
    const open = await inFirstLine();
    for (const role of [Role.QA_MANAGER, Role.ADMIN])
      expect(refusals(await escalate(open, {}, await desk.as(role)))).toEqual(['FORBIDDEN']);
    const { errors } = await (await desk.as(Role.CUSTOMER)).send(EscalateTicketDocument, {
      input: { ticketId: open, reason: 'I insist' },
    });
    expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  });

  test('into a team that is closed to oneself is done, and takes the ticket out of sight', async () => {
    await sql`update team set restricted = true where name = 'Senior support'`.execute(
      desk.app.desk.database.sql,
    );
    const sam = await desk.as('second@demo.stepdesk.example');
    const id = await inFirstLine();
    expect(await escalate(id, {}, sam)).toEqual({ escalation: null, ticket: null, userErrors: [] });
    expect((await look(await desk.as(Role.MANAGER), id)).team).toEqual({ name: 'Senior support' });
  });
});
