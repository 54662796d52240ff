import { beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { Role } from '../../../src/platform/auth/viewer.js';
import { sqlOf } from '../../../src/platform/database/database.js';
import { ApproveReportDocument, ArchiveReportDocument, EditReportDocument, EvidenceDocument, type ReportPartsFragment } from '../../generated/graphql.js';
import type { Client } from '../../support/client.js';
import { useDesk } from '../../support/desk.js';
import { LEAD, toDraft, toFeedback } from '../quality/interaction.js';
import { refusals } from '../ticket/play.js';

const desk = useDesk();
let agent: Client;
let lead: Client;
let manager: Client;
let shared: string | undefined;
beforeAll(async () => {
  [agent, lead, manager] = [await desk.as(Role.AGENT), await desk.as(LEAD), await desk.as(Role.MANAGER)];
});

const edit = async (client: Client, input: { reportId: string; summary?: string; body?: string; expectedVersion?: number }) =>
  (await client.ask(EditReportDocument, { input })).editReport;
const approve = async (client: Client, reportId: string, expectedVersion?: number) =>
  (await client.ask(ApproveReportDocument, { input: { reportId, expectedVersion } })).approveReport;
const archive = async (client: Client, reportId: string, expectedVersion?: number) =>
  (await client.ask(ArchiveReportDocument, { input: { reportId, expectedVersion } })).archiveReport;
const reportOf = async (ticketId: string) => (await manager.ask(EvidenceDocument, { id: ticketId })).ticket?.reports?.[0] as ReportPartsFragment;
const draft = async (by?: string) => reportOf((await toDraft(desk, by)).ticketId);
/** One draft that refused mutations share. */
const untouched = async () => {
  shared ??= (await toDraft(desk)).ticketId;
  const now = () => reportOf(shared as string);
  return { report: await now(), now };
};
const sealed = async () => {
  const { id } = await draft();
  expect(refusals(await approve(lead, id))).toEqual([]);
  return (await archive(agent, id)).report as ReportPartsFragment;
};

describe('a draft', () => {
  test('is edited, approved by a lead or manager, and edited again it is a draft again', async () => {
    const report = await draft();
    expect(report).toMatchObject({ status: 'DRAFT', summary: 'Locked out', draftedBy: { name: 'Alex Agent' }, approvedBy: null, verified: null, contentHash: null });
    expect((await edit(agent, { reportId: report.id, summary: ' Locked out twice ' })).report).toEqual({
      ...report,
      summary: 'Locked out twice',
      version: report.version + 1,
    });
    expect((await approve(lead, report.id)).report).toMatchObject({ status: 'APPROVED', approvedBy: { name: 'Lee Lead' }, version: report.version + 2 });
    expect((await edit(agent, { reportId: report.id, body: 'All of it' })).report).toMatchObject({
      status: 'DRAFT',
      body: 'All of it',
      approvedBy: null,
      summary: 'Locked out twice',
    });
  });

  test('saying the same again leaves it as it is, approval included', async () => {
    const { id, summary } = await draft();
    const said = { reportId: id, summary, body: 'All of it' };
    await edit(agent, said);
    const approved = (await approve(manager, id)).report;
    expect(approved?.status).toBe('APPROVED');
    expect((await edit(agent, said)).report).toEqual(approved);
  });

  test('cannot be approved by who drafted it, nor by an agent, nor twice', async () => {
    const { id } = await draft(LEAD);
    expect(refusals(await approve(lead, id))).toEqual(['SELF_APPROVAL input reportId']);
    for (const role of [Role.AGENT, Role.QA_MANAGER, Role.ADMIN]) expect(refusals(await approve(await desk.as(role), id))).toEqual(['FORBIDDEN']);
    expect(refusals(await approve(manager, id))).toEqual([]);
    expect(refusals(await approve(manager, id))).toEqual(['ALREADY_DECIDED input reportId']);
  });

  test('of two who approve it at once one is told that it was', async () => {
    const { id } = await draft();
    const both = await Promise.all([approve(lead, id), approve(manager, id)]);
    expect(both.flatMap(refusals)).toEqual(['ALREADY_DECIDED input reportId']);
  });

  test('is not archived before somebody approves it', async () => {
    const { id } = await draft();
    expect(refusals(await archive(manager, id))).toEqual(['INVALID_TRANSITION input reportId']);
  });

  test.each<[string, object, string]>([
    ['nothing', {}, 'REQUIRED input'],
    ['an empty summary', { summary: ' ' }, 'REQUIRED input summary'],
    ['too long a summary', { summary: 'x'.repeat(20_001) }, 'INVALID_INPUT input summary'],
    ['an empty body', { body: '\n' }, 'REQUIRED input body'],
    ['what was seen at another version', { summary: 'New', expectedVersion: 99 }, 'STALE input expectedVersion'],
  ])('does not come to say %s', async (_, change, wanted) => {
    const { report, now } = await untouched();
    expect(refusals(await edit(agent, { reportId: report.id, ...change }))).toEqual([wanted]);
    expect(await now()).toEqual(report);
  });

  test('is neither approved nor archived at another version, nor edited by who only reads', async () => {
    const { report, now } = await untouched();
    expect(refusals(await approve(manager, report.id, report.version + 1))).toEqual(['STALE input expectedVersion']);
    expect(refusals(await archive(manager, report.id, report.version + 1))).toEqual(['STALE input expectedVersion']);
    expect(refusals(await edit(await desk.as(Role.QA_MANAGER), { reportId: report.id, summary: 'New' }))).toEqual(['FORBIDDEN']);
    expect(refusals(await edit(agent, { reportId: 'report_1', summary: 'New' }))).toEqual(['NOT_FOUND input reportId']);
    expect(await now()).toEqual(report);
  });
});

describe('an archived report', () => {
  test('is sealed: its hash holds, and no mutation changes it', async () => {
    const report = await sealed();
    expect(report).toMatchObject({ status: 'ARCHIVED', verified: true, contentHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const tries = [await edit(agent, { reportId: report.id, summary: 'Never' }), await approve(manager, report.id), await archive(manager, report.id)];
    expect(tries.flatMap(refusals)).toEqual(Array(3).fill('INVALID_TRANSITION input reportId'));
    // Saying what it says already is no change, and none is made.
    expect((await edit(agent, { reportId: report.id, summary: report.summary })).report).toEqual(report);
  });

  test('cannot be changed or deleted by SQL either, while a draft can', async () => {
    const { id } = await sealed();
    const other = await draft();
    const db = sqlOf(desk.app.desk.database.fork());
    const words = /is archived and never changes/;
    for (const column of ['body', 'summary', 'content_hash', 'status', 'drafted_by_id'])
      await expect(sql`update report set ${sql.ref(column)} = 'DRAFT' where id = ${id}`.execute(db)).rejects.toThrow(words);
    await expect(sql`delete from report where id = ${id}`.execute(db)).rejects.toThrow(words);
    await expect(sql`update report set body = 'x'`.execute(db)).rejects.toThrow(words);
    await sql`update report set body = 'by SQL' where id = ${other.id}`.execute(db);
    expect(await sealedStill(id)).toEqual([{ body: expect.not.stringMatching(/^x|^DRAFT/) }]);
  });

  test('that was tampered with behind the desk says so', async () => {
    const walk = await toFeedback(desk);
    const before = await reportOf(walk.ticketId);
    expect(before).toMatchObject({ status: 'ARCHIVED', verified: true });
    const db = sqlOf(desk.app.desk.database.fork());
    await sql`alter table report disable trigger report_archived_is_immutable`.execute(db);
    await sql`update report set body = body || '.' where id = ${before.id}`.execute(db);
    await sql`alter table report enable trigger report_archived_is_immutable`.execute(db);
    expect(await reportOf(walk.ticketId)).toMatchObject({ body: `${before.body}.`, contentHash: before.contentHash, verified: false });
  });
});

const sealedStill = async (id: string) =>
  sqlOf(desk.app.desk.database.fork()).selectFrom('report').select('body').where('id', '=', id).execute();
