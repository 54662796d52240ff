import { move, type ReportMove } from '../../../src/modules/report/report.machine.js';
import { ReportStatus } from '../../../src/modules/report/report.vocabulary.js';
import type { DomainError } from '../../../src/platform/errors.js';

const { DRAFT, APPROVED, ARCHIVED } = ReportStatus;

function outcome(status: ReportStatus, by: ReportMove): string {
  try {
    return move(status, by);
  } catch (error) {
    return (error as DomainError).code;
  }
}

test.each<[ReportStatus, ReportMove, string]>([
  [DRAFT, 'WRITE', DRAFT],
  [DRAFT, 'APPROVE', APPROVED],
  [DRAFT, 'ARCHIVE', 'INVALID_TRANSITION'],
  [APPROVED, 'WRITE', DRAFT],
  [APPROVED, 'APPROVE', 'ALREADY_DECIDED'],
  [APPROVED, 'ARCHIVE', ARCHIVED],
  [ARCHIVED, 'WRITE', 'INVALID_TRANSITION'],
  [ARCHIVED, 'APPROVE', 'INVALID_TRANSITION'],
  [ARCHIVED, 'ARCHIVE', 'INVALID_TRANSITION'],
])('%s, %s → %s', (status, by, result) => {
  expect(outcome(status, by)).toBe(result);
});
