/** Sending steps back for another attempt. Pure: every function returns new steps. */
import type {
  ApprovalStepDefinition,
  EffectDefinition,
  ProcessDefinition,
} from '../process/process.definition.js';
import { type Steps, stateOf } from './phase.rules.js';
import type { Answers, StepState } from './run.state.js';

/** The answers stay, as the draft that the next attempt begins with. */
export function nextAttempt(state: StepState, returned: boolean): StepState {
  return {
    ...state,
    outcome: null,
    attempt: state.attempt + 1,
    completedBy: null,
    skipReason: null,
    returned,
    decisions: {},
    votes: {},
  };
}

/** Another attempt of each of `keys` that has an outcome. What was never done has nothing to redo. */
export function redo(steps: Steps, keys: string[]): Steps {
  const done = keys.filter((key) => stateOf(steps, key).outcome !== null);
  return {
    ...steps,
    ...Object.fromEntries(done.map((key) => [key, nextAttempt(stateOf(steps, key), false)])),
  };
}

/**
 * Takes back, in approvals that are not complete, the decisions on steps that have a new attempt since
 * `before`: nobody has seen what that attempt will bring. Decisions on all others go on counting, so that
 * nobody has to decide twice on the same work.
 */
export function withoutOutdatedDecisions(definition: ProcessDefinition, before: Steps, after: Steps): Steps {
  const stands = (key: string) => stateOf(after, key).attempt === stateOf(before, key).attempt;
  const next = { ...after };
  for (const step of definition.steps) {
    const state = stateOf(after, step.key);
    if (step.kind !== 'APPROVAL' || state.outcome !== null) continue;
    const standing = <Word>(words: Record<string, Word>) =>
      Object.fromEntries(Object.entries(words).filter(([subject]) => stands(subject)));
    next[step.key] = { ...state, decisions: standing(state.decisions), votes: standing(state.votes) };
  }
  return next;
}

/**
 * What a rejection does. Each of `rejected` (keys of subjects) is returned for a new attempt; with
 * `onReject` REDO so is, after the first of them, all that was done up to the approval. The approval
 * itself begins a new attempt and keeps its decisions on those subjects that were not sent back.
 */
export function sendBackRejected(
  definition: ProcessDefinition,
  steps: Steps,
  approval: ApprovalStepDefinition,
  rejected: string[],
): Steps {
  const order = definition.steps.map((step) => step.key);
  const first = order.findIndex((key) => rejected.includes(key));
  const between = order
    .slice(first + 1, order.indexOf(approval.key))
    .filter((key) => !rejected.includes(key));
  const next = approval.approval.onReject === 'REDO' ? redo(steps, between) : { ...steps };
  for (const key of rejected) next[key] = nextAttempt(stateOf(steps, key), true);
  const state = stateOf(steps, approval.key);
  next[approval.key] = { ...nextAttempt(state, false), decisions: state.decisions, votes: state.votes };
  return withoutOutdatedDecisions(definition, steps, next);
}

/**
 * What the SEND_BACK effects of a step that was just completed do: where the box is ticked, everything
 * done from the step `to` up to and including this one gets a new attempt. Of several, the farthest back
 * counts. Returns the same steps when no box is ticked.
 */
export function sendBackTicked(
  definition: ProcessDefinition,
  steps: Steps,
  from: { key: string; effects: EffectDefinition[] },
  answers: Answers,
): Steps {
  const order = definition.steps.map((step) => step.key);
  const targets = from.effects
    .filter((effect) => effect.kind === 'SEND_BACK')
    .filter((effect) => answers[effect.field] === true)
    .map((effect) => order.indexOf(effect.to));
  if (targets.length === 0) return steps;
  const next = redo(steps, order.slice(Math.min(...targets), order.indexOf(from.key) + 1));
  return withoutOutdatedDecisions(definition, steps, next);
}
