import { describe, expect, it } from '@jest/globals';
import { approval, FACTS, NOTE, Play, processOf, task, twoSubjects } from './definitions.js';

describe('rejecting', () => {
  it('KEEP returns the subject alone; the approval waits for it and keeps what was approved', () => {
    const play = twoSubjects().approve('ok', ['c']).reject('ok', ['a']);
    play.expectPhases('a:READY#2 b:COMPLETED c:COMPLETED ok:WAITING#2 d:WAITING');
    expect(play.run.steps.a).toMatchObject({
      outcome: null,
      returned: true,
      answers: { x: 1 },
      completedBy: null,
      decisions: {},
    });
    expect(Object.keys(play.run.steps.ok?.decisions ?? {})).toEqual(['c']);
    expect(play.last.events).toEqual([
      {
        type: 'APPROVAL_DECIDED',
        step: 'ok',
        subject: 'a',
        verdict: 'REJECTED',
        comment: 'Not yet.',
        by: 'boss',
        attempt: 1,
        subjectAttempt: 1,
        inNameOf: null,
        final: true,
        again: false,
      },
      { type: 'ATTEMPT_OPENED', step: 'a', attempt: 2, returned: true },
      { type: 'ATTEMPT_OPENED', step: 'ok', attempt: 2, returned: false },
      { type: 'DECISIONS_LAPSED', step: 'ok', subjects: ['a'] },
      { type: 'STEP_CHANGED', step: 'a', from: 'COMPLETED', to: 'READY', attempt: 2 },
      { type: 'STEP_CHANGED', step: 'ok', from: 'READY', to: 'WAITING', attempt: 2 },
    ]);
    play.complete('a', { x: 2 }).expectPhases('a:COMPLETED#2 b:COMPLETED c:COMPLETED ok:READY#2 d:WAITING');
    expect(play.run.steps.a?.returned).toBe(false);
    play.approve('ok');
    expect(play.last.events[0]).toMatchObject({ subject: 'a', attempt: 2, subjectAttempt: 2 });
    play.expectPhases('a:COMPLETED#2 b:COMPLETED c:COMPLETED ok:COMPLETED#2 d:READY');
  });

  it('REDO sends back also what was done in between, and the approvals given to it', () => {
    const play = twoSubjects('REDO').approve('ok', ['c']).reject('ok', ['a']);
    play.expectPhases('a:READY#2 b:WAITING#2 c:WAITING#2 ok:WAITING#2 d:WAITING');
    expect(play.run.steps.ok?.decisions).toEqual({});
    expect(play.run.steps.c).toMatchObject({ returned: false, completedBy: null });
  });

  it('REDO leaves alone what lies before the subject', () => {
    twoSubjects('REDO')
      .reject('ok', ['c'])
      .expectPhases('a:COMPLETED b:COMPLETED c:READY#2 ok:WAITING#2 d:WAITING');
  });

  it('REDO has an approval in between decided anew, also on a subject that stays as it is', () => {
    const steps = [task('a'), task('b'), approval('mid', ['a']), approval('ok', ['b'], { onReject: 'REDO' })];
    const play = new Play(processOf(...steps)).complete('a').complete('b').approve('mid').reject('ok');
    play.expectPhases('a:COMPLETED b:READY#2 mid:WAITING#2 ok:WAITING#2').complete('b');
    expect(play.run.steps.mid?.decisions).toEqual({});
    expect(play.approve('mid').last.events[0]).toMatchObject({ subject: 'a', attempt: 2, subjectAttempt: 1 });
  });

  it('of several returns all, each open at once', () => {
    twoSubjects().reject('ok').expectPhases('a:READY#2 b:COMPLETED c:READY#2 ok:WAITING#2 d:WAITING');
    twoSubjects('REDO').reject('ok').expectPhases('a:READY#2 b:WAITING#2 c:READY#2 ok:WAITING#2 d:WAITING');
  });

  it('opens a returned step although what it follows is undone, but not through a gate', () => {
    const steps = [
      task('a'),
      task('b'),
      approval('mid', ['b']),
      task('c'),
      approval('ok', ['a', 'c'], { onReject: 'REDO' }),
    ];
    const play = new Play(processOf(...steps))
      .complete('a')
      .complete('b')
      .approve('mid')
      .complete('c')
      .reject('ok');
    play
      .expectPhases('a:READY#2 b:WAITING#2 mid:WAITING#2 c:WAITING#2 ok:WAITING#2')
      .complete('a')
      .complete('b');
    play.expectPhases('a:COMPLETED#2 b:COMPLETED#2 mid:READY#2 c:WAITING#2 ok:WAITING#2').approve('mid');
    play.expectPhases('a:COMPLETED#2 b:COMPLETED#2 mid:COMPLETED#2 c:READY#2 ok:WAITING#2');
  });

  it('skipped steps in between are redone too, and a skipped subject is decided like any other', () => {
    const steps = [
      task('a'),
      task('b', { optional: true }),
      approval('ok', ['a', 'b'], { onReject: 'REDO' }),
    ];
    const play = new Play(processOf(...steps)).complete('a').skip('b', 'no need', 'bea');
    expect(play.refusal((run) => run.approve('ok', null, 'bea'))).toBe('SELF_APPROVAL input.subjects');
    play.reject('ok', ['a']).expectPhases('a:READY#2 b:WAITING#2 ok:WAITING#2');
    expect(play.run.steps.b).toMatchObject({ outcome: null, skipReason: null, completedBy: null });
  });
});

