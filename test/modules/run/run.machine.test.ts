import { describe, expect, it } from '@jest/globals';
import { closingGates } from '../../../src/modules/run/closing.rules.js';
import { formOf } from '../../../src/modules/run/phase.rules.js';
import { settle } from '../../../src/modules/run/run.machine.js';
import { RunPhase } from '../../../src/modules/run/run.state.js';
import { approval, FACTS, Play, processOf, task } from './definitions.js';

const note = { kind: 'ADD_NOTE', body: 'noted' } as const;
const close = { kind: 'CLOSE_TICKET', subject: '', body: '' } as const;
const high = [[{ ticket: 'priority', operator: 'IS', value: 'HIGH' }]] as const;
const whenHigh = { when: high.map((all) => [...all]) };

describe('starting', () => {
  it('opens the first step and tells what changed from WAITING', () => {
    const play = new Play(processOf(task('a'), task('b'))).expectPhases('a:READY b:WAITING');
    expect(play.last.events).toEqual([
      { type: 'RUN_STARTED', by: 'requester', steps: ['a', 'b'] },
      { type: 'STEP_CHANGED', step: 'a', from: 'WAITING', to: 'READY', attempt: 1 },
    ]);
  });

  it('opens every step that follows nothing', () => {
    new Play(processOf(task('a'), task('b', { after: [] }), task('c', { after: ['a', 'b'] })))
      .expectPhases('a:READY b:READY c:WAITING')
      .complete('b')
      .expectPhases('a:READY b:COMPLETED c:WAITING')
      .complete('a')
      .expectPhases('a:COMPLETED b:COMPLETED c:READY');
  });

  it('is over at once when everything is hidden', () => {
    const play = new Play(processOf(task('a', whenHigh)));
    expect(play.run.phase).toBe('COMPLETED');
    expect(play.last.events.at(-1)).toEqual({ type: 'RUN_COMPLETED' });
  });
});

describe('completing', () => {
  it('hands out the effects in order, with the form, and ends the run after the last step', () => {
    const effects = [note, { kind: 'INVITE_SURVEY' } as const];
    const play = new Play(processOf(task('a'), task('b', { effects }))).complete('a', { x: 1 });
    expect(play.last.effects).toEqual([]);
    play.complete('b', { y: 'z' }, 'other');
    const form = { x: 1, y: 'z' };
    expect(play.last.effects).toEqual(effects.map((effect) => ({ step: 'b', effect, form })));
    expect(play.last.events).toEqual([
      { type: 'STEP_COMPLETED', step: 'b', attempt: 1, answers: { y: 'z' }, by: 'other' },
      { type: 'STEP_CHANGED', step: 'b', from: 'READY', to: 'COMPLETED', attempt: 1 },
      { type: 'RUN_COMPLETED' },
    ]);
    expect(play.run).toMatchObject({ phase: 'COMPLETED', steps: { b: { completedBy: 'other' } } });
    expect(formOf(play.definition, play.run)).toEqual(form);
  });

  it('is refused before its time, twice, on approvals and on steps that do not exist', () => {
    const play = new Play(processOf(task('a'), task('b'), approval('ok', ['b']), task('c', whenHigh)));
    expect(play.refusal((run) => run.complete('b'))).toBe('STEP_NOT_READY -');
    expect(play.refusal((run) => run.complete('c'))).toBe('STEP_NOT_READY -');
    expect(play.refusal((run) => run.complete('ok'))).toBe('STEP_NOT_READY -');
    expect(play.refusal((run) => run.complete('nowhere'))).toBe('NOT_FOUND -');
    expect(play.refusal((run) => run.complete('__proto__'))).toBe('NOT_FOUND -');
    play.complete('a');
    expect(() => play.complete('a')).toThrow('completed already');
  });

  it('goes by the facts of now, not by the phases of last time', () => {
    const play = new Play(processOf(task('a', { ...whenHigh, gate: true }), task('b')));
    play.expectPhases('a:HIDDEN b:READY').facts.priority = 'HIGH';
    expect(play.refusal((run) => run.complete('b'))).toBe('STEP_NOT_READY -');
    play.complete('a').expectPhases('a:COMPLETED b:READY');
    expect(play.last.events[1]).toMatchObject({ step: 'a', from: 'HIDDEN', to: 'COMPLETED' });
  });
});

