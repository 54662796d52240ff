import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ProcessDefinition, StepDefinition } from '../../../src/modules/process/process.definition.js';
import { faultsOf } from '../../../src/modules/process/process.rules.js';
import { type MigrationPlan, planMigration } from '../../../src/modules/run/migration-plan.rules.js';
import { replay } from '../../../src/modules/run/replay.rules.js';
import { apply, settle, start } from '../../../src/modules/run/run.machine.js';
import {
  type Command,
  RunPhase,
  type RunState,
  StepPhase,
  type StepState,
  Verdict,
} from '../../../src/modules/run/run.state.js';
import { DomainError } from '../../../src/platform/errors.js';
import { type Act, acts, definitions, doing } from './arbitraries.js';
import { FACTS, frozen, logged } from './definitions.js';
import { type Edit, editedDefinition, edits, withFields } from './edits.js';
import { checkSound } from './invariants.js';

const VERSIONS = { fromVersion: 1, toVersion: 2 };

function played(definition: ProcessDefinition, list: Act[]): RunState {
  let run = start(definition, 'requester', FACTS).run;
  for (const entry of list) {
    const act = doing(definition, run, entry);
    try {
      run =
        'command' in act
          ? apply(definition, run, act.command, FACTS).run
          : settle(definition, run, FACTS).run;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
    }
  }
  return run;
}

interface Case {
  from: ProcessDefinition;
  to: ProcessDefinition;
  run: RunState;
  plan: MigrationPlan;
}

/** A run somewhere on its way, an edited version of what it follows, and the way there; null for one that is over. */
function migrated(definition: ProcessDefinition, list: Act[], changes: Edit[]): Case | null {
  const from = frozen(withFields(definition));
  const run = frozen(played(from, list));
  if (run.phase !== RunPhase.ACTIVE) return null;
  const to = frozen(editedDefinition(from, changes));
  return { from, to, run, plan: planMigration({ ...VERSIONS, from, to, run, drafts: {}, facts: FACTS }) };
}

function onEach(check: (of: Case) => void, numRuns: number): void {
  fc.assert(
    fc.property(definitions, acts, edits, (definition, list, changes) => {
      const made = migrated(definition, list, changes);
      if (made) check(made);
    }),
    { numRuns },
  );
}

/** What a willing person who has had no part in the run does next. */
function nextStep(definition: ProcessDefinition, run: RunState): Command {
  const step = definition.steps.find(({ key }) => run.steps[key]?.phase === StepPhase.READY);
  if (!step) throw new Error('Nothing is READY.');
  if (step.kind === 'TASK') return { type: 'COMPLETE', step: step.key, answers: {}, by: 'willing' };
  return {
    type: 'DECIDE',
    step: step.key,
    subjects: null,
    verdict: Verdict.APPROVED,
    comment: null,
    by: 'judge',
    approvers: [{ id: 'judge', deputies: [], actsWith: [] }],
  };
}

/** A step that both versions have, as it was and as it is. */
function checkKept(step: StepDefinition, { run, plan }: Case): void {
  const [was, is] = [run.steps[step.key] as StepState, plan.outcome.run.steps[step.key] as StepState];
  const lost = plan.lost.filter((one) => one.step === step.key).map(({ field }) => field);
  const reopened = plan.steps.some(({ key, fate }) => key === step.key && fate === 'REOPENED');
  expect(is.attempt).toBe(was.attempt + (reopened ? 1 : 0));
  expect(is.outcome).toBe(reopened ? null : was.outcome);
  expect([is.returned, is.skipReason]).toEqual([was.returned, reopened ? null : was.skipReason]);
  const kept = Object.entries(was.answers).filter(([key]) => !lost.includes(key));
  expect(is.answers).toEqual(Object.fromEntries(kept));
  const subjects = step.kind === 'APPROVAL' ? step.approval.subjects : [];
  const decided = Object.entries(was.decisions).filter(([subject]) => subjects.includes(subject));
  expect(is.decisions).toEqual(Object.fromEntries(decided));
}

describe('whatever is edited, a run that goes over', () => {
  it('loses nothing of a kept step but what the plan names', () => {
    onEach((made) => {
      const { from, to, run, plan } = made;
      for (const step of to.steps)
        if (from.steps.some(({ key, kind }) => key === step.key && kind === step.kind)) checkKept(step, made);
      for (const { step, field, value } of plan.lost) expect(run.steps[step]?.answers[field]).toEqual(value);
    }, 1_000);
  });

  it('can move or is finished, and comes to its end in the new version', () => {
    onEach(({ to, plan }) => {
      let { run } = plan.outcome;
      expect(Object.keys(run.steps)).toEqual(to.steps.map(({ key }) => key));
      checkSound(to, run);
      for (let left = to.steps.length; run.phase === RunPhase.ACTIVE && left > 0; left -= 1)
        run = apply(to, run, nextStep(to, run), FACTS).run;
      expect(run.phase).toBe(RunPhase.COMPLETED);
    }, 1_000);
  });

  it('has no effects, tells every step that moves, and plans the same twice', () => {
    onEach(({ from, to, run, plan }) => {
      expect(plan.outcome.effects).toEqual([]);
      expect(planMigration({ ...VERSIONS, from, to, run, drafts: {}, facts: FACTS })).toEqual(plan);
      const told = plan.outcome.events.flatMap((event) =>
        event.type === 'STEP_CHANGED' ? [event.step] : [],
      );
      const moved = plan.steps.filter(
        ({ before, after }) => after && (before?.phase ?? 'WAITING') !== after.phase,
      );
      expect(told).toEqual(moved.map(({ key }) => key));
    }, 500);
  });

  it('is what its events make of it', () => {
    onEach(({ run, plan }) => {
      expect(replay(logged(plan.outcome.events), run)).toEqual(plan.outcome.run);
    }, 1_000);
  });

  it('stays as it is where nothing is edited', () => {
    fc.assert(
      fc.property(definitions, acts, (definition, list) => {
        const made = migrated(definition, list, []);
        if (!made) return;
        expect(made.plan.lost).toEqual([]);
        const steps = made.to.steps.map(({ key }) => key);
        const events = [{ type: 'RUN_MIGRATED', ...VERSIONS, steps, added: [], lost: [] }];
        expect(made.plan.outcome).toEqual({ run: made.run, effects: [], events });
      }),
      { numRuns: 300 },
    );
  });

  it('really meets what it is meant to meet', () => {
    const met = new Set<string>();
    fc.assert(
      fc.property(definitions, acts, edits, (definition, list, changes) => {
        const made = migrated(definition, list, changes);
        if (!made) return;
        const named = faultsOf(made.to).map(({ path }) => path[2]);
        expect(named.filter((part) => part === 'after' || part === 'approval')).toEqual([]);
        for (const { fate } of made.plan.steps) met.add(fate);
        for (const { reason } of made.plan.lost) met.add(reason);
        met.add(made.plan.outcome.run.phase);
      }),
      { numRuns: 500, seed: 7 },
    );
    expect([...met].sort()).toEqual(
      [
        'ACTIVE',
        'ADDED',
        'COMPLETED',
        'FIELD_REMOVED',
        'KEPT',
        'NO_LONGER_FITS',
        'REMOVED',
        'REOPENED',
        'STEP_REMOVED',
      ].sort(),
    );
  });
});
