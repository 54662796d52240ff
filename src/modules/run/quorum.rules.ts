/** How many yeses a subject takes, and whose count. Pure. */
import type { Quorum } from '../process/process.definition.js';
import { stateOf } from './phase.rules.js';
import type { EligibleApprover, RunState } from './run.state.js';

/**
 * How many of `eligible` approvers must approve: at least one, at most all of them. ALL is all, a count
 * that many or all where there are fewer, and a percentage is rounded up: 50 of 3 is 2.
 */
export function votesNeeded(quorum: Quorum | undefined, eligible: number): number {
  const asked = (): number => {
    if (quorum === undefined || quorum === 'ANY') return 1;
    if (quorum === 'ALL') return eligible;
    return 'count' in quorum ? quorum.count : Math.ceil((eligible * quorum.percent) / 100);
  };
  return Math.max(1, Math.min(asked(), eligible));
}

/**
 * Whether the approver may not decide on the subject, because they asked for the run or did the subject, or
 * because one of those who act for them, or for whom they act, did.
 */
export function isConflicted(run: RunState, subject: string, approver: EligibleApprover): boolean {
  const own = [run.startedBy, stateOf(run.steps, subject).completedBy];
  return [approver.id, ...approver.actsWith].some((id) => own.includes(id));
}
