/** Having steps done once more: what is told of it. Pure. */

import type { EffectDefinition } from '../process/effect.definition.js';
import type { ApprovalStepDefinition, ProcessDefinition } from '../process/process.definition.js';
import type { AttemptOpened, DecisionsLapsed, RunEvent } from './kernel.events.js';
import { stateOf } from './phase.rules.js';
import { replay } from './replay.rules.js';
import type { Answers, RunState, StepState } from './run.state.js';

/** Another attempt of a step. Its answers stay, as a draft; words on its subjects stay until they lapse. */
export function anotherAttempt(run: RunState, step: string, returned = false): AttemptOpened {
  return { type: 'ATTEMPT_OPENED', step, attempt: stateOf(run.steps, step).attempt + 1, returned };
}

/** That the words of an approval on those of its subjects lapse which `which` picks; nothing where there are none. */
export function lapse(
  step: string,
  { decisions, votes }: StepState,
  which: (subject: string) => boolean,
): DecisionsLapsed[] {
  const subjects = Object.keys({ ...votes, ...decisions }).filter(which);
  return subjects.length > 0 ? [{ type: 'DECISIONS_LAPSED', step, subjects }] : [];
}

/** Another attempt of each of `keys` that has an outcome, with no word left. What was never done has nothing to redo. */
export function redo(run: RunState, keys: string[]): RunEvent[] {
  return keys.flatMap((key) => {
    const state = stateOf(run.steps, key);
    return state.outcome === null ? [] : [anotherAttempt(run, key), ...lapse(key, state, () => true)];
  });
}

/**
 * Adds to events that open attempts what lapses with them, in approvals that are not complete then: the
 * words on steps of which another attempt is opened, since nobody has seen what that will bring. Words on
 * all others go on counting, so that nobody has to decide twice on the same work.
 */
export function withLapses(definition: ProcessDefinition, run: RunState, events: RunEvent[]): RunEvent[] {
  const { steps } = replay(events, run);
  const isOutdated = (key: string) => stateOf(steps, key).attempt !== stateOf(run.steps, key).attempt;
  const lapses = definition.steps.flatMap(({ key, kind }) => {
    const state = stateOf(steps, key);
    return kind === 'APPROVAL' && state.outcome === null ? lapse(key, state, isOutdated) : [];
  });
  return [...events, ...lapses];
}

/**
 * What a rejection does. Each of `rejected` (keys of subjects) is returned for a new attempt; with
 * `onReject` REDO so is, after the first of them, all that was done up to the approval. The approval
 * itself begins a new attempt and keeps its decisions on those subjects that were not sent back.
 */
export function sendBackRejected(
  definition: ProcessDefinition,
  run: RunState,
  { key, approval }: ApprovalStepDefinition,
  rejected: string[],
): RunEvent[] {
  const order = definition.steps.map((step) => step.key);
  const first = order.findIndex((each) => rejected.includes(each));
  const between = order.slice(first + 1, order.indexOf(key)).filter((each) => !rejected.includes(each));
  return withLapses(definition, run, [
    ...rejected.map((subject) => anotherAttempt(run, subject, true)),
    ...(approval.onReject === 'REDO' ? redo(run, between) : []),
    anotherAttempt(run, key),
  ]);
}

/**
 * What the SEND_BACK effects of a step that was just completed do: where the box is ticked, everything
 * done from the step `to` up to and including this one gets a new attempt. Of several, the farthest back
 * counts. Nothing when no box is ticked.
 */
export function sendBackTicked(
  definition: ProcessDefinition,
  run: RunState,
  from: { key: string; effects: EffectDefinition[] },
  answers: Answers,
): RunEvent[] {
  const order = definition.steps.map((step) => step.key);
  const targets = from.effects
    .filter((effect) => effect.kind === 'SEND_BACK')
    .filter((effect) => answers[effect.field] === true)
    .map((effect) => order.indexOf(effect.to));
  if (targets.length === 0) return [];
  return withLapses(
    definition,
    run,
    redo(run, order.slice(Math.min(...targets), order.indexOf(from.key) + 1)),
  );
}
