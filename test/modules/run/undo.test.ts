import { describe, expect, it } from '@jest/globals';
import type { ReportKind } from '../../../src/modules/process/effect.definition.js';
import { ReopenMode } from '../../../src/modules/run/run.state.js';
import { approval, FACTS, faultsBy, NOTE, Play, processOf, task } from './definitions.js';

const withdraw = (play: Play, subject = 'a', by = 'boss', comment = 'Too fast.') =>
  play.do({ type: 'WITHDRAW', step: 'ok', subject, comment, by });
const reopen = (
  play: Play,
  step: string,
  mode = ReopenMode.KEEP,
  archived: ReportKind[] = [],
  reason = 'Wrong.',
) => play.do({ type: 'REOPEN', step, mode, reason, archived, by: 'lead' });

const three = () =>
  new Play(processOf(task('a'), task('b'), approval('ok', ['a', 'b']), task('c'), task('d')))
    .complete('a', { x: 1 })
    .complete('b');

describe('withdrawing', () => {
  it('opens the subject and the approval again in the same attempt, and tells it', () => {
    const play = withdraw(three().approve('ok'));
    play.expectPhases('a:COMPLETED b:COMPLETED ok:READY c:WAITING d:WAITING');
    expect(play.run.steps.ok).toMatchObject({
      completedBy: null,
      votes: { b: [{ by: 'boss', of: 'boss' }] },
    });
    expect(Object.keys(play.run.steps.ok?.decisions ?? {})).toEqual(['b']);
    expect(play.last.events.map(({ type }) => type)).toEqual([
      'DECISION_WITHDRAWN',
      'STEP_CHANGED',
      'STEP_CHANGED',
    ]);
    play.approve('ok', ['a'], 'eve').expectPhases('a:COMPLETED b:COMPLETED ok:COMPLETED c:READY d:WAITING');
  });

  it('takes back a single vote while the approval is open', () => {
    const play = withdraw(three().approve('ok', ['a']));
    expect(play.run.steps.ok).toMatchObject({ decisions: {}, votes: {} });
  });

  it('is refused once something after it is done, which the message names', () => {
    const play = three().approve('ok').complete('c');
    const [fault] = faultsBy(() => withdraw(play));
    expect(fault).toMatchObject({ code: 'UNDO_BLOCKED', message: expect.stringContaining('"c"') });
  });

  it('is refused once it has had effects', () => {
    const play = new Play(processOf(task('a'), approval('ok', ['a'], { effects: [NOTE] }), task('c')));
    play.complete('a').approve('ok');
    expect(faultsBy(() => withdraw(play))[0]?.message).toContain('ADD_NOTE');
  });

  it('is for whose word it is, needs a comment, and does not reach a rejection', () => {
    const play = three().approve('ok', ['a']);
    expect(play.refusal(() => withdraw(play, 'a', 'eve'))).toBe('NOT_FOUND input.subject');
    expect(play.refusal(() => withdraw(play, 'b'))).toBe('NOT_FOUND input.subject');
    expect(play.refusal(() => withdraw(play, '__proto__'))).toBe('NOT_FOUND input.subject');
    expect(play.refusal(() => withdraw(play, 'a', 'boss', ' '))).toBe('REQUIRED input.comment');
    play.reject('ok', ['b']);
    expect(play.refusal(() => withdraw(play, 'b'))).toBe('NOT_FOUND input.subject');
  });
});

describe('reopening', () => {
  it('KEEP opens the step alone; approvals lose their decision on it and wait anew', () => {
    const play = reopen(three().approve('ok').complete('c'), 'a');
    play.expectPhases('a:READY#2 b:COMPLETED ok:WAITING#2 c:COMPLETED d:WAITING');
    expect(play.run.steps.a).toMatchObject({ outcome: null, answers: { x: 1 }, returned: false });
    expect(Object.keys(play.run.steps.ok?.decisions ?? {})).toEqual(['b']);
    expect(play.last.events[0]).toEqual({
      type: 'STEP_REOPENED',
      step: 'a',
      mode: 'KEEP',
      reason: 'Wrong.',
      by: 'lead',
      attempt: 2,
    });
    play
      .complete('a')
      .approve('ok')
      .expectPhases('a:COMPLETED#2 b:COMPLETED ok:COMPLETED#2 c:COMPLETED d:READY');
  });

  it('REDO has everything after it done anew, approvals whole', () => {
    const play = reopen(three().approve('ok').complete('c'), 'b', ReopenMode.REDO);
    play.expectPhases('a:COMPLETED b:READY#2 ok:WAITING#2 c:WAITING#2 d:WAITING');
    expect(play.run.steps.ok).toMatchObject({ decisions: {}, votes: {} });
  });

  it('takes decisions on it out of an approval that is still open', () => {
    const play = reopen(three().approve('ok', ['a', 'b'].slice(0, 1)), 'a');
    play.expectPhases('a:READY#2 b:COMPLETED ok:WAITING c:WAITING d:WAITING');
    expect(play.run.steps.ok).toMatchObject({ decisions: {}, votes: {} });
  });

  it('opens what was skipped', () => {
    const play = new Play(processOf(task('a', { optional: true }), task('b'))).skip('a');
    reopen(play, 'a').expectPhases('a:READY#2 b:WAITING');
  });

  it('is refused for approvals, what is not done, a blank reason, and a run that is over', () => {
    const play = three().approve('ok');
    expect(play.refusal(() => reopen(play, 'ok'))).toBe('INVALID_TRANSITION input.stepId');
    expect(play.refusal(() => reopen(play, 'c'))).toBe('INVALID_TRANSITION input.stepId');
    expect(play.refusal(() => reopen(play, 'a', ReopenMode.KEEP, [], ' '))).toBe('REQUIRED input.reason');
    play.complete('c').complete('d');
    expect(play.refusal(() => reopen(play, 'a'))).toBe('INVALID_TRANSITION -');
  });

  it('is refused when an archived report hangs on what would be done again', () => {
    const draft = { kind: 'DRAFT_REPORT', report: 'SERVICE', field: 'x' } as const;
    const play = new Play(processOf(task('a'), task('b', { effects: [draft] }), task('c')));
    play.complete('a').complete('b');
    expect(play.refusal(() => reopen(play, 'b', ReopenMode.KEEP, ['SERVICE']))).toBe(
      'UNDO_BLOCKED input.stepId',
    );
    expect(play.refusal(() => reopen(play, 'a', ReopenMode.REDO, ['SERVICE']))).toBe(
      'UNDO_BLOCKED input.stepId',
    );
    expect(reopen(play, 'b', ReopenMode.KEEP, ['FINAL']).run.steps.b?.phase).toBe('READY');
    reopen(play.complete('b'), 'a', ReopenMode.KEEP, ['SERVICE']).expectPhases(
      'a:READY#2 b:COMPLETED#2 c:READY',
    );
  });

  it('is refused while the ticket is closed by it or by a later step', () => {
    const close = { kind: 'CLOSE_TICKET', subject: '', body: '' } as const;
    const play = new Play(processOf(task('a'), task('b', { effects: [close] }), task('c')));
    play.complete('a').complete('b');
    play.facts = { ...FACTS, status: 'CLOSED' };
    for (const step of ['a', 'b'])
      expect(play.refusal(() => reopen(play, step))).toBe('UNDO_BLOCKED input.stepId');
    play.facts = { ...FACTS, status: 'OPEN' };
    reopen(play, 'a').expectPhases('a:READY#2 b:COMPLETED c:READY');
  });
});