describe('skipping', () => {
  it('passes an optional step with a reason and without its effects or answers', () => {
    const play = new Play(processOf(task('a', { optional: true, effects: [note] }), task('b')));
    play.skip('a', 'none left', 'w').expectPhases('a:SKIPPED b:READY');
    expect(play.run.steps.a).toMatchObject({ outcome: 'SKIPPED', skipReason: 'none left', completedBy: 'w' });
    expect(play.last.events[0]).toEqual({
      type: 'STEP_SKIPPED',
      step: 'a',
      attempt: 1,
      reason: 'none left',
      by: 'w',
    });
    expect(play.last.effects).toEqual([]);
  });

  it('needs a reason, an optional step, and its turn', () => {
    const play = new Play(
      processOf(
        task('a', { optional: true }),
        task('b'),
        task('c', { optional: true }),
        approval('ok', ['a']),
      ),
    );
    expect(play.refusal((run) => run.skip('a', ' \n'))).toBe('REQUIRED input.reason');
    expect(play.refusal((run) => run.skip('b'))).toBe('INVALID_TRANSITION -');
    expect(play.refusal((run) => run.skip('ok'))).toBe('INVALID_TRANSITION -');
    expect(play.refusal((run) => run.skip('c'))).toBe('STEP_NOT_READY -');
    expect(play.skip('a').refusal((run) => run.skip('a'))).toBe('STEP_NOT_READY -');
  });
});

describe('gates', () => {
  it('hold back also what does not follow them', () => {
    new Play(processOf(task('a'), task('gate', { gate: true }), task('free', { after: [] })))
      .expectPhases('a:READY gate:WAITING free:WAITING')
      .complete('a')
      .expectPhases('a:COMPLETED gate:READY free:WAITING')
      .complete('gate')
      .expectPhases('a:COMPLETED gate:COMPLETED free:READY');
  });

  it('do not hold back what comes before them', () => {
    const play = new Play(
      processOf(task('a'), task('b', { after: [] }), approval('ok', ['a'], { after: ['a'] })),
    );
    play.complete('a').expectPhases('a:COMPLETED b:READY ok:READY');
  });

  it('make an approval wait for its subjects, wherever it stands', () => {
    const play = new Play(
      processOf(task('a'), task('b', { after: [] }), approval('ok', ['b'], { after: ['a'] })),
    );
    play.complete('a').expectPhases('a:COMPLETED b:READY ok:WAITING').complete('b');
    play.expectPhases('a:COMPLETED b:COMPLETED ok:READY');
  });
});

