import { beforeAll, expect, test } from '@jest/globals';
import type { ApproverRule, Quorum } from '../../../src/modules/process/process.definition.js';
import {
  ApprovalRequestsDocument,
  DecisionsDocument,
  ReopenStepDocument,
  TicketEventsDocument,
  WithdrawDecisionDocument,
} from '../../generated/graphql.js';
import { useDesk } from '../../support/desk.js';
import { at, Case, publish } from '../../support/office.js';
import { approval, processOf, task } from '../run/definitions.js';

const desk = useDesk();

function board(key: string, approvers: ApproverRule | ApproverRule[], quorum?: Quorum) {
  const decides = approval('ok', ['a'], { quorum });
  const field = { key: 'Board', label: 'Board', type: 'MEMBERS' as const };
  return {
    ...processOf(
      task('a', { fields: [field] }),
      { ...decides, approval: { ...decides.approval, approvers } },
      task('b'),
    ),
    key,
  };
}

beforeAll(() =>
  publish(
    desk,
    board('two-of-three', { agents: [at('manager'), at('quality'), at('lead')] }, { count: 2 }),
    board('all-of-team', { team: 'Senior support' }, 'ALL'),
    board('chosen', [{ field: 'Board' }, { role: 'QA_MANAGER' }]),
  ),
);

async function requests(name: string) {
  const { approvalRequests } = await (await desk.as(at(name))).ask(ApprovalRequestsDocument);
  return approvalRequests.nodes;
}

async function decisions(run: Case, key: string) {
  const { node } = await (await desk.as(at('manager'))).ask(DecisionsDocument, { id: run.step(key).id });
  return node && 'decisions' in node ? (node.decisions ?? []) : [];
}

async function withdraw(run: Case, name: string) {
  const client = await desk.as(at(name));
  const input = { stepId: run.step('ok').id, subject: 'a', comment: 'Too fast.' };
  const { withdrawDecision } = await client.ask(WithdrawDecisionDocument, { input });
  run.take(withdrawDecision);
  return withdrawDecision.userErrors[0];
}

test('two of three: the first yes waits, the second decides, and nobody has two', async () => {
  const run = await Case.open(desk, 'two-of-three');
  await run.complete('a');
  expect((await requests('manager')).map(({ step }) => step.id)).toContain(run.step('ok').id);
  expect(await run.decide('ok', 'senior')).toBe('FORBIDDEN');
  expect(await run.decide('ok', 'admin')).toBe('FORBIDDEN');
  expect(await run.decide('ok', 'manager')).toBeUndefined();
  expect(run.phases).toBe('a:COMPLETED ok:READY b:WAITING');
  expect(await run.decide('ok', 'manager')).toBe('ALREADY_DECIDED');
  expect(await run.decide('ok', 'manager', { verdict: 'REJECTED', comment: 'No.' })).toBe('ALREADY_DECIDED');
  expect((await requests('manager')).map(({ step }) => step.id)).not.toContain(run.step('ok').id);
  expect(await requests('quality')).toMatchObject([
    { ticket: { id: run.ticketId }, subjects: [{ key: 'a' }], inNameOf: null },
  ]);
  expect(await run.decide('ok', 'quality')).toBeUndefined();
  expect(run.phases).toBe('a:COMPLETED ok:COMPLETED b:READY');
  expect(await run.decide('ok', 'lead')).toBe('ALREADY_DECIDED');
  expect((await decisions(run, 'ok')).map(({ final }) => final)).toEqual([false, true]);
});

test('all of a team, and whoever a field names beside a role', async () => {
  const all = await Case.open(desk, 'all-of-team');
  await all.complete('a');
  expect(await all.decide('ok', 'senior')).toBeUndefined();
  expect(all.phases).toBe('a:COMPLETED ok:COMPLETED b:READY');

  const chosen = await Case.open(desk, 'chosen');
  const billing = (
    await (
      await desk.as(at('manager'))
    ).send<{ agents: { nodes: { id: string; email: string }[] } }, never>('{ agents { nodes { id email } } }')
  ).data?.agents.nodes.find(({ email }) => email === at('billing'))?.id;
  await chosen.complete('a', 'second', undefined, [{ field: 'Board', value: [billing] }]);
  expect(await chosen.decide('ok', 'manager')).toBe('FORBIDDEN');
  expect(await requests('quality')).toHaveLength(1);
  expect(await chosen.decide('ok', 'billing')).toBeUndefined();
  expect(await requests('quality')).toHaveLength(0);
});

test('what was meant for another attempt is STALE, of a decision as of a completion', async () => {
  const run = await Case.open(desk, 'chosen');
  await run.complete('a');
  expect(
    await run.decide('ok', 'quality', { verdict: 'REJECTED', comment: 'No.', expectedAttempt: 1 }),
  ).toBeUndefined();
  expect(await run.complete('a', 'second', 1)).toBe('STALE');
  expect(await run.complete('a', 'second', 2)).toBeUndefined();
  expect(await run.decide('ok', 'quality', { expectedAttempt: 1 })).toBe('STALE');
  expect(run.phases).toBe('a:COMPLETED#2 ok:READY#2 b:WAITING');
  expect(await run.decide('ok', 'quality', { expectedAttempt: 2 })).toBeUndefined();
});

test('a decision is taken back while nothing came after it, and given again', async () => {
  const run = await Case.open(desk, 'chosen');
  await run.complete('a');
  await run.decide('ok', 'quality');
  expect(await withdraw(run, 'manager')).toMatchObject({ code: 'NOT_FOUND' });
  expect(await withdraw(run, 'quality')).toBeUndefined();
  expect(run.phases).toBe('a:COMPLETED ok:READY b:WAITING');
  expect(await requests('quality')).toHaveLength(1);
  await run.decide('ok', 'quality');
  await run.complete('b', 'second');
  expect(run.run.phase).toBe('COMPLETED');
  const [first, second] = await decisions(run, 'ok');
  expect(first?.withdrawnAt).not.toBeNull();
  expect(second).toMatchObject({ withdrawnAt: null, final: true, inNameOf: { name: 'Quinn Quality' } });
  expect(await withdraw(run, 'quality')).toMatchObject({ code: 'INVALID_TRANSITION' });
});

test('a step is opened again: the approval loses its decision on it, and it is told', async () => {
  const agent = await desk.as(at('agent'));
  const run = await Case.open(desk, 'chosen');
  await run.complete('a');
  await run.decide('ok', 'quality');
  const events = await agent.subscribe(TicketEventsDocument, { ticket: run.ticketId });
  const reopen = (mode: 'KEEP' | 'REDO') =>
    agent.ask(ReopenStepDocument, { input: { stepId: run.step('a').id, mode, reason: 'A typo.' } });
  expect(run.take((await reopen('KEEP')).reopenStep)).toBeUndefined();
  expect(run.phases).toBe('a:READY#2 ok:WAITING#2 b:WAITING');
  // What was done before the reopening may reach the stream yet.
  await events.takeUntil(
    ({ ticketEvents: { detail } }) => detail.__typename === 'DeskActivity' && detail.what === 'STEP_REOPENED',
  );
  expect(run.take((await reopen('REDO')).reopenStep)).toBe('INVALID_TRANSITION');
  await run.complete('a');
  expect(await run.decide('ok', 'quality')).toBeUndefined();
  expect(run.phases).toBe('a:COMPLETED#2 ok:COMPLETED#2 b:READY');
  await events.close();
});
