/** Where the steps of a run stand, derived from what people made of them. Pure. */
import type { ProcessDefinition, StepDefinition } from '../process/process.definition.js';
import { holds, type TicketFacts } from './condition.rules.js';
import { type Answers, type RunState, StepPhase, type StepState } from './run.state.js';

/** Keyed by step. */
export type Steps = RunState['steps'];

/** The phases as they are now, and what follows from them for the run. */
export interface Derived {
  steps: Steps;
  /** Nothing is left to do. */
  finished: boolean;
}

/** The state of a step that the definition names. Every run has one for each. */
export function stateOf(steps: Steps, key: string): StepState {
  const state = Object.hasOwn(steps, key) ? steps[key] : undefined;
  if (!state) throw new Error(`The run has no state for the step ${key} of its definition.`);
  return state;
}

/** Whether nothing after the step may begin before it is done. */
export function isGate(step: StepDefinition): boolean {
  return step.kind === 'APPROVAL' || step.gate === true;
}

/**
 * The steps that must be done first. An approval also comes after its subjects, wherever it stands:
 * otherwise it could be decided on work that a rejection has just sent back.
 */
function predecessors(definition: ProcessDefinition, index: number): string[] {
  const step = definition.steps[index];
  const before = definition.steps[index - 1];
  const after = step?.after ?? (before ? [before.key] : []);
  return step?.kind === 'APPROVAL' ? [...after, ...step.approval.subjects] : after;
}

function isShown(step: StepDefinition, form: Answers, facts: TicketFacts, shown: Set<string>): boolean {
  if (!holds(step.when, form, facts)) return false;
  return step.kind === 'TASK' || step.approval.subjects.some((subject) => shown.has(subject));
}

function phaseOf(state: StepState, shown: boolean, precededBy: boolean, gatesPassed: boolean): StepPhase {
  if (!shown) return StepPhase.HIDDEN;
  if (state.outcome !== null) return StepPhase[state.outcome];
  // Work that was sent back is open at once: what lies before it was done already, in an earlier attempt.
  return gatesPassed && (precededBy || state.returned) ? StepPhase.READY : StepPhase.WAITING;
}

/**
 * Derives the phase of every step. One pass in definition order is enough, because conditions, subjects
 * and predecessors all lie before the step that names them.
 *
 * A step is *passed* when it has an outcome or, hidden, when its predecessors are passed: so hidden steps
 * hold up nothing, yet what follows them doesn't overtake what comes before them.
 */
export function derivePhases(definition: ProcessDefinition, steps: Steps, facts: TicketFacts): Derived {
  const next: Steps = {};
  const shown = new Set<string>();
  const passed = new Set<string>();
  let form: Answers = {};
  let gatesPassed = true;

  definition.steps.forEach((step, index) => {
    const state = stateOf(steps, step.key);
    const precededBy = predecessors(definition, index).every((key) => passed.has(key));
    const visible = isShown(step, form, facts, shown);
    const phase = phaseOf(state, visible, precededBy, gatesPassed);
    next[step.key] = { ...state, phase };
    if (visible) shown.add(step.key);
    if (visible ? state.outcome !== null : precededBy) passed.add(step.key);
    if (isGate(step) && !passed.has(step.key)) gatesPassed = false;
    if (phase === StepPhase.COMPLETED) form = { ...form, ...state.answers };
  });
  return { steps: next, finished: passed.size === definition.steps.length };
}

/**
 * The answers that count: of all steps that are completed and not hidden, by field key. What conditions,
 * templates and effects see.
 */
export function formOf(definition: ProcessDefinition, run: Pick<RunState, 'steps'>): Answers {
  const states = definition.steps.map((step) => stateOf(run.steps, step.key));
  const completed = states.filter((state) => state.phase === StepPhase.COMPLETED);
  return Object.assign({}, ...completed.map((state) => state.answers)) as Answers;
}
