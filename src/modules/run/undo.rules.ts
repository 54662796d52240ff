/** Taking back what was done: a decision, or a finished task. Pure. */
import { DomainError, ErrorCode } from '../../platform/errors.js';
import type { ReportKind } from '../process/effect.definition.js';
import type {
  ApprovalStepDefinition,
  ProcessDefinition,
  StepDefinition,
} from '../process/process.definition.js';
import type { TicketFacts } from './condition.rules.js';
import type { AttemptOpened, DecisionWithdrawn, RunEvent } from './kernel.events.js';
import { type Steps, stateOf } from './phase.rules.js';
import { anotherAttempt, redo, withLapses } from './rework.rules.js';
import { type Command, ReopenMode, type RunState, StepPhase } from './run.state.js';
import { votesOn } from './vote.rules.js';

type Of<T extends Command['type']> = Extract<Command, { type: T }>;

function blocked(message: string): never {
  throw new DomainError(ErrorCode.UNDO_BLOCKED, message, ['input', 'stepId']);
}

function required(text: string, path: string, message: string): void {
  if (text.trim() === '') throw new DomainError(ErrorCode.REQUIRED, message, ['input', path]);
}

/** Titles of the steps after it in which something was done or decided. */
function doneAfter(definition: ProcessDefinition, steps: Steps, step: StepDefinition): string[] {
  return definition.steps
    .slice(definition.steps.indexOf(step) + 1)
    .filter(({ key }) => {
      const { outcome, votes, decisions } = stateOf(steps, key);
      return outcome !== null || Object.keys(votes).length > 0 || Object.keys(decisions).length > 0;
    })
    .map(({ title }) => `"${title}"`);
}

/**
 * Takes back the vote on a subject that `by` gave, or that was given in their name. The subject and, if it
 * was complete, the approval wait again, in the same attempt. Possible while nothing was done after it:
 * no later step has an outcome or a vote, and the approval had no effects. A rejection can't be taken
 * back: it has opened another attempt of its subject.
 *
 * Throws a DomainError: NOT_FOUND where there is no such vote; UNDO_BLOCKED naming what was done since;
 * REQUIRED for a blank comment.
 */
export function withdraw(
  definition: ProcessDefinition,
  approval: ApprovalStepDefinition,
  run: RunState,
  { step, subject, comment, by }: Of<'WITHDRAW'>,
): DecisionWithdrawn {
  const state = stateOf(run.steps, approval.key);
  const votes = votesOn(run.steps, approval, subject);
  // One's own word first; a delegate who voted for two owners takes back one after the other.
  const vote = votes.find(({ of }) => of === by) ?? votes.findLast((each) => each.by === by);
  if (!vote) {
    const message = `There is no word of yours on the step "${subject}" in this attempt that could be taken back. A rejection has sent its subject back already.`;
    throw new DomainError(ErrorCode.NOT_FOUND, message, ['input', 'subject']);
  }
  required(comment, 'comment', 'Taking a decision back needs a comment: say why.');
  if (state.outcome !== null) {
    const done = doneAfter(definition, run.steps, approval);
    if (done.length > 0) blocked(`It can't be taken back any more: ${done.join(', ')} came after it.`);
    const kinds = approval.effects.map(({ kind }) => kind);
    if (kinds.length > 0)
      blocked(`It can't be taken back any more: it has had its effects (${kinds.join(', ')}).`);
  }
  const subjectAttempt = stateOf(run.steps, subject).attempt;
  const { attempt } = state;
  return { type: 'DECISION_WITHDRAWN', step, subject, comment, by, of: vote.of, attempt, subjectAttempt };
}

/** The kinds of report that the steps write. */
function reportsOf(steps: StepDefinition[]): ReportKind[] {
  return steps.flatMap(({ effects }) =>
    effects.flatMap((effect) => ('report' in effect ? [effect.report] : [])),
  );
}

/** Approvals that were complete and decided on the step wait anew, in another attempt. */
function decidedAnew(definition: ProcessDefinition, run: RunState, subject: string): AttemptOpened[] {
  return definition.steps
    .filter((step) => step.kind === 'APPROVAL' && step.approval.subjects.includes(subject))
    .filter(({ key }) => stateOf(run.steps, key).outcome !== null)
    .map(({ key }) => anotherAttempt(run, key));
}

/**
 * Opens a completed or skipped task for another attempt, with its answers as the draft. KEEP leaves later
 * steps as they are, except that approvals lose their decision on it and wait anew; REDO has all that was
 * done after it done anew, approvals included. So no approval stands on work that nobody has seen.
 *
 * Throws a DomainError: INVALID_TRANSITION for an approval (withdraw its decisions instead) or what is not
 * done; REQUIRED for a blank reason; UNDO_BLOCKED when an archived report hangs on what would be done
 * again, or when the ticket is CLOSED by this step or a later one.
 */
export function reopen(
  definition: ProcessDefinition,
  step: StepDefinition,
  run: RunState,
  { mode, reason, archived, by }: Of<'REOPEN'>,
  facts: TicketFacts,
): RunEvent[] {
  const state = stateOf(run.steps, step.key);
  if (step.kind !== 'TASK' || (state.phase !== StepPhase.COMPLETED && state.phase !== StepPhase.SKIPPED)) {
    const message = `"${step.title}" can't be opened again: only completed and skipped tasks can. Decisions are withdrawn instead.`;
    throw new DomainError(ErrorCode.INVALID_TRANSITION, message, ['input', 'stepId']);
  }
  required(reason, 'reason', 'Opening a step again needs a reason: say what is to be changed.');
  const from = definition.steps.slice(definition.steps.indexOf(step));
  const closing = from.find(
    ({ key, effects }) =>
      stateOf(run.steps, key).outcome === 'COMPLETED' && effects.some(({ kind }) => kind === 'CLOSE_TICKET'),
  );
  if (closing && facts.status === 'CLOSED')
    blocked(`"${closing.title}" has closed the ticket. Reopen the ticket first.`);
  const again = mode === ReopenMode.REDO ? from : [step];
  const report = reportsOf(again).find((kind) => archived.includes(kind));
  if (report) blocked(`The ${report} report hangs on this and is archived: it never changes again.`);
  const { key } = step;
  const later = from.slice(1).map((each) => each.key);
  return withLapses(definition, run, [
    { type: 'STEP_REOPENED', step: key, mode, reason, by, attempt: state.attempt + 1 },
    ...(mode === ReopenMode.REDO ? redo(run, later) : decidedAnew(definition, run, key)),
  ]);
}
