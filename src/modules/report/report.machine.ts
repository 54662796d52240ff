import { DomainError, ErrorCode } from '../../platform/errors.js';
import { ReportStatus } from './report.vocabulary.js';

const { DRAFT, APPROVED, ARCHIVED } = ReportStatus;

/** What may happen to a report. WRITE stands for drafting it anew and for editing it. */
export type ReportMove = 'WRITE' | 'APPROVE' | 'ARCHIVE';

/** Writing ends an approval: what was approved is no longer what the report says. Pure. */
const TRANSITIONS: Record<ReportMove, { from: readonly ReportStatus[]; to: ReportStatus; done: string }> = {
  WRITE: { from: [DRAFT, APPROVED], to: DRAFT, done: 'changed' },
  APPROVE: { from: [DRAFT], to: APPROVED, done: 'approved' },
  ARCHIVE: { from: [APPROVED], to: ARCHIVED, done: 'archived' },
};

/**
 * The status that a move leads to.
 * @throws DomainError ALREADY_DECIDED when it was approved before; INVALID_TRANSITION for every other
 *   move that the life cycle lacks
 */
export function move(status: ReportStatus, by: ReportMove): ReportStatus {
  const { from, to, done } = TRANSITIONS[by];
  if (from.includes(status)) return to;
  if (by === 'APPROVE' && status === APPROVED)
    throw new DomainError(ErrorCode.ALREADY_DECIDED, 'This report was approved before.', [
      'input',
      'reportId',
    ]);
  throw new DomainError(
    ErrorCode.INVALID_TRANSITION,
    `A report that is ${status} cannot be ${done}; that takes one that is ${from.join(' or ')}.`,
    ['input', 'reportId'],
  );
}
