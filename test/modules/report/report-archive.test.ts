import { beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { Role } from '../../../src/platform/auth/viewer.js';
import type { ReportPartsFragment } from '../../generated/graphql.js';
import type { Client } from '../../support/client.js';
import { useDesk } from '../../support/desk.js';
import { toDraft } from '../quality/interaction.js';
import { refusals } from '../ticket/play.js';
import { approve, archive, draft, edit, reportOf } from './play.js';

const desk = useDesk();
let agent: Client;
let manager: Client;
let ticketId: string;
let report: ReportPartsFragment;
/** One archived report, which all that is tried in vain leaves as it is. */
beforeAll(async () => {
  [agent, manager] = [await desk.as(Role.AGENT), await desk.as(Role.MANAGER)];
  ({ ticketId } = await toDraft(desk));
  const { id } = await reportOf(desk, ticketId);
  expect(refusals(await approve(manager, id))).toEqual([]);
  report = (await archive(agent, id)).report as ReportPartsFragment;
}, 60_000);

describe('an archived report', () => {
  test('is sealed: its hash holds, and no mutation changes it', async () => {
    expect(report).toMatchObject({
      status: 'ARCHIVED',
      verified: true,
      contentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const tries = [
      await edit(agent, { reportId: report.id, summary: 'Never' }),
      await approve(manager, report.id),
      await archive(manager, report.id),
    ];
    expect(tries.flatMap(refusals)).toEqual(Array(3).fill('INVALID_TRANSITION input reportId'));
    // Saying what it says already is no change, and none is made.
    expect((await edit(agent, { reportId: report.id, summary: report.summary })).report).toEqual(report);
  });

  test('cannot be changed or deleted by SQL either, while a draft can', async () => {
    const { id, body } = report;
    const other = await draft(desk);
    const db = desk.app.desk.database.sql;
    const words = /is archived and never changes/;
    for (const column of ['body', 'summary', 'content_hash', 'status', 'drafted_by_id'])
      await expect(
        sql`update report set ${sql.ref(column)} = 'DRAFT' where id = ${id}`.execute(db),
      ).rejects.toThrow(words);
    await expect(sql`delete from report where id = ${id}`.execute(db)).rejects.toThrow(words);
    await expect(sql`update report set body = 'x'`.execute(db)).rejects.toThrow(words);
    await sql`update report set body = 'by SQL' where id = ${other.id}`.execute(db);
    const [kept] = await db.selectFrom('report').select(['body', 'status']).where('id', '=', id).execute();
    expect(kept).toEqual({ body, status: 'ARCHIVED' });
  });

  test('that was tampered with behind the desk says so', async () => {
    expect(await reportOf(desk, ticketId)).toEqual(report);
    const db = desk.app.desk.database.sql;
    await sql`alter table report disable trigger report_archived_is_immutable`.execute(db);
    await sql`update report set body = body || '.' where id = ${report.id}`.execute(db);
    await sql`alter table report enable trigger report_archived_is_immutable`.execute(db);
    expect(await reportOf(desk, ticketId)).toEqual({ ...report, body: `${report.body}.`, verified: false });
  });
});
