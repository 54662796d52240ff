/** What of a run keeps its ticket from being closed. Pure. */
import type { ProcessDefinition, StepDefinition } from '../process/process.definition.js';
import { isGate, stateOf } from './phase.rules.js';
import { RunPhase, type RunState, StepPhase } from './run.state.js';

function closes(step: StepDefinition): boolean {
  return step.effects.some((effect) => effect.kind === 'CLOSE_TICKET');
}

/**
 * Keys of the gates that must be passed before the ticket may be closed, in definition order: those before
 * the step that closes it or, when the process has no such step, all. Hidden gates don't count. A run that
 * has closed its ticket, or is over, holds nothing up. Phases are read as last settled.
 *
 * Of several closing steps the first that is shown counts, as branches of a process each have their own.
 */
export function closingGates(definition: ProcessDefinition, run: RunState): string[] {
  if (run.phase !== RunPhase.ACTIVE) return [];
  const phase = (step: StepDefinition) => stateOf(run.steps, step.key).phase;
  const closing = definition.steps.filter(closes);
  if (closing.some((step) => phase(step) === StepPhase.COMPLETED)) return [];
  const next = closing.find((step) => phase(step) !== StepPhase.HIDDEN) ?? closing.at(-1);
  const before = next ? definition.steps.slice(0, definition.steps.indexOf(next)) : definition.steps;
  const open: StepPhase[] = [StepPhase.WAITING, StepPhase.READY];
  return before.filter((step) => isGate(step) && open.includes(phase(step))).map((step) => step.key);
}
