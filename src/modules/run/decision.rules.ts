/** Deciding an approval. Pure. */
import { DomainError, ErrorCode } from '../../platform/errors.js';
import type { ApprovalStepDefinition, ProcessDefinition } from '../process/process.definition.js';
import type { ApprovalDecided, RunEvent } from './kernel.events.js';
import { type Steps, stateOf } from './phase.rules.js';
import { isConflicted } from './quorum.rules.js';
import { replay } from './replay.rules.js';
import { sendBackRejected } from './rework.rules.js';
import { type Command, DESK, type EligibleApprover, type RunState, StepPhase, Verdict } from './run.state.js';
import {
  hasVoted,
  isDecided,
  isQuorate,
  pendingSubjects,
  saysNothingNew,
  shownSubjects,
  votesOn,
} from './vote.rules.js';

export type Decide = Extract<Command, { type: 'DECIDE' }>;

const SUBJECTS = ['input', 'subjects'];

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

function checkNew(
  approval: ApprovalStepDefinition,
  run: RunState,
  subjects: string[],
  command: Decide,
  voter: EligibleApprover,
): void {
  const faults = subjects
    .filter((key) => saysNothingNew(approval, run, key, command, voter))
    .map((key) => ({
      code: ErrorCode.ALREADY_DECIDED,
      message: isDecided(run.steps, approval, key)
        ? `The step "${key}" has its decision already. Load the approval again to see it.`
        : `The step "${key}" has this approver's vote already. It waits for the others', or is withdrawn.`,
      path: SUBJECTS,
    }));
  if (faults.length > 0) throw new DomainError(faults);
}

/** Nobody decides on their own request, nor on their own work, nor has a delegate do it. */
function checkSelf(run: RunState, subjects: string[], voter: EligibleApprover): void {
  const faults = subjects
    .filter((key) => isConflicted(run, key, voter))
    .map((key) => ({
      code: ErrorCode.SELF_APPROVAL,
      message: `You, or somebody whom you act for or who acts for you, started this run or did the step "${key}". Somebody else must decide on it.`,
      path: SUBJECTS,
    }));
  if (faults.length > 0) throw new DomainError(faults);
}

/**
 * Whose vote it is. A delegate's conflicts count as the owner's.
 * Throws a DomainError FORBIDDEN for somebody who is no approver, or an owner for whom `by` doesn't act.
 */
function voterOf(approval: ApprovalStepDefinition, { by, inNameOf, approvers }: Decide): EligibleApprover {
  // What the definition has the desk decide is nobody's own, and needs no position.
  if (by === DESK) return { id: DESK, deputies: [], actsWith: [] };
  const voter = approvers.find(({ id }) => id === (inNameOf ?? by));
  const acts = inNameOf === undefined || inNameOf === by || voter?.deputies.includes(by);
  if (!voter || !acts) {
    const message = `"${approval.title}" is for others to decide. Its approvers are named in the process.`;
    throw new DomainError(ErrorCode.FORBIDDEN, message, ['input', 'stepId']);
  }
  return voter;
}

/** The subjects that the command decides, after every check. */
function decidedSubjects(
  approval: ApprovalStepDefinition,
  run: RunState,
  command: Decide,
  voter: EligibleApprover,
): string[] {
  const { subjects: named, verdict } = command;
  const shown = shownSubjects(approval, run.steps);
  if (named) checkSubjects(approval, run.steps, named);
  checkOpen(approval, run.steps, named ?? shown);
  const pending = pendingSubjects(approval, run.steps);
  // Of all pending, those that still wait for this approver; none of them: that is too late.
  const open = pending.filter((key) => !saysNothingNew(approval, run, key, command, voter));
  const subjects = named ? shown.filter((key) => named.includes(key)) : open.length > 0 ? open : pending;
  checkNew(approval, run, subjects, command, voter);
  if (verdict === Verdict.REJECTED && subjects.length === 0) {
    const message =
      'Every subject has been approved already, so there is nothing to reject. Approve to confirm it.';
    throw new DomainError(ErrorCode.ALREADY_DECIDED, message, SUBJECTS);
  }
  // Confirming without a pending subject is a word on all of them.
  checkSelf(run, subjects.length > 0 ? subjects : shown, voter);
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

/**
 * Gives an approver's word on subjects of the approval: those that the command names or, for null, all that
 * wait for it. `run` has its phases as they are now. A rejection decides at once, whatever the quorum, and
 * sends back without waiting for the other subjects; a yes decides when the quorum is reached with it. With
 * the last decision the approval is completed.
 *
 * Throws a DomainError: INVALID_INPUT for what is no subject, or hidden; ALREADY_DECIDED when somebody
 * was faster, or for a second vote of the same approver; STEP_NOT_READY; FORBIDDEN; SELF_APPROVAL; REQUIRED
 * for a rejection without a comment.
 */
export function decide(
  definition: ProcessDefinition,
  approval: ApprovalStepDefinition,
  run: RunState,
  command: Decide,
): RunEvent[] {
  const voter = voterOf(approval, command);
  const subjects = decidedSubjects(approval, run, command, voter);
  const comment = checkComment(command);
  const { verdict, by, step } = command;
  const { attempt } = stateOf(run.steps, approval.key);
  const words = subjects.map((subject): ApprovalDecided => {
    const again = hasVoted(run.steps, approval, subject, voter);
    const votes = votesOn(run.steps, approval, subject).length + (again ? 0 : 1);
    return {
      type: 'APPROVAL_DECIDED',
      step,
      subject,
      verdict,
      comment,
      by,
      attempt,
      subjectAttempt: stateOf(run.steps, subject).attempt,
      inNameOf: voter.id === by ? null : voter.id,
      final:
        by === DESK ||
        verdict === Verdict.REJECTED ||
        isQuorate(approval, run, subject, votes, command.approvers),
      again,
    };
  });
  const decided = replay(words, run);
  if (verdict === Verdict.REJECTED)
    return [...words, ...sendBackRejected(definition, decided, approval, subjects)];
  if (pendingSubjects(approval, decided.steps).length > 0) return words;
  return [...words, { type: 'STEP_COMPLETED', step, attempt, answers: {}, by }];
}
