import { describe, expect, it } from '@jest/globals';
import { settle } from '../../../src/modules/run/run.machine.js';
import { Verdict } from '../../../src/modules/run/run.state.js';
import {
  approval,
  BY_ALL,
  FACTS,
  faultsBy,
  NOTE,
  Play,
  processOf,
  task,
  twoSubjects,
} from './definitions.js';

describe('approving', () => {
  it('of all pending completes the approval, tells each decision, and has its effects', () => {
    const play = twoSubjects()
      .approve('ok')
      .expectPhases('a:COMPLETED b:COMPLETED c:COMPLETED ok:COMPLETED d:READY');
    const decided = {
      type: 'APPROVAL_DECIDED',
      step: 'ok',
      verdict: 'APPROVED',
      comment: null,
      by: 'boss',
      inNameOf: null,
      final: true,
      again: false,
    };
    expect(play.last.events).toEqual([
      { ...decided, subject: 'a', attempt: 1, subjectAttempt: 1 },
      { ...decided, subject: 'c', attempt: 1, subjectAttempt: 1 },
      { type: 'STEP_COMPLETED', step: 'ok', attempt: 1, answers: {}, by: 'boss' },
      { type: 'STEP_CHANGED', step: 'ok', from: 'READY', to: 'COMPLETED', attempt: 1 },
      { type: 'STEP_CHANGED', step: 'd', from: 'WAITING', to: 'READY', attempt: 1 },
    ]);
    expect(play.last.effects).toEqual([{ step: 'ok', effect: NOTE, form: { x: 1, z: 3 } }]);
    expect(play.run.steps.ok).toMatchObject({ outcome: 'COMPLETED', completedBy: 'boss' });
  });

  it('one by one completes it with the last', () => {
    const play = twoSubjects().approve('ok', ['c', 'c'], 'eve');
    play.expectPhases('a:COMPLETED b:COMPLETED c:COMPLETED ok:READY d:WAITING');
    expect(play.last.events).toHaveLength(1);
    expect(play.last.effects).toEqual([]);
    play.approve('ok', ['a']).expectPhases('a:COMPLETED b:COMPLETED c:COMPLETED ok:COMPLETED d:READY');
    expect(play.run.steps.ok?.decisions).toEqual({
      a: { verdict: 'APPROVED', by: 'boss', comment: null },
      c: { verdict: 'APPROVED', by: 'eve', comment: null },
    });
  });
});

describe('deciding is refused', () => {
  const refused = (play: Play, act: (play: Play) => unknown) => play.refusal(act);

  it.each<[string, () => Play, (play: Play) => unknown, string]>([
    ['too early', () => new Play(twoSubjects().definition), (run) => run.approve('ok'), 'STEP_NOT_READY -'],
    ['on a task', twoSubjects, (run) => run.approve('a'), 'STEP_NOT_READY -'],
    ['on nothing', twoSubjects, (run) => run.approve('nowhere'), 'NOT_FOUND -'],
    ['when decided', () => twoSubjects().approve('ok'), (run) => run.reject('ok'), 'ALREADY_DECIDED -'],
    [
      'on a subject that has its decision',
      () => twoSubjects().approve('ok', ['a']),
      (run) => run.reject('ok', ['c', 'a']),
      'ALREADY_DECIDED input.subjects',
    ],
    [
      'when somebody rejected first',
      () => twoSubjects().reject('ok', ['a']),
      (run) => run.approve('ok'),
      'ALREADY_DECIDED -',
    ],
    ['on no subject', twoSubjects, (run) => run.approve('ok', []), 'INVALID_INPUT input.subjects'],
    [
      'on what is no subject',
      twoSubjects,
      (run) => run.approve('ok', ['a', 'b']),
      'INVALID_INPUT input.subjects',
    ],
    [
      'on a hostile key',
      twoSubjects,
      (run) => run.approve('ok', ['__proto__']),
      'INVALID_INPUT input.subjects',
    ],
    [
      'to the requester',
      twoSubjects,
      (run) => run.approve('ok', null, 'requester'),
      'SELF_APPROVAL input.subjects',
    ],
    [
      'to who did one of all',
      twoSubjects,
      (run) => run.approve('ok', null, 'cid'),
      'SELF_APPROVAL input.subjects',
    ],
    [
      'to who did the subject',
      twoSubjects,
      (run) => run.reject('ok', ['a'], 'ann'),
      'SELF_APPROVAL input.subjects',
    ],
  ])('%s', (_name, play, act, refusal) => {
    expect(refused(play(), act)).toBe(refusal);
  });

  it.each([null, '', ' \n\t'])('as a rejection with the comment %j', (comment) => {
    const decide = {
      ...BY_ALL,
      step: 'ok',
      subjects: null,
      verdict: Verdict.REJECTED,
      comment,
      by: 'boss',
    } as const;
    expect(refused(twoSubjects(), (run) => run.do(decide))).toBe('REQUIRED input.comment');
  });

  it('for each subject concerned, not for the others', () => {
    const play = twoSubjects();
    expect(faultsBy(() => play.approve('ok', null, 'requester'))).toHaveLength(2);
    expect(faultsBy(() => play.approve('ok', null, 'ann'))).toHaveLength(1);
    play
      .approve('ok', ['c'], 'ann')
      .approve('ok', ['a'], 'cid')
      .expectPhases('a:COMPLETED b:COMPLETED c:COMPLETED ok:COMPLETED d:READY');
  });
});

describe('hidden subjects', () => {
  const high = { when: [[{ ticket: 'priority' as const, operator: 'IS' as const, value: 'HIGH' }]] };
  const definition = processOf(task('a'), task('b', high), approval('ok', ['a', 'b']));

  it('are left out of all pending, and refused by name', () => {
    const play = new Play(definition).complete('a').expectPhases('a:COMPLETED b:HIDDEN ok:READY');
    expect(play.refusal((run) => run.approve('ok', ['b']))).toBe('INVALID_INPUT input.subjects');
    play.approve('ok').expectPhases('a:COMPLETED b:HIDDEN ok:COMPLETED');
    expect(Object.keys(play.run.steps.ok?.decisions ?? {})).toEqual(['a']);
  });

  it('never strand an approval: what was decided of the others can be confirmed', () => {
    const play = new Play(definition, { priority: 'HIGH' }).complete('a').complete('b').approve('ok', ['a']);
    play.last = settle(definition, play.run, FACTS);
    play.facts = FACTS;
    play.expectPhases('a:COMPLETED b:HIDDEN ok:READY');
    expect(play.refusal((run) => run.reject('ok'))).toBe('ALREADY_DECIDED input.subjects');
    expect(play.refusal((run) => run.approve('ok', null, 'worker'))).toBe('SELF_APPROVAL input.subjects');
    expect(play.approve('ok').run.phase).toBe('COMPLETED');
  });
});
