import { beforeAll, expect, test } from '@jest/globals';
import {
  ApprovalChangesDocument,
  type ApprovalChangesSubscription,
  DelegateApprovalsDocument,
  EndAbsenceDocument,
  EventCursorDocument,
  SetAbsenceDocument,
} from '../../generated/graphql.js';
import type { Stream } from '../../support/client.js';
import { useDesk } from '../../support/desk.js';
import { at, Case, publish } from '../../support/office.js';
import { approval, processOf, task } from '../run/definitions.js';
import { directory } from '../ticket/play.js';

const desk = useDesk();
let agents: Record<string, string>;

beforeAll(async () => {
  await publish(desk, { ...processOf(task('a'), approval('ok', ['a']), task('b')), key: 'signed' });
  agents = (await directory(await desk.as(at('manager')))).agents;
});

const hours = (n: number) => new Date(desk.clock.now().getTime() + n * 3_600_000).toISOString();
const letHoursPass = (n: number) => desk.clock.letDaysPass(n / 24);

/** What becomes of one approval in a list, up to and with the next that is told of it. */
async function move(list: Stream<ApprovalChangesSubscription>, stepId: string) {
  const told = await list.takeUntil(({ approvalRequests }) =>
    approvalRequests.changes.some((change) => change.stepId === stepId),
  );
  const { changes } = (told.at(-1) as ApprovalChangesSubscription).approvalRequests;
  return changes.find((change) => change.stepId === stepId)?.move;
}

async function waiting(): Promise<string> {
  const run = await Case.open(desk, 'signed');
  await run.complete('a');
  return run.step('ok').id;
}

async function away(from: number, to: number) {
  const manager = await desk.as(at('manager'));
  const input = { from: hours(from), to: hours(to), standInId: agents.quality };
  const { setAbsence } = await manager.ask(SetAbsenceDocument, { input });
  expect(setAbsence.userErrors).toEqual([]);
  return setAbsence.absence?.id as string;
}

/** What waits for its time about an absence. */
async function planned(absenceId: string): Promise<string[]> {
  const rows = await desk.app.desk.database.sql
    .selectFrom('deadline')
    .select('key')
    .where('subject_id', '=', absenceId)
    .where('fired_at', 'is', null)
    .execute();
  return rows.map(({ key }) => key.split(':').at(-1));
}

test('an absence that begins and ends by itself brings approvals to the stand-in and takes them', async () => {
  const stepId = await waiting();
  const list = await (await desk.as(at('quality'))).subscribe(ApprovalChangesDocument, {});
  const absenceId = await away(1, 2);
  expect((await planned(absenceId)).sort()).toEqual(['BEGAN', 'OVER']);
  letHoursPass(1.1);
  expect(await move(list, stepId)).toBe('ENTERED');
  letHoursPass(1);
  expect(await move(list, stepId)).toBe('LEFT');
  await list.close();
});

test('a delegation that began while nobody listened is told on resuming, and so is its end', async () => {
  const [manager, quality] = [await desk.as(at('manager')), await desk.as(at('quality'))];
  const stepId = await waiting();
  await desk.caughtUp();
  const { eventCursor } = await quality.ask(EventCursorDocument);
  const input = { toAgentId: agents.quality as string, from: hours(1), until: hours(2) };
  await manager.ask(DelegateApprovalsDocument, { input });
  letHoursPass(1.1);
  const list = await quality.subscribe(ApprovalChangesDocument, { after: eventCursor });
  expect(await move(list, stepId)).toBe('ENTERED');
  letHoursPass(1);
  expect(await move(list, stepId)).toBe('LEFT');
  await list.close();
});

test('of an absence that somebody ends nothing stays planned', async () => {
  const absenceId = await away(1, 2);
  const { endAbsence } = await (await desk.as(at('manager'))).ask(EndAbsenceDocument, {
    input: { absenceId },
  });
  expect(endAbsence.userErrors).toEqual([]);
  expect(await planned(absenceId)).toEqual([]);
});
