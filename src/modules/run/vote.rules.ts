/** Which subjects of an approval are open, and what the votes on them amount to. Pure. */
import type { ApprovalStepDefinition } from '../process/process.definition.js';
import { type Steps, stateOf } from './phase.rules.js';
import { isConflicted, votesNeeded } from './quorum.rules.js';
import { votesIn } from './replay.rules.js';
import {
  type Command,
  type EligibleApprover,
  type RunState,
  StepPhase,
  Verdict,
  type Vote,
} from './run.state.js';

type Decide = Extract<Command, { type: 'DECIDE' }>;

/** In the approval's order. What is hidden needs no decision. */
export function shownSubjects(approval: ApprovalStepDefinition, steps: Steps): string[] {
  return approval.approval.subjects.filter((key) => stateOf(steps, key).phase !== StepPhase.HIDDEN);
}

export function isDecided(steps: Steps, approval: ApprovalStepDefinition, subject: string): boolean {
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

/** The votes on a subject in this attempt. */
export function votesOn(steps: Steps, approval: ApprovalStepDefinition, subject: string): Vote[] {
  return votesIn(stateOf(steps, approval.key), subject);
}

/** Whether the votes are enough, over those who may decide on the subject at present. */
export function isQuorate(
  approval: ApprovalStepDefinition,
  run: RunState,
  subject: string,
  votes: number,
  approvers: readonly EligibleApprover[],
): boolean {
  const eligible = approvers.filter((approver) => !isConflicted(run, subject, approver));
  return votes >= votesNeeded(approval.approval.quorum, eligible.length);
}

export function hasVoted(
  steps: Steps,
  approval: ApprovalStepDefinition,
  subject: string,
  { id }: EligibleApprover,
): boolean {
  return votesOn(steps, approval, subject).some(({ of }) => of === id);
}

/**
 * An approver has one word on a subject. A second yes confirms the first only when others left meanwhile, so
 * that the votes given are enough by now; who has thought better of it withdraws.
 */
export function saysNothingNew(
  approval: ApprovalStepDefinition,
  run: RunState,
  subject: string,
  { verdict, approvers }: Pick<Decide, 'verdict' | 'approvers'>,
  voter: EligibleApprover,
): boolean {
  if (isDecided(run.steps, approval, subject)) return true;
  if (!hasVoted(run.steps, approval, subject, voter)) return false;
  const votes = votesOn(run.steps, approval, subject).length;
  return verdict === Verdict.REJECTED || !isQuorate(approval, run, subject, votes, approvers);
}
