import { beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { Assignment as StepAssignment } from '../../../src/modules/process/process.definition.js';
import { Role } from '../../../src/platform/auth/viewer.js';
import {
  AssignStepDocument,
  DeactivateAgentDocument,
  MyWorkDocument,
  RemoveTeamMemberDocument,
  ReopenTicketDocument,
  UpdateAgentDocument,
  UpdateTeamDocument,
} from '../../generated/graphql.js';
import type { Client } from '../../support/client.js';
import { useDesk } from '../../support/desk.js';
import { at, Case, publish } from '../../support/office.js';
import { approval, processOf, task } from '../run/definitions.js';
import { assign, close, create, directory, look, refusals } from '../ticket/play.js';
import { employ, found } from './staff.js';

const desk = useDesk();
let admin: Client;
let manager: Client;
let known: Awaited<ReturnType<typeof directory>>;
beforeAll(async () => {
  admin = await desk.as(Role.ADMIN);
  manager = await desk.as(Role.MANAGER);
  known = await directory(manager);
});

const leave = async (agentId: string) =>
  expect(
    refusals((await admin.ask(DeactivateAgentDocument, { input: { agentId } })).deactivateAgent),
  ).toEqual([]);
const rows = async (table: string, id: string) =>
  (await desk.app.desk.database.sql.selectFrom(table).selectAll().where('id', '=', id).execute())[0];
/** What the log tells of a ticket, of one kind. */
const told = async (ticketId: string, type: string) =>
  (
    await desk.app.desk.database.sql
      .selectFrom('event')
      .select(['data', 'actor_id'])
      .where('stream_id', '=', ticketId)
      .where('type', '=', type)
      .orderBy('stream_seq')
      .execute()
  ).at(-1);

describe('when somebody leaves', () => {
  test('their open tickets are in the queue of their team, and each says why', async () => {
    const ida = await employ(admin, 'ida', { teamIds: [known.teams.Billing as string] });
    const [teamed, loose] = [await create(manager), await create(manager)];
    await assign(manager, teamed, { teamId: known.teams['First line'], agentId: ida.id });
    await assign(manager, loose, { agentId: ida.id });
    const done = await create(manager);
    await close(await desk.as(at('ida')), done);
    await leave(ida.id);
    const record = { kind: 'RELEASED', reason: 'ida has left.', agent: null };
    expect(await look(manager, teamed)).toMatchObject({
      assignee: null,
      team: { name: 'First line' },
      assignments: [record, { kind: 'MANUAL' }],
    });
    expect(await look(manager, loose)).toMatchObject({ assignee: null, team: { name: 'Billing' } });
    expect(await told(loose, 'TICKET_CHANGED')).toMatchObject({
      actor_id: known.agents.admin,
      data: { reason: 'ida has left.' },
    });
    // Who did it is on the ticket for good; opened again, it is nobody's.
    expect(await look(manager, done)).toMatchObject({ assignee: { name: 'ida' }, status: 'CLOSED' });
    const input = { ticketId: done, reason: 'It is back.' };
    expect(refusals((await manager.ask(ReopenTicketDocument, { input })).reopenTicket)).toEqual([]);
    expect(await look(manager, done)).toMatchObject({ assignee: null, status: 'OPEN' });
  });

  test('also tickets that the administrator may not see', async () => {
    const ola = await employ(admin, 'ola');
    const closed = await found(admin, 'Closed', { restricted: true, memberIds: [ola.id] });
    const id = await create(manager);
    await assign(manager, id, { teamId: closed.id, agentId: ola.id });
    await leave(ola.id);
    expect(await look(manager, id)).toMatchObject({ assignee: null, team: { name: 'Closed' } });
  });

  test('steps go to whom the process says, or else to the queue of the team', async () => {
    const una = await employ(admin, 'una', { teamIds: [known.teams.Billing as string] });
    const toUna = { to: 'AGENT', email: at('una') } as const;
    const play = async (key: string, ...assign: StepAssignment[]) => {
      await publish(desk, { ...processOf(task(key, assign.length ? { assign } : {})), key: `una-${key}` });
      return Case.open(desk, `una-${key}`);
    };
    const named = await play('named', toUna);
    const first = await play('first', toUna, { to: 'ROLE', role: 'QA_MANAGER' });
    const given = await play('given');
    const assignStep = await manager.ask(AssignStepDocument, {
      input: { stepId: given.step('given').id, agentId: una.id },
    });
    expect(refusals(assignStep.assignStep)).toEqual([]);
    await leave(una.id);
    const step = (run: Case, key: string) => rows('step', run.step(key).id);
    expect(await step(named, 'named')).toMatchObject({
      assignee_id: null,
      assigned_team_id: known.teams.Billing,
    });
    expect(await step(first, 'first')).toMatchObject({ assignee_id: null, assigned_role: 'QA_MANAGER' });
    expect(await step(given, 'given')).toMatchObject({
      assignee_id: null,
      follows_ticket: true,
      assigned_by_hand: false,
    });
    for (const { ticketId } of [named, first, given])
      expect((await told(ticketId, 'STEP_ASSIGNED'))?.data).toMatchObject({
        reason: 'una has left.',
        claimed: false,
      });
    const { myWork } = await (await desk.as(at('billing'))).ask(MyWorkDocument);
    expect(myWork.nodes.map(({ id }) => id)).toContain(named.step('named').id);
  });

  test('an approval that only they could decide is for the managers', async () => {
    const abe = await employ(admin, 'abe', { roles: ['MANAGER'] });
    const by = (...agents: string[]) => ({
      approvers: [{ agents: agents.map(at) }],
      subjects: ['a'],
      onReject: 'KEEP' as const,
    });
    await publish(desk, {
      ...processOf(
        task('a'),
        { ...approval('alone', ['a']), approval: by('abe') },
        { ...approval('together', ['a']), approval: by('abe', 'lead') },
      ),
      key: 'abes',
    });
    const run = await Case.open(desk, 'abes');
    expect(await run.complete('a', 'second')).toBeUndefined();
    await leave(abe.id);
    expect(await run.decide('alone', 'manager')).toBeUndefined();
    expect(await run.decide('together', 'manager')).toBe('FORBIDDEN');
    expect(await run.decide('together', 'lead')).toBeUndefined();
  });

  test('nothing is given to them that an answer or an earlier step would say', async () => {
    const oli = await employ(admin, 'oli');
    await publish(desk, {
      ...processOf(
        task('a', { fields: [{ key: 'Who', label: 'Who', type: 'MEMBERS' } as never], gate: true }),
        task('b', { gate: true }),
        task('of-field', {
          assign: [
            { to: 'FIELD', field: 'Who' },
            { to: 'TEAM', team: 'Billing' },
          ],
        }),
        task('of-completer', {
          assign: [
            { to: 'COMPLETER', step: 'a' },
            { to: 'TEAM', team: 'Billing' },
          ],
        }),
      ),
      key: 'olis',
    });
    const run = await Case.open(desk, 'olis');
    expect(await run.complete('a', 'oli', undefined, [{ field: 'Who', value: [oli.id] }])).toBeUndefined();
    await leave(oli.id);
    expect(await run.complete('b')).toBeUndefined();
    const waiting = { phase: 'READY', assignee_id: null, assigned_team_id: known.teams.Billing };
    expect(await rows('step', run.step('of-field').id)).toMatchObject(waiting);
    expect(await run.complete('of-field', 'billing')).toBeUndefined();
    expect(await rows('step', run.step('of-completer').id)).toMatchObject(waiting);
  });
});

describe('when rights shrink', () => {
  test('who no longer works on tickets has none', async () => {
    const uma = await employ(admin, 'uma');
    const id = await create(manager);
    await assign(manager, id, { agentId: uma.id });
    const input = { agentId: uma.id, roles: ['QA_MANAGER' as const] };
    expect(refusals((await admin.ask(UpdateAgentDocument, { input })).updateAgent)).toEqual([]);
    expect((await look(manager, id)).assignee).toBeNull();
  });

  test('who leaves a restricted team loses its tickets, and keeps others', async () => {
    const eli = await employ(admin, 'eli');
    const team = await found(admin, 'Inner', { restricted: true, memberIds: [eli.id] });
    const [inner, outer] = [await create(manager), await create(manager)];
    await assign(manager, inner, { teamId: team.id, agentId: eli.id });
    await assign(manager, outer, { agentId: eli.id });
    const input = { teamId: team.id, agentId: eli.id };
    expect(refusals((await admin.ask(RemoveTeamMemberDocument, { input })).removeTeamMember)).toEqual([]);
    expect(await look(manager, inner)).toMatchObject({ assignee: null, team: { name: 'Inner' } });
    expect(await look(manager, outer)).toMatchObject({ assignee: { name: 'eli' } });
  });

  test('a team that becomes restricted keeps its tickets from others; members keep theirs', async () => {
    const [ann, bob] = [await employ(admin, 'ann'), await employ(admin, 'bob')];
    const team = await found(admin, 'Soon closed', { memberIds: [ann.id] });
    const [anns, bobs] = [await create(manager), await create(manager)];
    await assign(manager, anns, { teamId: team.id, agentId: ann.id });
    await assign(manager, bobs, { teamId: team.id, agentId: bob.id });
    const input = { teamId: team.id, restricted: true };
    expect(refusals((await admin.ask(UpdateTeamDocument, { input })).updateTeam)).toEqual([]);
    expect((await look(manager, anns)).assignee).toEqual({ name: 'ann' });
    expect((await look(manager, bobs)).assignee).toBeNull();
    // And at the next request, what is the team's is out of sight.
    const bobSees = (await (
      await desk.as(at('bob'))
    ).send('query($id: ID!) { node(id: $id) { id } }', { id: bobs })) as {
      data?: { node: unknown };
    };
    expect(bobSees.data?.node).toBeNull();
  });

  test('rights that changed are told to the nodes, each with whom it concerns', async () => {
    const subjects = (
      await sql<{ data: { subjects: string[] | null } }>`select data from event where stream_id = 'rights'
        order by stream_seq`.execute(desk.app.desk.database.sql)
    ).rows.map(({ data }) => data.subjects);
    expect(subjects.at(-1)).toBeNull();
    expect(subjects.filter((ids) => ids !== null).every((ids) => ids.length > 0)).toBe(true);
  });
});
