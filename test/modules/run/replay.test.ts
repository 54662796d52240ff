import { beforeAll, expect, test } from '@jest/globals';
import { replay } from '../../../src/modules/run/replay.rules.js';
import { eventsOfRun } from '../../../src/modules/run/run.events.js';
import { ReopenMode, type RunState } from '../../../src/modules/run/run.state.js';
import { readRun } from '../../../src/modules/run/run.store.js';
import { Role } from '../../../src/platform/auth/viewer.js';
import {
  ReopenStepDocument,
  TicketEventsDocument,
  WithdrawDecisionDocument,
} from '../../generated/graphql.js';
import { useDesk } from '../../support/desk.js';
import { at, Case, hire, publish } from '../../support/office.js';
import { Walk } from '../../support/walk.js';
import { approval, processOf, task } from './definitions.js';
import { following } from './following.js';

/** What the log has of a ticket's run is enough to make it again, whatever was done to it. */

const desk = useDesk();
const lead = at('lead');

beforeAll(async () => {
  await hire(desk, ['boss'], [Role.MANAGER]);
  await publish(desk, {
    ...processOf(
      task('a', { fields: [{ key: 'Cause', label: 'Cause', type: 'SHORT_TEXT' }] }),
      task('b', { optional: true }),
      approval('ok', ['a', 'b'], { quorum: { count: 2 } }),
      task('c'),
    ),
    key: 'replayed',
    name: 'Replayed',
  });
});

async function stream(
  ticketId: string,
): Promise<{ type: string; visibility: string; data: Record<string, unknown> }[]> {
  return desk.app.desk.database.sql
    .selectFrom('event')
    .select(['type', 'visibility', 'data'])
    .where('stream_id', '=', ticketId)
    .orderBy('stream_seq')
    .execute() as Promise<{ type: string; visibility: string; data: Record<string, unknown> }[]>;
}

/** The ticket's run, made of the log; it is held against what its rows say. */
async function replayed(ticketId: string): Promise<RunState> {
  const { id } = await desk.app.desk.database.sql
    .selectFrom('run')
    .select('id')
    .where('ticket_id', '=', ticketId)
    .executeTakeFirstOrThrow();
  const run = replay(eventsOfRun(await stream(ticketId), id as string));
  const { state } = await readRun({ em: desk.app.desk.database.fork() }, id as string);
  expect(run).toEqual(state);
  return run;
}

test('a shipped process, with steps that are skipped, rejected, done anew and approved', async () => {
  const walk = await Walk.start(desk, 'customer-support');
  const customer = await desk.as(Role.CUSTOMER);
  const seen = await customer.subscribe(TicketEventsDocument, { ticket: walk.ticketId });
  const intake = async (name: string) => {
    await walk.complete('receive-inbound-communication', { Channel: 'Phone', Customer_Name: name });
    await walk.complete('identify-issue-or-question', { Issue_or_Question_Description: 'signing in' });
    await walk.complete('assign-support-team-member', { Support_Team: walk.team('First line') });
    await walk.complete('review-customer-history');
    await walk.complete('create-case-or-ticket', { Case_Priority: 'Low' });
  };
  expect((await replayed(walk.ticketId)).steps['receive-inbound-communication']).toMatchObject({
    phase: 'READY',
    attempt: 1,
  });
  await intake('Somebody');
  await walk.complete('research-issue', { Research_Resources: ['Knowledge Base'] });
  await walk.reject('approval-customer-information-verification', lead, 'That was somebody else.');
  expect((await replayed(walk.ticketId)).steps).toMatchObject({
    'receive-inbound-communication': {
      phase: 'READY',
      attempt: 2,
      returned: true,
      answers: { Channel: 'Phone', Customer_Name: 'Somebody' },
    },
    'research-issue': { outcome: null, attempt: 2, returned: false, completedBy: null },
    'approval-customer-information-verification': { attempt: 2, decisions: {}, votes: {} },
  });

  await intake('Casey Customer');
  await walk.skip('research-issue', 'Known already.');
  await walk.approve('approval-customer-information-verification', lead);
  const { steps } = await replayed(walk.ticketId);
  expect(steps).toMatchObject({
    'receive-inbound-communication': { outcome: 'COMPLETED', answers: { Customer_Name: 'Casey Customer' } },
    'research-issue': {
      outcome: 'SKIPPED',
      skipReason: 'Known already.',
      answers: { Research_Resources: ['Knowledge Base'] },
    },
  });
  const approved = steps['approval-customer-information-verification'];
  expect(approved?.outcome).toBe('COMPLETED');
  expect(Object.values(approved?.decisions ?? {})).toMatchObject([{ verdict: 'APPROVED', comment: null }]);

  // Answers and words are in the log now, and are nothing that a customer is told.
  const open = (await stream(walk.ticketId)).filter(({ visibility }) => visibility === 'PUBLIC');
  const ofRuns = open.filter(({ data }) => 'runId' in data);
  expect([...new Set(ofRuns.map(({ type }) => type))]).toEqual(['STEP_CHANGED']);
  expect(ofRuns.filter(({ data }) => 'answers' in data || 'by' in data)).toEqual([]);
  await walk.complete('determine-solution-or-answer', { Solution_or_Answer: 'Reset the password' });
  await walk.complete('communicate-solution-or-answer');
  const told = await seen.takeUntil(({ ticketEvents }) => ticketEvents.detail.__typename === 'MessageAdded');
  const kinds = new Set(told.map(({ ticketEvents }) => ticketEvents.detail.__typename));
  expect(
    [...kinds].filter((kind) => !['StepChanged', 'TicketChanged', 'MessageAdded'].includes(kind)),
  ).toEqual([]);
  await seen.close();
});

