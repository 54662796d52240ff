/** What becomes of a run when it goes over to another version of its process. Pure. */
import type {
  ApprovalStepDefinition,
  ProcessDefinition,
  StepDefinition,
  TaskDefinition,
} from '../process/process.definition.js';
import { templateFields } from '../process/template.rules.js';
import type { TicketFacts } from './condition.rules.js';
import { type LostAnswer, lostAnswersOf } from './migration-loss.rules.js';
import { derivePhases, type Steps, stateOf } from './phase.rules.js';
import { newStep, settle } from './run.machine.js';
import { type Answers, type Outcome, type RunState, StepPhase, type StepState } from './run.state.js';

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
  to: ProcessDefinition;
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

/** The state that a kept step goes on with: what people made of it, without what is lost. */
function carriedOver(step: StepDefinition, state: StepState, lost: ReadonlySet<string>): StepState {
  if (step.kind === 'TASK') return { ...state, answers: without(state.answers, lost) };
  const { subjects } = step.approval;
  const of = <Word>(words: Record<string, Word>) =>
    Object.fromEntries(Object.entries(words).filter(([subject]) => subjects.includes(subject)));
  return { ...state, decisions: of(state.decisions), votes: of(state.votes) };
}

function reopened(state: StepState): StepState {
  return { ...state, outcome: null, attempt: state.attempt + 1, completedBy: null, skipReason: null };
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

/** Opens again what the new version asks more of. Returns the reasons by step key. */
function reopen(
  { from, to, facts }: Migration,
  carried: Steps,
): { steps: Steps; reasons: Map<string, string> } {
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
  const steps = { ...carried };
  for (const { key, kind } of to.steps) {
    const state = stateOf(carried, key);
    const next = reasons.has(key) ? reopened(state) : state;
    // Nobody has seen what a reopened subject will bring.
    steps[key] =
      kind === 'APPROVAL'
        ? { ...next, decisions: without(next.decisions, redone), votes: without(next.votes, redone) }
        : next;
  }
  return { steps, reasons };
}

/**
 * The way of an active run to another version of its process. Kept steps keep their attempts, answers,
 * outcomes and decisions; phases follow from them by the kernel's own rules. Reads nothing but its
 * arguments, so the same run yields the same plan.
 */
export function planMigration(migration: Migration): MigrationPlan {
  const { from, to, run, drafts, facts } = migration;
  const lost = lostAnswersOf(migration);
  const lostKeys = new Set(lost.map(({ field }) => field));
  const carried: Steps = Object.fromEntries(
    to.steps.map((step) => [
      step.key,
      isKept(from, step) ? carriedOver(step, stateOf(run.steps, step.key), lostKeys) : newStep(),
    ]),
  );
  const { steps, reasons } = reopen(migration, carried);
  const outcome = settle(to, { ...run, steps }, facts);

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
  const keptKeys = new Set(planned.filter(({ fate }) => fate !== 'ADDED').map(({ key }) => key));
  const keptDrafts = Object.entries(drafts)
    .filter(([key]) => keptKeys.has(key))
    .map(([key, answers]) => [key, without(answers, lostKeys)]);
  return { steps: [...planned, ...gone], lost, drafts: Object.fromEntries(keptDrafts), outcome };
}
