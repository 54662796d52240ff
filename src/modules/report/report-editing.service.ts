import type { Context } from '../../platform/context.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { DomainError, ErrorCode, notFound } from '../../platform/errors.js';
import { changeTicket, mustWork, textOf } from '../ticket/ticket.service.js';
import { Report } from './report.entity.js';
import { reportEdited } from './report.events.js';
import type { ApproveReportInput, ArchiveReportInput, EditReportInput } from './report.input.js';
import { reportById } from './report.loader.js';
import { checkApprover } from './report.policy.js';
import { MOST_SUMMARY, seal, sign, write } from './report.service.js';

const MOST_BODY = 500_000;

/** Edits what a report says; one that was approved has to be approved anew. */
export async function editReport(ctx: Context, input: EditReportInput): Promise<Report> {
  mustWork(ctx);
  if (input.summary == null && input.body == null)
    throw new DomainError(ErrorCode.REQUIRED, 'Give summary, body or both.', ['input']);
  return changeReport(ctx, input, (tx, report) => {
    const summary = said(input.summary, report.summary, 'summary', MOST_SUMMARY);
    const body = said(input.body, report.body, 'body', MOST_BODY);
    if (summary === report.summary && body === report.body) return;
    const editedByIds = [...new Set([...report.editedByIds, tx.viewer.id as string])];
    write(tx, report, { summary, body, editedByIds });
    tx.append(report.ticketId, reportEdited(report));
  });
}

/** What a part of a report is to say: the same to the letter where only the space around it differs. */
function said(given: string | null | undefined, now: string, field: string, most: number): string {
  return given == null || given.trim() === now.trim() ? now : textOf(given, field, most);
}

/**
 * Approves a draft by hand.
 * @throws DomainError FORBIDDEN or SELF_APPROVAL to who may not; ALREADY_DECIDED when somebody did
 */
export async function approveReport(ctx: Context, input: ApproveReportInput): Promise<Report> {
  return changeReport(ctx, input, (tx, report) => {
    checkApprover(tx.viewer, report);
    sign(tx, report);
  });
}

/** Archives a report by hand. It must be approved: archiving is no way to approve one's own draft. */
export async function archiveReport(ctx: Context, input: ArchiveReportInput): Promise<Report> {
  mustWork(ctx);
  return changeReport(ctx, input, seal);
}

async function changeReport(
  ctx: Context,
  { reportId, expectedVersion }: { reportId: string; expectedVersion?: number | null },
  work: (tx: Transaction, report: Report) => void,
): Promise<Report> {
  const missing = () => notFound('report', reportId, ['input', 'reportId']);
  const known = await ctx.load(reportById, reportId);
  if (!known) throw missing();
  await changeTicket(ctx, known.ticketId, async (tx) => {
    const report = await tx.em.findOneOrFail(Report, { id: reportId });
    if (expectedVersion != null && report.version !== expectedVersion)
      throw new DomainError(
        ErrorCode.STALE,
        `The report is at version ${report.version}, not ${expectedVersion}: read it again.`,
        ['input', 'expectedVersion'],
      );
    work(tx, report);
  });
  const changed = await ctx.load(reportById, reportId);
  if (!changed) throw missing();
  return changed;
}