describe('hidden steps', () => {
  const definition = processOf(
    task('a'),
    task('b', { when: [[{ form: 'x', operator: 'IS', value: 'yes' }]] }),
    approval('ok', ['b']),
    task('c'),
  );

  it('block nothing, and take their approval with them', () => {
    const play = new Play(definition).expectPhases('a:READY b:HIDDEN ok:HIDDEN c:WAITING');
    play.complete('a', { x: 'no' }).expectPhases('a:COMPLETED b:HIDDEN ok:HIDDEN c:READY');
    new Play(definition).complete('a', { x: 'yes' }).expectPhases('a:COMPLETED b:READY ok:WAITING c:WAITING');
  });

  it('are not overtaken: what follows them still waits for what comes before', () => {
    new Play(processOf(task('a'), task('b', whenHigh), task('c'))).expectPhases('a:READY b:HIDDEN c:WAITING');
  });

  it('keep outcome and answers, get them back, and count for nothing meanwhile', () => {
    const later = { when: [[{ form: 'y', operator: 'HAS_VALUE' as const }]] };
    const play = new Play(
      processOf(task('a', whenHigh), task('b', { after: [] }), task('c', later), task('d')),
      {
        priority: 'HIGH',
      },
    );
    play.complete('a', { y: 1 }).expectPhases('a:COMPLETED b:READY c:WAITING d:WAITING');
    const low = settle(play.definition, play.run, FACTS);
    expect(low.run.steps).toMatchObject({ a: { phase: 'HIDDEN', outcome: 'COMPLETED', answers: { y: 1 } } });
    expect(low.run.steps.c?.phase).toBe('HIDDEN');
    expect(formOf(play.definition, low.run)).toEqual({});
    expect(low.effects).toEqual([]);
    expect(settle(play.definition, low.run, play.facts).run).toEqual(play.run);
  });

  it('end the run when nothing else was left', () => {
    const play = new Play(processOf(task('a'), task('b', whenHigh)), { priority: 'HIGH' }).complete('a');
    const { run, events } = settle(play.definition, play.run, FACTS);
    expect(run.phase).toBe('COMPLETED');
    expect(events).toEqual([
      { type: 'STEP_CHANGED', step: 'b', from: 'READY', to: 'HIDDEN', attempt: 1 },
      { type: 'RUN_COMPLETED' },
    ]);
    expect(settle(play.definition, run, play.facts)).toEqual({ run, effects: [], events: [] });
  });
});

describe('cancelling', () => {
  it('ends the run where it stands; then nothing changes it any more', () => {
    const play = new Play(processOf(task('a'), task('b'))).do({ type: 'CANCEL', by: 'boss' });
    expect(play.run.phase).toBe(RunPhase.CANCELLED);
    expect(play.last.events).toEqual([{ type: 'RUN_CANCELLED', by: 'boss' }]);
    play.expectPhases('a:READY b:WAITING');
    expect(play.refusal((run) => run.complete('a'))).toBe('INVALID_TRANSITION -');
    expect(play.refusal((run) => run.do({ type: 'CANCEL', by: 'boss' }))).toBe('INVALID_TRANSITION -');
    expect(settle(play.definition, play.run, FACTS).events).toEqual([]);
  });

  it('is refused when the run is complete', () => {
    const play = new Play(processOf(task('a'))).complete('a');
    expect(play.refusal((run) => run.do({ type: 'CANCEL', by: 'boss' }))).toBe('INVALID_TRANSITION -');
  });
});

describe('closingGates', () => {
  const steps = [task('a'), approval('ok', ['a']), task('b', { effects: [close] }), approval('end', ['b'])];

  it('names the undone gates before the closing step, until the ticket is closed by it', () => {
    const play = new Play(processOf(...steps));
    expect(closingGates(play.definition, play.run)).toEqual(['ok']);
    play.complete('a').approve('ok');
    expect(closingGates(play.definition, play.run)).toEqual([]);
    play.complete('b');
    expect(closingGates(play.definition, play.run)).toEqual([]);
  });

  it('names all of them when the process closes nothing', () => {
    const play = new Play(processOf(task('a', { gate: true }), task('b'), approval('end', ['b'])));
    expect(closingGates(play.definition, play.run)).toEqual(['a', 'end']);
    play.complete('a');
    expect(closingGates(play.definition, play.run)).toEqual(['end']);
  });

  it('leaves out hidden gates, and holds up nothing once the run is over', () => {
    const hidden = new Play(processOf(task('a', { ...whenHigh, gate: true }), ...steps.slice(2)));
    expect(closingGates(hidden.definition, hidden.run)).toEqual([]);
    const cancelled = new Play(processOf(...steps)).do({ type: 'CANCEL', by: 'boss' });
    expect(closingGates(cancelled.definition, cancelled.run)).toEqual([]);
  });

  it('goes by the branch that is shown when several close', () => {
    const play = new Play(
      processOf(
        task('x', { ...whenHigh, effects: [close] }),
        task('gate', { gate: true }),
        task('y', { effects: [close] }),
      ),
    );
    expect(closingGates(play.definition, play.run)).toEqual(['gate']);
  });
});
