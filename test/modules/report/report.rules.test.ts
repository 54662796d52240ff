import { canonicalContent, type ReportContent } from '../../../src/modules/report/report.rules.js';
import { ReportKind } from '../../../src/modules/report/report.vocabulary.js';
import { isIntact, sealOf } from '../../../src/modules/report/report-seal.service.js';

const report: ReportContent = {
  id: 'report_1',
  ticketId: 'ticket_1',
  runId: null,
  kind: ReportKind.FINAL,
  title: 'Final report',
  summary: 'Done',
  body: 'All of it\n',
  draftedById: 'agent_1',
  approvedById: 'agent_2',
  approvedAt: new Date('2026-03-14T09:26:53.589Z'),
  archivedAt: new Date('2026-03-14T09:27:00.000Z'),
  createdAt: new Date('2026-03-14T09:00:00.000Z'),
};

describe('the content of an archived report', () => {
  test('is one text, pinned: seals of reports that are archived already depend on it', () => {
    expect(canonicalContent(report)).toBe(
      '{"id":"report_1","ticketId":"ticket_1","runId":null,"kind":"FINAL","title":"Final report",' +
        '"summary":"Done","body":"All of it\\n","draftedById":"agent_1","approvedById":"agent_2",' +
        '"approvedAt":"2026-03-14T09:26:53.589Z","archivedAt":"2026-03-14T09:27:00.000Z",' +
        '"createdAt":"2026-03-14T09:00:00.000Z"}',
    );
  });

  test('does not depend on the order of properties, nor on others', () => {
    const shuffled = Object.fromEntries(Object.entries({ ...report, status: 'ARCHIVED' }).reverse());
    expect(canonicalContent(shuffled as unknown as ReportContent)).toBe(canonicalContent(report));
  });

  test('is sealed by its SHA-256, and no part of it can change unnoticed', () => {
    const contentHash = sealOf(report);
    expect(contentHash).toMatch(/^[0-9a-f]{64}$/);
    expect(isIntact({ ...report, contentHash })).toBe(true);
    for (const part of Object.keys(report) as (keyof ReportContent)[]) {
      const changed = report[part] instanceof Date ? new Date(0) : 'another';
      expect(isIntact({ ...report, [part]: changed, contentHash })).toBe(false);
    }
  });

  test('is neither intact nor broken while it is not archived', () => {
    expect(isIntact({ ...report, contentHash: null })).toBeNull();
  });
});