describe('SEND_BACK', () => {
  const back = { kind: 'SEND_BACK', field: 'again', to: 'b' } as const;
  const definition = processOf(
    task('a'),
    task('b'),
    approval('ok', ['b']),
    task('c', { optional: true }),
    task('d', { effects: [NOTE, back] }),
    task('e'),
  );
  const upToD = () => new Play(definition).complete('a').complete('b', { v: 1 }).approve('ok').skip('c');

  it('opens a new attempt of everything from its target up to itself when ticked', () => {
    const play = upToD().complete('d', { again: true });
    play.expectPhases('a:COMPLETED b:READY#2 ok:WAITING#2 c:WAITING#2 d:WAITING#2 e:WAITING');
    expect(play.last.effects).toEqual([{ step: 'd', effect: NOTE, form: { v: 1, again: true } }]);
    expect(play.run.steps.b).toMatchObject({ returned: false, answers: { v: 1 } });
    expect(play.run.steps.ok?.decisions).toEqual({});
    expect(play.last.events.map((event) => 'step' in event && `${event.type} ${event.step}`)).toEqual([
      'STEP_COMPLETED d',
      'ATTEMPT_OPENED b',
      'ATTEMPT_OPENED ok',
      'DECISIONS_LAPSED ok',
      'ATTEMPT_OPENED c',
      'ATTEMPT_OPENED d',
      'STEP_CHANGED b',
      'STEP_CHANGED ok',
      'STEP_CHANGED c',
      'STEP_CHANGED d',
    ]);
  });

  it.each([[{ again: false }], [{}]])('does nothing for %j', (answers) => {
    const play = upToD().complete('d', answers);
    play.expectPhases('a:COMPLETED b:COMPLETED ok:COMPLETED c:SKIPPED d:COMPLETED e:READY');
    expect(play.last.effects.map(({ effect }) => effect.kind)).toEqual(['ADD_NOTE']);
  });

  it('goes as far back as the farthest of several', () => {
    const steps = [task('a'), task('b'), task('c', { effects: [back, { ...back, to: 'a' }] })];
    const play = new Play(processOf(...steps)).complete('a').complete('b').complete('c', { again: true });
    play.expectPhases('a:READY#2 b:WAITING#2 c:WAITING#2');
  });

  it('takes back the decisions on what it sends back, where the approval is still open', () => {
    // `mid` was hidden when its subject was decided elsewhere, so `ok` holds a decision that gets outdated.
    const high = { when: [[{ ticket: 'priority' as const, operator: 'IS' as const, value: 'HIGH' }]] };
    const steps = [task('a'), task('b'), approval('mid', ['b'], high), approval('ok', ['a', 'b'])];
    const play = new Play(processOf(...steps)).complete('a').complete('b').approve('ok', ['b']);
    play.facts = { ...FACTS, priority: 'HIGH' };
    play.reject('mid', ['b']);
    expect(play.run.steps.ok?.decisions).toEqual({});
    play.expectPhases('a:COMPLETED b:READY#2 mid:WAITING#2 ok:WAITING');
  });
});
