import type { Context } from '../../platform/context.js';
import { deputiesAt } from '../absence/deputy.query.js';
import { Report } from '../report/report.entity.js';
import { ReportStatus } from '../report/report.vocabulary.js';
import { eligibleApprovers } from './approver.query.js';
import type { DecideApprovalInput, ReopenStepInput, WithdrawDecisionInput } from './run.input.js';
import { type Changed, carryOut, changeStep, checkAttempt, mustDo, type StepChange } from './run.service.js';
import type { EligibleApprover } from './run.state.js';
import { turnNow } from './step-turn.store.js';

/**
 * Approves or rejects subjects of a READY approval: in one's own name where one is an approver, otherwise in
 * that of somebody for whom one acts.
 * @throws DomainError FORBIDDEN unless the approval means the viewer; SELF_APPROVAL; STALE for another attempt
 *   than the expected one; ALREADY_DECIDED for who comes second
 */
export function decideApproval(ctx: Context, input: DecideApprovalInput): Promise<Changed> {
  return changeStep(ctx, input.stepId, async (change) => {
    const { tx, ticket, loaded, step } = change;
    checkAttempt(step, input.expectedAttempt);
    const approvers = await approversOf(change);
    const by = tx.viewer.id as string;
    const inNameOf = input.inNameOfId ?? ownerFor(by, approvers, change);
    await carryOut(tx, ticket, loaded, {
      type: 'DECIDE',
      step: step.key,
      subjects: input.subjects ?? null,
      verdict: input.verdict,
      comment: input.comment ?? null,
      by,
      ...(inNameOf === undefined ? {} : { inNameOf }),
      approvers,
    });
  });
}

/**
 * Takes back one's word on a subject, or one that was given in one's name, while nothing was done after it.
 * @throws DomainError UNDO_BLOCKED naming what was done; NOT_FOUND where there is no such word
 */
export function withdrawDecision(ctx: Context, input: WithdrawDecisionInput): Promise<Changed> {
  return changeStep(ctx, input.stepId, async ({ tx, ticket, loaded, step }) => {
    const { subject, comment } = input;
    const by = tx.viewer.id as string;
    await carryOut(tx, ticket, loaded, { type: 'WITHDRAW', step: step.key, subject, comment, by });
  });
}

/**
 * Opens a completed or skipped task for another attempt.
 * @throws DomainError UNDO_BLOCKED when an archived report or a closed ticket stands in the way
 */
export function reopenStep(ctx: Context, input: ReopenStepInput): Promise<Changed> {
  return changeStep(ctx, input.stepId, async ({ tx, ticket, loaded, step, defined }) => {
    mustDo(tx.viewer, defined, step);
    const archived = await tx.em.find(Report, { runId: loaded.run.id, status: ReportStatus.ARCHIVED });
    await carryOut(tx, ticket, loaded, {
      type: 'REOPEN',
      step: step.key,
      mode: input.mode,
      reason: input.reason,
      archived: archived.map(({ kind }) => kind),
      by: tx.viewer.id as string,
    });
  });
}

async function approversOf({ tx, ticket, loaded, step, defined }: StepChange): Promise<EligibleApprover[]> {
  const approvers = step.handedToRole
    ? { roles: [step.handedToRole], agentIds: [], teamIds: [] }
    : turnNow(defined, ticket, loaded).approvers;
  return eligibleApprovers(tx.em, approvers, ticket, await deputiesAt(tx.em, tx.now));
}

/** For whom somebody decides who is no approver: the first of their owners who has not voted on everything. */
function ownerFor(by: string, approvers: EligibleApprover[], { step }: StepChange): string | undefined {
  if (approvers.some(({ id }) => id === by)) return undefined;
  const owners = approvers.filter(({ deputies }) => deputies.includes(by));
  return (owners.find(({ id }) => !step.settledIds.includes(id)) ?? owners[0])?.id;
}
