import type { ReportKind } from './report.vocabulary.js';

/** What an archived report says and who answers for it: all that may never change. */
export interface ReportContent {
  id: string;
  ticketId: string;
  runId: string | null;
  kind: ReportKind;
  title: string;
  summary: string;
  body: string;
  draftedById: string;
  approvedById: string | null;
  approvedAt: Date | null;
  archivedAt: Date | null;
  createdAt: Date;
}

/**
 * One text for one content, to be hashed: JSON with its keys in this order and times as ISO 8601 in UTC.
 * Archived hashes depend on it: never reorder, add or leave out. Pure.
 */
export function canonicalContent(report: ReportContent): string {
  return JSON.stringify({
    id: report.id,
    ticketId: report.ticketId,
    runId: report.runId,
    kind: report.kind,
    title: report.title,
    summary: report.summary,
    body: report.body,
    draftedById: report.draftedById,
    approvedById: report.approvedById,
    approvedAt: report.approvedAt?.toISOString() ?? null,
    archivedAt: report.archivedAt?.toISOString() ?? null,
    createdAt: report.createdAt.toISOString(),
  });
}
