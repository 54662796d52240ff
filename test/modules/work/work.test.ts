import { beforeAll, expect, test } from '@jest/globals';
import { Role } from '../../../src/platform/auth/viewer.js';
import {
  ApprovalChangesDocument,
  type ApprovalChangesSubscription,
  AssignStepDocument,
  CancelRunDocument,
  ClaimStepDocument,
  DelegateApprovalsDocument,
  EndDelegationDocument,
  EventCursorDocument,
  MyWorkChangesDocument,
  type MyWorkChangesSubscription,
  MyWorkDocument,
} from '../../generated/graphql.js';
import type { Stream } from '../../support/client.js';
import { type TestDesk, useDesk } from '../../support/desk.js';
import { at, Case, hire, publish } from '../../support/office.js';
import { approval, processOf, task } from '../run/definitions.js';

const desk = useDesk();
let people: Map<string, string>;
let teams: Map<string, string>;

beforeAll(async () => {
  const team = { key: 'Team', label: 'Team', type: 'TEAM' as const };
  await publish(
    desk,
    {
      ...processOf(
        task('a', { assign: [{ to: 'AGENT', email: at('second') }], fields: [team] }),
        task('b', { assign: [{ to: 'TEAM', team: 'Billing' }] }),
        task('c', {
          assign: [
            { to: 'TEAM_FIELD', field: 'Team' },
            { to: 'ROLE', role: 'MANAGER' },
          ],
        }),
        task('d', { assign: [{ to: 'COMPLETER', step: 'b' }] }),
        task('e'),
        approval('ok', ['a']),
      ),
      key: 'handed-on',
    },
    { ...processOf(task('a'), approval('ok', ['a']), task('b')), key: 'signed' },
  );
  await hire(desk, ['newcomer'], [Role.AGENT]);
  people = await named(desk, 'agent', 'email');
  teams = await named(desk, 'team', 'name');
});

/** The next change of a step in a list of work; of others there may be some from earlier tests. */
async function next(list: Stream<MyWorkChangesSubscription>, stepId: string) {
  const updates = await list.takeUntil(({ myWork }) =>
    myWork.changes.some((change) => change.stepId === stepId),
  );
  const { changes, ...update } = (updates.at(-1) as MyWorkChangesSubscription).myWork;
  return { ...update, changes: changes.filter((change) => change.stepId === stepId) };
}

/** The same of an approval. */
async function nextRequest(list: Stream<ApprovalChangesSubscription>, stepId: string) {
  const updates = await list.takeUntil(({ approvalRequests }) =>
    approvalRequests.changes.some((change) => change.stepId === stepId),
  );
  const { changes, ...update } = (updates.at(-1) as ApprovalChangesSubscription).approvalRequests;
  return { ...update, changes: changes.filter((change) => change.stepId === stepId) };
}

async function named(from: TestDesk, table: string, column: string): Promise<Map<string, string>> {
  const rows = await from.app.desk.database.sql.selectFrom(table).select(['id', column]).execute();
  return new Map(rows.map((row) => [row[column] as string, row.id as string]));
}

async function work(name: string, run: Case): Promise<string[]> {
  const { myWork } = await (await desk.as(at(name))).ask(MyWorkDocument, { first: 100 });
  expect(myWork.totalCount).toBe(myWork.nodes.length);
  return myWork.nodes.filter(({ ticket }) => ticket?.id === run.ticketId).map(({ key }) => key);
}

async function assign(
  run: Case,
  key: string,
  to: { agentId?: string; teamId?: string; expectedVersion?: number },
) {
  const input = { stepId: run.step(key).id, ...to };
  return (await (await desk.as(at('agent'))).ask(AssignStepDocument, { input })).assignStep;
}

async function claim(run: Case, key: string, name: string) {
  const input = { stepId: run.step(key).id };
  return (await (await desk.as(at(name))).ask(ClaimStepDocument, { input })).claimStep;
}

