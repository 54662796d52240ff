import { createHash } from 'node:crypto';
import { canonicalContent, type ReportContent } from './report.rules.js';

/** SHA-256 of the canonical content, in hexadecimal: what an archived report is checked against. */
export function sealOf(report: ReportContent): string {
  return createHash('sha256').update(canonicalContent(report)).digest('hex');
}

/** Whether an archived report still says what was archived; null for one that is not archived. */
export function isIntact(report: ReportContent & { contentHash: string | null }): boolean | null {
  return report.contentHash === null ? null : report.contentHash === sealOf(report);
}
