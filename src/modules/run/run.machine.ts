/**
 * The kernel: every change of a run is one function of the definition, the run, a command and what is
 * known of the ticket. It decides what happens, and the run is what its events make of it. Pure; inputs are
 * never changed, a refusal is a DomainError.
 */
import { DomainError, ErrorCode } from '../../platform/errors.js';
import type { ProcessDefinition } from '../process/process.definition.js';
import { type Change, carryOut } from './command.rules.js';
import type { TicketFacts } from './condition.rules.js';
import type { RunEvent, StepChanged } from './kernel.events.js';
import { derivePhases, type Steps, stateOf } from './phase.rules.js';
import { replay } from './replay.rules.js';
import { type Command, type EffectIntent, RunPhase, type RunState } from './run.state.js';

/** The result of every change: the next state, what to do to the desk, what to tell. */
export interface Outcome {
  /** What `events` make of the run as it was. */
  run: RunState;
  effects: EffectIntent[];
  events: RunEvent[];
}

function stepEvents(definition: ProcessDefinition, before: Steps, after: Steps): StepChanged[] {
  return definition.steps.flatMap(({ key }) => {
    const { phase: from, attempt: previous } = stateOf(before, key);
    const { phase: to, attempt } = stateOf(after, key);
    return from === to && previous === attempt ? [] : { type: 'STEP_CHANGED', step: key, from, to, attempt };
  });
}

/** Adds to a change what follows from it: the phases that differ from `run`, and its end when all is done. */
function conclude(
  definition: ProcessDefinition,
  run: RunState,
  { effects, events }: Change,
  facts: TicketFacts,
): Outcome {
  const changed = replay(events, run);
  if (changed.phase !== RunPhase.ACTIVE) return { run: changed, effects, events };
  const { steps, finished } = derivePhases(definition, changed.steps, facts);
  const last: RunEvent[] = finished ? [{ type: 'RUN_COMPLETED' }] : [];
  const following = [...stepEvents(definition, run.steps, steps), ...last];
  return { run: replay(following, changed), effects, events: [...events, ...following] };
}

/**
 * A new run of the process. `startedBy` is the id of the requester, who may decide none of its approvals.
 * Its events begin with RUN_STARTED; every step starts from WAITING.
 */
export function start(definition: ProcessDefinition, startedBy: string, facts: TicketFacts): Outcome {
  const steps = definition.steps.map(({ key }) => key);
  const started: RunEvent = { type: 'RUN_STARTED', by: startedBy, steps };
  const { run, effects, events } = settle(definition, replay([started]), facts);
  return { run, effects, events: [started, ...events] };
}

/**
 * Carries out a command. `facts` are the ticket's as they are now. Events come as what was done, then what
 * has to be done once more, then steps in definition order, then the end of the run; effects in the order of
 * the definition.
 *
 * Throws a DomainError: INVALID_TRANSITION on a run that is over or a step that can't be skipped,
 * NOT_FOUND for an unknown step, STEP_NOT_READY, REQUIRED for a missing reason or comment, and what
 * `decide` refuses.
 */
export function apply(
  definition: ProcessDefinition,
  run: RunState,
  command: Command,
  facts: TicketFacts,
): Outcome {
  if (run.phase !== RunPhase.ACTIVE) {
    const message = `The run is ${run.phase.toLowerCase()}, so nothing in it can change.`;
    throw new DomainError(ErrorCode.INVALID_TRANSITION, message);
  }
  // The ticket may have changed since the run was settled, and a command must not slip through a closed gate.
  const current = { ...run, steps: derivePhases(definition, run.steps, facts).steps };
  return conclude(definition, run, carryOut({ definition, run: current, facts }, command), facts);
}

/**
 * Derives the phases anew after the ticket changed, because conditions read it. Has no effects; may
 * complete the run, when what was left is hidden now. A run that is over stays as it is.
 */
export function settle(definition: ProcessDefinition, run: RunState, facts: TicketFacts): Outcome {
  if (run.phase !== RunPhase.ACTIVE) return { run, effects: [], events: [] };
  return conclude(definition, run, { effects: [], events: [] }, facts);
}