test('steps go to whom the process says: agent, team, chosen team, role, completer, approver', async () => {
  const run = await Case.open(desk, 'handed-on');
  expect(await work('second', run)).toEqual(['a']);
  expect(await work('agent', run)).toEqual([]);
  await run.complete('a', 'second', undefined, [{ field: 'Team', value: teams.get('Senior support') }]);
  expect(await work('billing', run)).toEqual(['b']);
  expect(await work('second', run)).toEqual([]);
  await run.complete('b', 'billing');
  expect(await work('senior', run)).toEqual(['c']);
  await run.complete('c', 'senior');
  expect(await work('billing', run)).toEqual(['d']);
  await run.complete('d', 'billing');
  expect(await work('manager', run)).toEqual([]);
  await run.complete('e', 'billing');
  expect(await work('manager', run)).toEqual(['ok']);
  expect(await work('admin', run)).toEqual([]);

  const other = await Case.open(desk, 'handed-on');
  await other.complete('a', 'second');
  await other.complete('b', 'billing');
  expect(await work('manager', other)).toEqual(['c']);
});

test('a step is given by hand and taken; of two who take it the second hears who has it', async () => {
  const run = await Case.open(desk, 'signed');
  expect((await assign(run, 'a', {})).userErrors[0]?.code).toBe('INVALID_INPUT');
  expect((await assign(run, 'ok', { agentId: people.get(at('agent')) })).userErrors[0]?.code).toBe(
    'INVALID_TRANSITION',
  );
  expect((await assign(run, 'a', { agentId: 'agent_nobody' })).userErrors[0]?.code).toBe('NOT_FOUND');
  expect(
    (await assign(run, 'a', { teamId: teams.get('Billing'), expectedVersion: 99 })).userErrors[0]?.code,
  ).toBe('STALE');
  const given = await assign(run, 'a', { teamId: teams.get('Billing') });
  expect(given.step).toMatchObject({ assignedTeam: { name: 'Billing' }, assignee: null });
  expect(await work('billing', run)).toEqual(['a']);
  expect((await claim(run, 'a', 'second')).userErrors[0]?.code).toBe('FORBIDDEN');
  expect((await claim(run, 'b', 'second')).userErrors[0]?.code).toBe('STEP_NOT_READY');
  expect((await claim(run, 'a', 'billing')).step?.assignee?.name).toBe('Bo Billing');
  const late = await claim(run, 'a', 'second');
  expect(late.userErrors).toMatchObject([
    { code: 'ALREADY_CLAIMED', message: expect.stringContaining('Bo Billing') },
  ]);
  // It stays theirs when it is sent back.
  await run.complete('a', 'billing');
  await run.decide('ok', 'manager', { verdict: 'REJECTED', comment: 'Again.' });
  expect(await work('billing', run)).toEqual(['a']);
});

test('a live list of work tells what enters, changes and leaves, and resumes where it stopped', async () => {
  const second = await desk.as(at('second'));
  await desk.caughtUp();
  const { eventCursor } = await second.ask(EventCursorDocument);
  const list = await second.subscribe(MyWorkChangesDocument, { after: eventCursor });
  const run = await Case.open(desk, 'signed');
  const stepId = run.step('a').id;
  await assign(run, 'a', { agentId: people.get(at('second')) });
  const entered = await next(list, stepId);
  expect(entered.changes).toEqual([{ move: 'ENTERED', stepId, step: { key: 'a' } }]);
  await assign(run, 'a', { agentId: people.get(at('billing')) });
  expect((await next(list, stepId)).changes).toEqual([{ move: 'LEFT', stepId, step: null }]);
  await list.close();
  await assign(run, 'a', { agentId: people.get(at('second')) });
  await run.complete('a', 'second');
  const resumed = await second.subscribe(MyWorkChangesDocument, { after: entered.cursor });
  const moves = [];
  for (let n = 0; n < 3; n += 1) moves.push((await next(resumed, stepId)).changes.map(({ move }) => move));
  expect(moves).toEqual([['LEFT'], ['ENTERED'], ['LEFT']]);
  await resumed.close();
  const foreign = await second.subscribe(MyWorkChangesDocument, {
    after: Buffer.alloc(24, 7).toString('base64url'),
  });
  expect((await foreign.next()).myWork).toMatchObject({ resyncRequired: true, changes: [] });
});

