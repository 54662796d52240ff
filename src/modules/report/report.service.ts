import type { Transaction } from '../../platform/database/transaction.js';
import { DomainError, ErrorCode } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import type { Ticket } from '../ticket/ticket.entity.js';
import { textOf } from '../ticket/ticket.service.js';
import { Report } from './report.entity.js';
import { reportApproved, reportArchived, reportDrafted } from './report.events.js';
import { move } from './report.machine.js';
import { checkNotEditor } from './report.policy.js';
import { ReportKind, ReportStatus } from './report.vocabulary.js';
import { draftBody, titleOf } from './report-draft.rules.js';
import { factsOf } from './report-facts.service.js';
import { sealOf } from './report-seal.service.js';

export const MOST_SUMMARY = 20_000;

/** Which report of a run. */
export interface ReportOfRun {
  runId: string;
  kind: `${ReportKind}`;
}

/**
 * Drafts a report from the ticket's own data. A run has one report of a kind: drafted again, it is written
 * anew and has to be approved anew.
 * @param given.runId null for a report on the ticket outside any run; each call then makes another one
 * @throws DomainError REQUIRED without a summary; INVALID_TRANSITION when it is archived
 */
export async function draftReport(
  tx: Transaction,
  ticket: Ticket,
  given: { runId: string | null; kind: `${ReportKind}`; summary: string },
): Promise<Report> {
  const { runId } = given;
  const kind = ReportKind[given.kind];
  const summary = textOf(given.summary, 'summary', MOST_SUMMARY);
  const body = draftBody(await factsOf(tx, ticket, runId));
  const report =
    (runId !== null && (await find(tx, ticket, { runId, kind }))) || newReport(tx, ticket, runId, kind);
  write(tx, report, { title: titleOf(kind, ticket), summary, body, editedByIds: [] });
  report.draftedById = tx.viewer.id as string;
  tx.append(ticket.id, reportDrafted(report));
  return report;
}

/**
 * Approves the run's report of that kind; whoever completed the approval step answers for it. One that was
 * approved before, by hand or by another step, stays as it is.
 * @throws DomainError NOT_FOUND when nothing was drafted; SELF_APPROVAL for who edited it
 */
export async function approveDraft(tx: Transaction, ticket: Ticket, which: ReportOfRun): Promise<void> {
  const report = await drafted(tx, ticket, which);
  if (report.status !== ReportStatus.DRAFT) return;
  checkNotEditor(tx.viewer, report, ['input', 'stepId']);
  sign(tx, report);
}

/**
 * Archives the run's report of that kind, approving it first where nobody did. One that is archived stays
 * as it is.
 * @throws DomainError NOT_FOUND when nothing was drafted
 */
export async function archive(tx: Transaction, ticket: Ticket, which: ReportOfRun): Promise<void> {
  const report = await drafted(tx, ticket, which);
  if (report.status === ReportStatus.DRAFT) sign(tx, report);
  if (report.status === ReportStatus.APPROVED) seal(tx, report);
}

/**
 * Makes a report say something else. It is a draft again: whoever approved it does not answer for this.
 * @throws DomainError INVALID_TRANSITION when it is archived
 */
export function write(
  tx: Transaction,
  report: Report,
  content: Partial<Pick<Report, 'title' | 'summary' | 'body' | 'editedByIds'>>,
): void {
  report.status = move(report.status, 'WRITE');
  Object.assign(report, content, { approvedById: null, approvedAt: null });
  touch(tx, report);
}

/**
 * Approves a report in the viewer's name.
 * @throws DomainError ALREADY_DECIDED or INVALID_TRANSITION
 */
export function sign(tx: Transaction, report: Report): void {
  report.status = move(report.status, 'APPROVE');
  report.approvedById = tx.viewer.id;
  report.approvedAt = tx.now;
  touch(tx, report);
  tx.append(report.ticketId, reportApproved(report));
}

/**
 * Archives a report. Once this is flushed the database refuses every change of it.
 * @throws DomainError INVALID_TRANSITION
 */
export function seal(tx: Transaction, report: Report): void {
  report.status = move(report.status, 'ARCHIVE');
  report.archivedAt = tx.now;
  report.contentHash = sealOf(report);
  touch(tx, report);
  tx.append(report.ticketId, reportArchived(report));
}

function newReport(tx: Transaction, ticket: Ticket, runId: string | null, kind: ReportKind): Report {
  const report = Object.assign(new Report(), {
    id: newId('report'),
    ticketId: ticket.id,
    runId,
    kind,
    createdAt: tx.now,
    version: 0,
  });
  tx.em.persist(report);
  return report;
}

function touch(tx: Transaction, report: Report): void {
  report.updatedAt = tx.now;
  report.version += 1;
}

async function drafted(tx: Transaction, ticket: Ticket, which: ReportOfRun): Promise<Report> {
  const report = await find(tx, ticket, which);
  if (report) return report;
  throw new DomainError(ErrorCode.NOT_FOUND, `This run has no ${which.kind} report yet: draft it first.`);
}

function find(tx: Transaction, ticket: Ticket, { runId, kind }: ReportOfRun): Promise<Report | null> {
  return tx.em.findOne(Report, { ticketId: ticket.id, runId, kind: ReportKind[kind] });
}
