/** Deciding an approval. Pure. */
import { DomainError, ErrorCode } from '../../platform/errors.js';
import type { ApprovalStepDefinition, ProcessDefinition } from '../process/process.definition.js';
import { type Steps, stateOf } from './phase.rules.js';
import { sendBackRejected } from './rework.rules.js';
import {
  type ApprovalDecided,
  type Command,
  DESK,
  type Decision,
  type RunState,
  StepPhase,
  Verdict,
} from './run.state.js';

export type Decide = Extract<Command, { type: 'DECIDE' }>;

const SUBJECTS = ['input', 'subjects'];

/** In the approval's order. What is hidden needs no decision. */
function shownSubjects(approval: ApprovalStepDefinition, steps: Steps): string[] {
  return approval.approval.subjects.filter((key) => stateOf(steps, key).phase !== StepPhase.HIDDEN);
}

function isDecided(steps: Steps, approval: ApprovalStepDefinition, subject: string): boolean {
  return Object.hasOwn(stateOf(steps, approval.key).decisions, subject);
}

/**
 * Keys of the subjects that await a decision in this attempt: shown and undecided, in the approval's
 * order. It can be empty though the approval is READY: when the only undecided subject was hidden
 * meanwhile, an APPROVED of all pending confirms what was decided before.
 */
export function pendingSubjects(approval: ApprovalStepDefinition, steps: Steps): string[] {
  return shownSubjects(approval, steps).filter((key) => !isDecided(steps, approval, key));
}

/** Refuses what came too late, which is another thing than what comes too early. */
function checkOpen(approval: ApprovalStepDefinition, steps: Steps, named: string[]): void {
  const { phase } = stateOf(steps, approval.key);
  if (phase === StepPhase.READY) return;
  const decided = `"${approval.title}" has been decided already. Load it again to see how.`;
  if (phase === StepPhase.COMPLETED) throw new DomainError(ErrorCode.ALREADY_DECIDED, decided);
  // Two people decide at once and the first rejects: to the second it is decided, not too early.
  if (named.some((key) => stateOf(steps, key).returned))
    throw new DomainError(ErrorCode.ALREADY_DECIDED, decided);
  throw new DomainError(
    ErrorCode.STEP_NOT_READY,
    `"${approval.title}" can't be decided yet: its subjects or steps before it are not done, or it is hidden.`,
  );
}

function checkSubjects(approval: ApprovalStepDefinition, steps: Steps, named: string[]): void {
  if (named.length === 0) {
    throw new DomainError(
      ErrorCode.INVALID_INPUT,
      'Name at least one subject, or none at all for every one.',
      SUBJECTS,
    );
  }
  const faults = named.flatMap((key) => {
    if (!approval.approval.subjects.includes(key)) {
      const message = `"${approval.title}" doesn't decide on a step "${key}". Name its subjects only.`;
      return { code: ErrorCode.INVALID_INPUT, message, path: SUBJECTS };
    }
    if (stateOf(steps, key).phase === StepPhase.HIDDEN) {
      const message = `The step "${key}" is hidden at present, so it needs no decision. Leave it out.`;
      return { code: ErrorCode.INVALID_INPUT, message, path: SUBJECTS };
    }
    return [];
  });
  if (faults.length > 0) throw new DomainError(faults);
}

function checkUndecided(approval: ApprovalStepDefinition, steps: Steps, subjects: string[]): void {
  const faults = subjects
    .filter((key) => isDecided(steps, approval, key))
    .map((key) => ({
      code: ErrorCode.ALREADY_DECIDED,
      message: `The step "${key}" has its decision already. Load the approval again to see it.`,
      path: SUBJECTS,
    }));
  if (faults.length > 0) throw new DomainError(faults);
}

/** Nobody decides on their own request, nor on their own work. What the definition decides is nobody's own. */
function checkSelf(run: RunState, subjects: string[], by: string): void {
  if (by === DESK) return;
  const own = subjects.filter((key) => by === run.startedBy || by === stateOf(run.steps, key).completedBy);
  const faults = own.map((key) => ({
    code: ErrorCode.SELF_APPROVAL,
    message: `You started this run or did the step "${key}" yourself. Somebody else must decide on it.`,
    path: SUBJECTS,
  }));
  if (faults.length > 0) throw new DomainError(faults);
}

/** The subjects that the command decides, after every check. */
function decidedSubjects(approval: ApprovalStepDefinition, run: RunState, command: Decide): string[] {
  const { subjects: named, verdict, by } = command;
  const shown = shownSubjects(approval, run.steps);
  if (named) checkSubjects(approval, run.steps, named);
  checkOpen(approval, run.steps, named ?? shown);
  const subjects = named ? shown.filter((key) => named.includes(key)) : pendingSubjects(approval, run.steps);
  checkUndecided(approval, run.steps, subjects);
  if (verdict === Verdict.REJECTED && subjects.length === 0) {
    const message =
      'Every subject has been approved already, so there is nothing to reject. Approve to confirm it.';
    throw new DomainError(ErrorCode.ALREADY_DECIDED, message, SUBJECTS);
  }
  // Confirming without a pending subject is a word on all of them.
  checkSelf(run, subjects.length > 0 ? subjects : shown, by);
  return subjects;
}

/** The comment as stored: null when blank. A rejection without one helps nobody. */
function checkComment({ verdict, comment }: Decide): string | null {
  const stored = comment?.trim() ? comment : null;
  if (verdict === Verdict.REJECTED && stored === null) {
    const message = 'A rejection needs a comment: say what must be changed.';
    throw new DomainError(ErrorCode.REQUIRED, message, ['input', 'comment']);
  }
  return stored;
}

/** The steps after the decision, what was decided, and whether the approval is complete with it. */
export interface Decided {
  steps: Steps;
  events: ApprovalDecided[];
  completed: boolean;
}

/**
 * Decides on subjects of the approval: those that the command names or, for null, all pending. `run` has
 * its phases as they are now. A rejection sends back at once, without waiting for the other subjects.
 *
 * Throws a DomainError: INVALID_INPUT for what is no subject, or hidden; ALREADY_DECIDED when somebody
 * was faster; STEP_NOT_READY; SELF_APPROVAL; REQUIRED for a rejection without a comment.
 */
export function decide(
  definition: ProcessDefinition,
  approval: ApprovalStepDefinition,
  run: RunState,
  command: Decide,
): Decided {
  const subjects = decidedSubjects(approval, run, command);
  const comment = checkComment(command);
  const { verdict, by, step } = command;
  const state = stateOf(run.steps, approval.key);
  const events = subjects.map((subject): ApprovalDecided => {
    const subjectAttempt = stateOf(run.steps, subject).attempt;
    return {
      type: 'APPROVAL_DECIDED',
      step,
      subject,
      verdict,
      comment,
      by,
      attempt: state.attempt,
      subjectAttempt,
    };
  });
  const word: Decision = { verdict, by, comment };
  const decisions = { ...state.decisions, ...Object.fromEntries(subjects.map((key) => [key, word])) };
  const steps: Steps = { ...run.steps, [approval.key]: { ...state, decisions } };

  if (verdict === Verdict.REJECTED) {
    return { steps: sendBackRejected(definition, steps, approval, subjects), events, completed: false };
  }
  if (pendingSubjects(approval, steps).length > 0) return { steps, events, completed: false };
  steps[approval.key] = { ...state, decisions, outcome: 'COMPLETED', completedBy: by };
  return { steps, events, completed: true };
}
