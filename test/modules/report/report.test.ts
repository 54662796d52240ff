import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Role } from '../../../src/platform/auth/viewer.js';
import { ReportEditorsDocument } from '../../generated/graphql.js';
import type { Client } from '../../support/client.js';
import { useDesk } from '../../support/desk.js';
import { Case, hire, publish } from '../../support/office.js';
import { LEAD, toDraft } from '../quality/interaction.js';
import { approval, processOf, task } from '../run/definitions.js';
import { refusals } from '../ticket/play.js';
import { approve, archive, draft, edit, reportOf } from './play.js';

const desk = useDesk();
// Many requests: a limit for what hangs, not for how fast it is.
jest.setTimeout(120_000);
let agent: Client;
let lead: Client;
let manager: Client;
let shared: string | undefined;
beforeAll(async () => {
  [agent, lead, manager] = [await desk.as(Role.AGENT), await desk.as(LEAD), await desk.as(Role.MANAGER)];
});

/** One draft that refused mutations share. */
const untouched = async () => {
  shared ??= (await toDraft(desk)).ticketId;
  const now = () => reportOf(desk, shared as string);
  return { report: await now(), now };
};

test('an approval step does not approve a report in the name of who edited it', async () => {
  const field = { key: 'Text', label: 'Text', type: 'SHORT_TEXT' as const };
  await hire(desk, ['boss'], [Role.MANAGER]);
  await publish(desk, {
    ...processOf(
      task('write', {
        fields: [field],
        effects: [{ kind: 'DRAFT_REPORT', report: 'SERVICE', field: 'Text' }],
      }),
      approval('ok', ['write'], { effects: [{ kind: 'APPROVE_REPORT', report: 'SERVICE' }] }),
    ),
    key: 'reported',
  });
  const run = await Case.open(desk, 'reported');
  await run.complete('write', 'second', 1, [{ field: 'Text', value: 'It hummed' }]);
  const { id } = await reportOf(desk, run.ticketId);
  expect(refusals(await edit(manager, { reportId: id, summary: 'It hummed loudly' }))).toEqual([]);
  expect(await run.decide('ok', 'manager')).toBe('SELF_APPROVAL');
  expect(await reportOf(desk, run.ticketId)).toMatchObject({ status: 'DRAFT', approvedBy: null });
  expect(await run.decide('ok', 'boss')).toBeUndefined();
  expect(await reportOf(desk, run.ticketId)).toMatchObject({
    status: 'APPROVED',
    approvedBy: { name: 'boss' },
  });
});

describe('a draft', () => {
  test('is edited, approved by a lead or manager, and edited again it is a draft again', async () => {
    const report = await draft(desk);
    expect(report).toMatchObject({
      status: 'DRAFT',
      summary: 'Locked out',
      draftedBy: { name: 'Alex Agent' },
      approvedBy: null,
      verified: null,
      contentHash: null,
    });
    expect((await edit(agent, { reportId: report.id, summary: ' Locked out twice ' })).report).toEqual({
      ...report,
      summary: 'Locked out twice',
      version: report.version + 1,
    });
    expect((await approve(lead, report.id)).report).toMatchObject({
      status: 'APPROVED',
      approvedBy: { name: 'Lee Lead' },
      version: report.version + 2,
    });
    expect((await edit(agent, { reportId: report.id, body: 'All of it' })).report).toMatchObject({
      status: 'DRAFT',
      body: 'All of it',
      approvedBy: null,
      summary: 'Locked out twice',
    });
  });

  test('saying the same again leaves it as it is, approval included', async () => {
    const { id, summary } = await draft(desk);
    const said = { reportId: id, summary, body: 'All of it' };
    await edit(agent, said);
    const approved = (await approve(manager, id)).report;
    expect(approved?.status).toBe('APPROVED');
    expect((await edit(agent, said)).report).toEqual(approved);
  });

  test('given back just as it was drafted, it stays approved, with the line that its body ends with', async () => {
    const { id, body } = await draft(desk);
    expect(body.endsWith('\n')).toBe(true);
    const approved = (await approve(manager, id)).report;
    expect((await edit(agent, { reportId: id, body })).report).toEqual(approved);
    expect((await edit(agent, { reportId: id, body: ` ${body}\n` })).report).toEqual(approved);
  });

  test('cannot be approved by who edited it, in whose words it is', async () => {
    const { id } = await draft(desk);
    await edit(lead, { reportId: id, body: 'As the lead sees it.' });
    await edit(await desk.as(Role.AGENT), { reportId: id, summary: 'Locked out, twice' });
    await edit(lead, { reportId: id, summary: 'Locked out, twice.' });
    const { node } = await manager.ask(ReportEditorsDocument, { id });
    expect(node).toMatchObject({ editedBy: [{ name: 'Lee Lead' }, { name: 'Alex Agent' }] });
    expect(refusals(await approve(lead, id))).toEqual(['SELF_APPROVAL input reportId']);
    expect(refusals(await approve(manager, id))).toEqual([]);
  });

  test('cannot be approved by who drafted it, nor by an agent, nor twice', async () => {
    const { id } = await draft(desk, LEAD);
    expect(refusals(await approve(lead, id))).toEqual(['SELF_APPROVAL input reportId']);
    for (const role of [Role.AGENT, Role.QA_MANAGER, Role.ADMIN])
      expect(refusals(await approve(await desk.as(role), id))).toEqual(['FORBIDDEN']);
    expect(refusals(await approve(manager, id))).toEqual([]);
    expect(refusals(await approve(manager, id))).toEqual(['ALREADY_DECIDED input reportId']);
  });

  test('of two who approve it at once one is told that it was', async () => {
    const { id } = await draft(desk);
    const both = await Promise.all([approve(lead, id), approve(manager, id)]);
    expect(both.flatMap(refusals)).toEqual(['ALREADY_DECIDED input reportId']);
  });

  test('is not archived before somebody approves it', async () => {
    const { id } = await draft(desk);
    expect(refusals(await archive(manager, id))).toEqual(['INVALID_TRANSITION input reportId']);
  });

  test.each<[string, object, string]>([
    ['nothing', {}, 'REQUIRED input'],
    ['an empty summary', { summary: ' ' }, 'REQUIRED input summary'],
    ['too long a summary', { summary: 'x'.repeat(20_001) }, 'INVALID_INPUT input summary'],
    ['an empty body', { body: '\n' }, 'REQUIRED input body'],
    [
      'what was seen at another version',
      { summary: 'New', expectedVersion: 99 },
      'STALE input expectedVersion',
    ],
  ])('does not come to say %s', async (_, change, wanted) => {
    const { report, now } = await untouched();
    expect(refusals(await edit(agent, { reportId: report.id, ...change }))).toEqual([wanted]);
    expect(await now()).toEqual(report);
  });

  test('is neither approved nor archived at another version, nor edited by who only reads', async () => {
    const { report, now } = await untouched();
    expect(refusals(await approve(manager, report.id, report.version + 1))).toEqual([
      'STALE input expectedVersion',
    ]);
    expect(refusals(await archive(manager, report.id, report.version + 1))).toEqual([
      'STALE input expectedVersion',
    ]);
    expect(
      refusals(await edit(await desk.as(Role.QA_MANAGER), { reportId: report.id, summary: 'New' })),
    ).toEqual(['FORBIDDEN']);
    expect(refusals(await edit(agent, { reportId: 'report_1', summary: 'New' }))).toEqual([
      'NOT_FOUND input reportId',
    ]);
    expect(await now()).toEqual(report);
  });
});