test('a step without a holder follows its ticket from one assignee to the next', async () => {
  const [agent, second] = [await desk.as(at('agent')), await desk.as(at('second'))];
  const run = await Case.open(desk, 'signed');
  const stepId = run.step('a').id;
  const list = await second.subscribe(MyWorkChangesDocument, {});
  const give = (name: string) =>
    agent.send(
      'mutation ($id: ID!, $to: ID!) { assignTicket(input: {ticketId: $id, agentId: $to}) { userErrors { code } } }',
      {
        id: run.ticketId,
        to: people.get(at(name)),
      },
    );
  await give('second');
  expect((await next(list, stepId)).changes).toMatchObject([{ move: 'ENTERED', step: { key: 'a' } }]);
  expect(await work('second', run)).toEqual(['a']);
  await give('agent');
  expect((await next(list, stepId)).changes).toMatchObject([{ move: 'LEFT' }]);
  expect(await work('agent', run)).toEqual(['a']);
  await give('second');
  await next(list, stepId);
  await agent.ask(CancelRunDocument, { input: { runId: run.run.id, reason: 'Not needed.' } });
  expect((await next(list, stepId)).changes).toMatchObject([{ move: 'LEFT' }]);
  expect(await work('second', run)).toEqual([]);
});

test('approvals: what waits, what no longer does, and what a delegation brings and takes', async () => {
  const [manager, quality] = [await desk.as(at('manager')), await desk.as(at('quality'))];
  const list = await manager.subscribe(ApprovalChangesDocument, {});
  const run = await Case.open(desk, 'signed');
  const stepId = run.step('ok').id;
  await run.complete('a');
  expect((await nextRequest(list, stepId)).changes).toEqual([
    { move: 'ENTERED', stepId, request: { subjects: [{ key: 'a' }], inNameOf: null } },
  ]);
  const deputies = await quality.subscribe(ApprovalChangesDocument, {});
  const until = new Date(desk.clock.now().getTime() + 60_000).toISOString();
  const { delegateApprovals } = await manager.ask(DelegateApprovalsDocument, {
    input: { toAgentId: people.get(at('quality')) as string, from: desk.clock.now().toISOString(), until },
  });
  const brought = await nextRequest(deputies, stepId);
  expect(brought.changes.find((change) => change.stepId === stepId)).toMatchObject({
    move: 'ENTERED',
    request: { inNameOf: { name: 'Morgan Manager' } },
  });
  await deputies.close();
  const delegationId = delegateApprovals.delegation?.id as string;
  await manager.ask(EndDelegationDocument, { input: { delegationId } });
  // The end happened while nobody listened: on resuming it is told all the same.
  const resumed = await quality.subscribe(ApprovalChangesDocument, { after: brought.cursor });
  const taken = (await nextRequest(resumed, stepId)).changes;
  expect(taken.find((change) => change.stepId === stepId)).toMatchObject({ move: 'LEFT', request: null });
  await run.decide('ok', 'manager');
  expect((await nextRequest(list, stepId)).changes).toEqual([{ move: 'LEFT', stepId, request: null }]);
});

test('a role that is given or taken moves the work with it, though no event tells of it', async () => {
  const db = desk.app.desk.database.sql;
  const newcomer = await desk.as(at('newcomer'));
  const run = await Case.open(desk, 'signed');
  await run.complete('a');
  const stepId = run.step('ok').id;
  const list = await newcomer.subscribe(MyWorkChangesDocument, {});
  const become = async (role: Role) => {
    await db
      .updateTable('agent')
      .set({ roles: [role] })
      .where('email', '=', at('newcomer'))
      .execute();
    return (await next(list, stepId)).changes[0]?.move;
  };
  expect(await become(Role.MANAGER)).toBe('ENTERED');
  expect(await become(Role.AGENT)).toBe('LEFT');
});
