import { beforeAll, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { Role } from '../../src/platform/auth/viewer.js';
import { CursorCodec } from '../../src/platform/events/cursor.js';
import { demoPerson } from '../../src/seed/demo.people.js';
import { useDesk } from '../support/desk.js';
import { leaked } from './authorisation/secrets.js';
import { isStaff, readTable } from './authorisation/table.js';
import { Hearing } from './fuzz/hearing.js';
import { hold } from './fuzz/hold.js';
import { poolOf } from './fuzz/pool.js';
import { Rights } from './fuzz/rights.js';
import { RightsRecord } from './fuzz/rights-record.js';
import { LONG, report, SEED, subscriptionsOr, WRONG } from './fuzz/settings.js';
import { type Rows, Sight } from './fuzz/sight.js';
import { SIGNED_IN, type Sitting, sittings } from './fuzz/sitting.js';
import type { Pool } from './fuzz/values.js';
import type { Payload } from './stage/actor.js';
import { KINDS, marker, PLACES, VIEWERS, type ViewerName } from './stage/people.js';
import { type Stage, setStage } from './stage/stage.js';

/** How many made-up subscriptions each role begins. */
const COUNT = subscriptionsOr(16);
/** How many of them at one socket. */
const SIZE = 8;

const desk = useDesk({ LOG_LEVEL: process.env.FUZZ_LOG ?? 'silent', HEARTBEAT_SECONDS: '1' });
jest.setTimeout(120_000 + COUNT * 3_000);
const table = readTable();
let stage: Stage;
let pool: Pool;
let rights: Rights;
let record: RightsRecord;
let logged: jest.Spied<typeof desk.app.desk.log.error>;
beforeAll(async () => {
  logged = jest.spyOn(desk.app.desk.log, 'error');
  stage = await setStage(desk);
  pool = await poolOf(desk, stage);
  rights = await Rights.of(desk);
  record = await RightsRecord.of(desk);
}, 120_000);

const sightOf = (viewer: ViewerName, rows: Rows) => new Sight(rows, demoPerson(viewer as Role) ?? '');

/** Asks as somebody else does meanwhile. @returns where the log stands */
async function askBeside(): Promise<string> {
  const { data } = await (await desk.as(Role.MANAGER)).send<Payload, unknown>(
    'query ($id: ID!) { eventCursor ticket(by: {id: $id}) { id } }',
    { id: stage.tickets.OWN },
  );
  expect(data?.ticket).toEqual({ id: stage.tickets.OWN });
  return data.eventCursor;
}

/** Places of this log, of another, and what is none. One of long ago only at first: much would follow it later. */
function cursors(turn: number, after: string, earlier: string): string[] {
  const foreign = new CursorCodec('another').encode({ xid: 1n, position: 1n });
  return [after, after, earlier, turn < 3 ? stage.before : earlier, foreign, after.slice(0, -4), 'x'];
}

test(`who may see what is the same in words, and by rows (FUZZ_SEED=${SEED})`, async () => {
  await record.begin();
  const rows = await record.read();
  const all = PLACES.flatMap((place) => KINDS.map((kind) => marker(place, kind))).join(' ');
  for (const viewer of VIEWERS)
    expect([viewer, sightOf(viewer, rows).leaked(all, stage.tickets)]).toEqual([viewer, leaked(all, viewer)]);
});

test(`no subscription tells of an internal error, or of what is not theirs (FUZZ_SEED=${SEED})`, async () => {
  const hearing = new Hearing(desk, stage.tickets);
  const faults: string[] = [];
  let earlier = stage.before;
  for (let turn = 0; turn * SIZE < COUNT && faults.length < 20; turn += 1) {
    await rights.restoreAndTell();
    await record.begin();
    const after = await askBeside();
    const size = Math.min(SIZE, COUNT - turn * SIZE);
    const [sitting] = fc.sample(
      sittings(stage.schema, { ...pool, cursors: cursors(turn, after, earlier) }, table, { size, turn }),
      { numRuns: 1, seed: SEED + turn * 7_919 },
    );
    const held = await hold(desk, stage, sitting as Sitting, { after, turn });
    const rows = await record.read();
    for (const { seat, code, expected } of held.seats) {
      const sight = sightOf(seat.viewer, rows);
      await hearing.judge(seat, sight);
      if (code !== expected && !(code === 4403 && sight.mayBeGone))
        held.faults.push(`${seat.viewer} was closed with ${code} instead of ${expected}`);
    }
    for (const { what, codes, raw } of held.done)
      for (const code of codes) {
        hearing.count(what, code);
        if (WRONG.includes(code)) held.faults.push(`${what}: ${raw}`);
      }
    faults.push(...held.faults, ...hearing.faults.splice(0));
    earlier = after;
    if (LONG && turn % 10 === 9) report(`${(turn + 1) * SIZE} subscriptions each`, hearing.counts);
  }
  if (LONG) report(`${COUNT} subscriptions each`, hearing.counts);
  await rights.restoreAndTell();
  await askBeside();
  expect(faults).toEqual([]);
  expect(logged.mock.calls).toEqual([]);
  // There was something to tell, and everybody was told.
  const toldTo = (type: string) => SIGNED_IN.filter((viewer) => hearing.counts[viewer]?.[type] !== undefined);
  const staff = SIGNED_IN.filter(isStaff);
  expect(['QueueChange', 'TicketEvent'].map(toldTo)).toEqual([SIGNED_IN, SIGNED_IN]);
  expect(['DeskCounts', 'TicketPresence'].map(toldTo)).toEqual([staff, staff]);
  expect(['WorkUpdate', 'ApprovalUpdate'].map(toldTo)).not.toContainEqual([]);
});
