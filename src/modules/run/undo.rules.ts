/** Taking back what was done: a decision, or a finished task. Pure: every function returns new steps. */
import { DomainError, ErrorCode } from '../../platform/errors.js';
import type {
  ApprovalStepDefinition,
  ProcessDefinition,
  ReportKind,
  StepDefinition,
} from '../process/process.definition.js';
import type { TicketFacts } from './condition.rules.js';
import { type Steps, stateOf } from './phase.rules.js';
import { nextAttempt, redo, withoutOutdatedDecisions } from './rework.rules.js';
import { type Command, ReopenMode, type RunEvent, type RunState, StepPhase } from './run.state.js';
import { votesOn } from './vote.rules.js';

type Of<T extends Command['type']> = Extract<Command, { type: T }>;

/** The steps after it, and what is told of it. */
export interface Undone {
  steps: Steps;
  events: RunEvent[];
}

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

function without<Word>(words: Record<string, Word>, subject: string): Record<string, Word> {
  return Object.fromEntries(Object.entries(words).filter(([key]) => key !== subject));
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
): Undone {
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
  const left = votes.filter((each) => each !== vote);
  const open = {
    ...state,
    outcome: null,
    completedBy: null,
    decisions: without(state.decisions, subject),
    votes: left.length > 0 ? { ...state.votes, [subject]: left } : without(state.votes, subject),
  };
  const subjectAttempt = stateOf(run.steps, subject).attempt;
  const { attempt } = state;
  return {
    steps: { ...run.steps, [approval.key]: open },
    events: [
      { type: 'DECISION_WITHDRAWN', step, subject, comment, by, of: vote.of, attempt, subjectAttempt },
    ],
  };
}

/** The kinds of report that the steps write. */
function reportsOf(steps: StepDefinition[]): ReportKind[] {
  return steps.flatMap(({ effects }) =>
    effects.flatMap((effect) => ('report' in effect ? [effect.report] : [])),
  );
}

/**
 * Approvals that were complete and decided on the step wait anew, in another attempt: they lose their
 * decision on it and keep those on their other subjects.
 */
function withoutDecisionsOn(definition: ProcessDefinition, steps: Steps, subject: string): Steps {
  const next = { ...steps };
  for (const step of definition.steps) {
    const state = stateOf(steps, step.key);
    if (step.kind !== 'APPROVAL' || state.outcome === null || !step.approval.subjects.includes(subject))
      continue;
    const { decisions, votes } = state;
    next[step.key] = {
      ...nextAttempt(state, false),
      decisions: without(decisions, subject),
      votes: without(votes, subject),
    };
  }
  return next;
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
): Undone {
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
  const opened =
    mode === ReopenMode.REDO
      ? redo(
          run.steps,
          again.map(({ key }) => key),
        )
      : withoutDecisionsOn(definition, { ...run.steps, [step.key]: nextAttempt(state, false) }, step.key);
  return {
    steps: withoutOutdatedDecisions(definition, run.steps, opened),
    events: [{ type: 'STEP_REOPENED', step: step.key, mode, reason, by, attempt: state.attempt + 1 }],
  };
}
