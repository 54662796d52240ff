/** What becomes of a run when it goes over to another version of its process. Pure. */
import type {
  ApprovalStepDefinition,
  ProcessDefinition,
  StepDefinition,
  TaskDefinition,
} from '../process/process.definition.js';
import { templateFields } from '../process/template.rules.js';
import type { TicketFacts } from './condition.rules.js';
import type { RunEvent, RunMigrated } from './kernel.events.js';
import { type LostAnswer, lostAnswersOf } from './migration-loss.rules.js';
import { derivePhases, type Steps, stateOf } from './phase.rules.js';
import { replay } from './replay.rules.js';
import { anotherAttempt, lapse, withLapses } from './rework.rules.js';
import { type Outcome, settle } from './run.machine.js';
import { type Answers, type RunState, StepPhase, type StepState } from './run.state.js';

/** What becomes of one step. */
export type StepFate =
  | 'KEPT'
  | 'ADDED'
  | 'REMOVED'
  /** Kept, with another attempt to make: the new version asks for more than was done. */
  | 'REOPENED';

/** Answers that were saved of steps before they are completed, by step key. */
export type Drafts = Record<string, Answers>;

export interface PlannedStep {
  key: string;
  title: string;
  fate: StepFate;
  /** Why it is reopened, as a sentence. */
  reason: string | null;
  /** Before and after; null where the step is absent. */
  before: StepState | null;
  after: StepState | null;
}

export interface MigrationPlan {
  /** The steps of the new version in order, then those that are gone. */
  steps: PlannedStep[];
  lost: LostAnswer[];
  drafts: Drafts;
  /** The run as it will be, settled, and what is told of it. It has no effects. */
  outcome: Outcome;
}

/** Everything that a run's way to another version depends on. */
export interface Migration {
  from: ProcessDefinition;
  fromVersion: number;
  to: ProcessDefinition;
  toVersion: number;
  run: RunState;
  drafts: Drafts;
  facts: TicketFacts;
}

const MORE_SUBJECTS = 'The new version has it decide on more, or on work that is reopened.';
const MORE_ANSWERS = 'What follows needs an answer that the new version asks for and nobody gave.';

/** Steps are the same by key and kind. */
function isKept(from: ProcessDefinition, to: StepDefinition): boolean {
  return from.steps.some(({ key, kind }) => key === to.key && kind === to.kind);
}

function without<Value>(values: Record<string, Value>, keys: ReadonlySet<string>): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).filter(([key]) => !keys.has(key)));
}

/** What is told of a run that goes over: which steps it has from then on, and what it leaves behind. */
function goingOver({ from, fromVersion, to, toVersion, run }: Migration, lost: LostAnswer[]): RunEvent[] {
  const migrated: RunMigrated = {
    type: 'RUN_MIGRATED',
    fromVersion,
    toVersion,
    steps: to.steps.map(({ key }) => key),
    added: to.steps.filter((step) => !isKept(from, step)).map(({ key }) => key),
    lost: lost.map(({ field }) => field),
  };
  const lapses = to.steps.flatMap((step) => {
    if (step.kind !== 'APPROVAL' || !isKept(from, step)) return [];
    const { subjects } = step.approval;
    return lapse(step.key, stateOf(run.steps, step.key), (subject) => !subjects.includes(subject));
  });
  return [migrated, ...lapses];
}

/** Fields that a template of a step that is still to be done can't do without. */
function neededFields(to: ProcessDefinition, steps: Steps): Set<string> {
  const undone = to.steps.filter(({ key }) => stateOf(steps, key).outcome === null);
  return new Set(undone.flatMap(({ effects }) => effects.flatMap(templateFields)).map(({ key }) => key));
}

/** A completed task whose required answer is missing where a letter that is still to be sent names it. */
function lacksAnswer(step: TaskDefinition, state: StepState, needed: ReadonlySet<string>): boolean {
  return (
    state.phase === StepPhase.COMPLETED &&
    step.fields.some(({ key, required }) => required && needed.has(key) && !Object.hasOwn(state.answers, key))
  );
}

/** A completed approval of which a subject is shown that nobody decided on and the old version didn't name. */
function lacksDecision(
  step: ApprovalStepDefinition,
  steps: Steps,
  from: ProcessDefinition,
  redone: ReadonlySet<string>,
): boolean {
  const old = from.steps.find(({ key }) => key === step.key);
  const before = old?.kind === 'APPROVAL' ? old.approval.subjects : [];
  const state = stateOf(steps, step.key);
  if (state.outcome === null) return false;
  return step.approval.subjects.some(
    (key) =>
      redone.has(key) ||
      (!before.includes(key) &&
        !Object.hasOwn(state.decisions, key) &&
        stateOf(steps, key).phase !== StepPhase.HIDDEN),
  );
}

/** Which steps the new version asks more of than was done, by key, with the reasons. */
function askedMoreOf({ from, to, facts }: Migration, carried: Steps): Map<string, string> {
  const now = derivePhases(to, carried, facts).steps;
  const needed = neededFields(to, carried);
  const kept = to.steps.filter((step) => isKept(from, step));
  const reasons = new Map<string, string>();
  for (const step of kept)
    if (step.kind === 'TASK' && lacksAnswer(step, stateOf(now, step.key), needed))
      reasons.set(step.key, MORE_ANSWERS);
  const redone = new Set(reasons.keys());
  for (const step of kept)
    if (step.kind === 'APPROVAL' && lacksDecision(step, now, from, redone))
      reasons.set(step.key, MORE_SUBJECTS);
  return reasons;
}

/**
 * The way of an active run to another version of its process. Kept steps keep their attempts, answers,
 * outcomes and decisions; phases follow from them by the kernel's own rules. Reads nothing but its
 * arguments, so the same run yields the same plan.
 */
export function planMigration(migration: Migration): MigrationPlan {
  const { from, to, run, drafts, facts } = migration;
  const lost = lostAnswersOf(migration);
  const over = goingOver(migration, lost);
  const carried = replay(over, run);
  const reasons = askedMoreOf(migration, carried.steps);
  const openings = [...reasons.keys()].map((key) => anotherAttempt(carried, key));
  const changes = [...over, ...withLapses(to, carried, openings)];
  const settled = settle(to, replay(changes, run), facts);
  const outcome = { ...settled, events: [...changes, ...settled.events] };

  const planned = to.steps.map((step): PlannedStep => {
    const { key, title } = step;
    const kept = isKept(from, step);
    const reason = reasons.get(key) ?? null;
    return {
      key,
      title,
      fate: reason ? 'REOPENED' : kept ? 'KEPT' : 'ADDED',
      reason,
      before: kept ? stateOf(run.steps, key) : null,
      after: stateOf(outcome.run.steps, key),
    };
  });
  const gone = from.steps
    .filter((step) => !isKept(to, step))
    .map(({ key, title }): PlannedStep => {
      return { key, title, fate: 'REMOVED', reason: null, before: stateOf(run.steps, key), after: null };
    });
  const lostKeys = new Set(lost.map(({ field }) => field));
  const keptKeys = new Set(planned.filter(({ fate }) => fate !== 'ADDED').map(({ key }) => key));
  const keptDrafts = Object.entries(drafts)
    .filter(([key]) => keptKeys.has(key))
    .map(([key, answers]) => [key, without(answers, lostKeys)]);
  return { steps: [...planned, ...gone], lost, drafts: Object.fromEntries(keptDrafts), outcome };
}