test('votes that are given and withdrawn, and a step that is opened again', async () => {
  const run = await Case.open(desk, 'replayed');
  const staff = await desk.as(at('manager'));
  const seen = await staff.subscribe(TicketEventsDocument, { ticket: run.ticketId });
  const votes = async () => (await replayed(run.ticketId)).steps.ok?.votes;
  await run.complete('a', 'second', 1, [{ field: 'Cause', value: 'Dust' }]);
  await run.complete('b', 'second');
  await run.decide('ok', 'manager', { subjects: ['a'] });
  expect(await votes()).toMatchObject({ a: [{ by: expect.any(String) }] });
  const input = { stepId: run.step('ok').id, subject: 'a', comment: 'Too fast.' };
  expect(run.take((await staff.ask(WithdrawDecisionDocument, { input })).withdrawDecision)).toBeUndefined();
  expect(await votes()).toEqual({});

  await run.decide('ok', 'manager');
  await run.decide('ok', 'boss', { comment: 'Go on.' });
  expect(run.phases).toBe('a:COMPLETED b:COMPLETED ok:COMPLETED c:READY');
  const decided = (await replayed(run.ticketId)).steps.ok;
  expect(decided).toMatchObject({
    outcome: 'COMPLETED',
    decisions: { a: { comment: 'Go on.' }, b: { comment: 'Go on.' } },
  });
  expect([decided?.votes.a?.length, decided?.votes.b?.length]).toEqual([2, 2]);

  const again = { stepId: run.step('a').id, mode: ReopenMode.KEEP, reason: 'A typo.' };
  expect(run.take((await staff.ask(ReopenStepDocument, { input: again })).reopenStep)).toBeUndefined();
  const { a, ok } = (await replayed(run.ticketId)).steps;
  expect(a).toMatchObject({ outcome: null, attempt: 2, answers: { Cause: 'Dust' } });
  expect([Object.keys(ok?.decisions ?? {}), Object.keys(ok?.votes ?? {})]).toEqual([['b'], ['b']]);

  // Staff hear what was done, and on which step.
  const events = await seen.takeUntil(
    ({ ticketEvents: { detail } }) =>
      detail.__typename === 'DeskActivity' && detail.what === 'DECISIONS_LAPSED',
  );
  const details = events.map(({ ticketEvents: { detail } }) => detail);
  expect(details).toContainEqual({ __typename: 'StepCompleted', key: 'a', attempt: 1, step: { title: 'a' } });
  expect(details.slice(-3)).toMatchObject([
    { what: 'STEP_REOPENED', subjectId: run.step('a').id },
    { what: 'ATTEMPT_OPENED', subjectId: run.step('ok').id },
    { what: 'DECISIONS_LAPSED', subjectId: run.step('ok').id },
  ]);
  await seen.close();
});

test('a run that went over to another version', async () => {
  const text = (key: string) => ({ key, label: key, type: 'SHORT_TEXT' as const });
  const moving = await following(
    desk,
    task('look', { fields: [text('Seen'), text('Weather')] }),
    approval('ok', ['look']),
    task('mend'),
  );
  await moving.complete('look', { Seen: 'A crack', Weather: 'Rain' });
  await moving.approve('ok');
  const second = await moving.editor.release(
    task('look', { fields: [text('Seen')] }),
    task('order'),
    approval('ok', ['look', 'order']),
    task('mend'),
  );
  const plan = await moving.plan(second);
  expect((await moving.migrate(second, plan.planHash as string, ['Weather'])).userErrors).toEqual([]);
  const { steps } = await replayed(moving.ticketId);
  expect(Object.keys(steps)).toEqual(['look', 'order', 'ok', 'mend']);
  expect(steps).toMatchObject({ look: { answers: { Seen: 'A crack' } }, ok: { attempt: 2, outcome: null } });
  await moving.complete('order');
  await moving.approve('ok');
  await moving.complete('mend');
  expect((await replayed(moving.ticketId)).phase).toBe('COMPLETED');
});
