/**
 * The kernel: every change of a run is one function of the definition, the run, a command and what is
 * known of the ticket. Pure; inputs are never changed, a refusal is a DomainError.
 */
import { DomainError, ErrorCode } from '../../platform/errors.js';
import type { ProcessDefinition } from '../process/process.definition.js';
import { type Change, carryOut, type Scene } from './command.rules.js';
import type { TicketFacts } from './condition.rules.js';
import { derivePhases, type Steps, stateOf } from './phase.rules.js';
import {
  type Command,
  type Outcome,
  type RunEvent,
  RunPhase,
  type RunState,
  StepPhase,
  type StepState,
} from './run.state.js';

function stepEvents(definition: ProcessDefinition, before: Steps, after: Steps): RunEvent[] {
  return definition.steps.flatMap(({ key }) => {
    const { phase: from, attempt: previous } = stateOf(before, key);
    const { phase: to, attempt } = stateOf(after, key);
    return from === to && previous === attempt ? [] : { type: 'STEP_CHANGED', step: key, from, to, attempt };
  });
}

/** Derives the phases after a change, tells what differs from `before`, and completes the run if all is done. */
function conclude({ definition, run: before, facts }: Scene, change: Change): Outcome {
  const { effects, events } = change;
  if (change.phase) return { run: { ...before, phase: change.phase }, effects, events };
  const { steps, finished } = derivePhases(definition, change.steps, facts);
  const changed = stepEvents(definition, before.steps, steps);
  const last: RunEvent[] = finished ? [{ type: 'RUN_COMPLETED' }] : [];
  const phase = finished ? RunPhase.COMPLETED : before.phase;
  return { run: { ...before, phase, steps }, effects, events: [...events, ...changed, ...last] };
}

/** A step that nobody has touched. */
export function newStep(): StepState {
  return {
    outcome: null,
    attempt: 1,
    answers: {},
    completedBy: null,
    skipReason: null,
    returned: false,
    decisions: {},
    votes: {},
    phase: StepPhase.WAITING,
  };
}

/**
 * A new run of the process. `startedBy` is the id of the requester, who may decide none of its approvals.
 * Its events begin with RUN_STARTED; every step starts from WAITING.
 */
export function start(definition: ProcessDefinition, startedBy: string, facts: TicketFacts): Outcome {
  const steps = Object.fromEntries(definition.steps.map((step) => [step.key, newStep()]));
  const run: RunState = { phase: RunPhase.ACTIVE, startedBy, steps };
  return conclude(
    { definition, run, facts },
    { steps, effects: [], events: [{ type: 'RUN_STARTED', by: startedBy }] },
  );
}

/**
 * Carries out a command. `facts` are the ticket's as they are now. Events come as decisions, then steps in
 * definition order, then the end of the run; effects in the order of the definition.
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
  const change = carryOut({ definition, run: current, facts }, command);
  return conclude({ definition, run, facts }, change);
}

/**
 * Derives the phases anew after the ticket changed, because conditions read it. Has no effects; may
 * complete the run, when what was left is hidden now. A run that is over stays as it is.
 */
export function settle(definition: ProcessDefinition, run: RunState, facts: TicketFacts): Outcome {
  if (run.phase !== RunPhase.ACTIVE) return { run, effects: [], events: [] };
  return conclude({ definition, run, facts }, { steps: run.steps, effects: [], events: [] });
}
