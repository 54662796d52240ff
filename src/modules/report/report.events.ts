import type { NewEvent } from '../../platform/events/event.js';
import type { ReportKind } from './report.vocabulary.js';

/** What is told of reports, in the stream of their ticket. Pure. */
export const REPORT_DRAFTED = 'REPORT_DRAFTED';
export const REPORT_EDITED = 'REPORT_EDITED';
export const REPORT_APPROVED = 'REPORT_APPROVED';
export const REPORT_ARCHIVED = 'REPORT_ARCHIVED';

interface Told {
  id: string;
  kind: ReportKind;
}

/** For the first time or anew. */
export const reportDrafted = (report: Told) => told(REPORT_DRAFTED, report);
/** It is a draft again, whatever it was before. */
export const reportEdited = (report: Told) => told(REPORT_EDITED, report);
export const reportApproved = (report: Told) => told(REPORT_APPROVED, report);
export const reportArchived = (report: Told) => told(REPORT_ARCHIVED, report);

function told(type: string, { id, kind }: Told): NewEvent {
  return { type, visibility: 'INTERNAL', data: { reportId: id, kind } };
}
