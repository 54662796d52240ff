import { beforeAll, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { useDesk } from '../support/desk.js';
import { leaked } from './authorisation/secrets.js';
import { readTable } from './authorisation/table.js';
import { play } from './fuzz/answer.js';
import { type Operation, operations } from './fuzz/operations.js';
import { openTo, poolOf } from './fuzz/pool.js';
import { Rights } from './fuzz/rights.js';
import { countOr, LONG, report, SEED, WRONG } from './fuzz/settings.js';
import type { Pool } from './fuzz/values.js';
import { clientOf, VIEWERS } from './stage/people.js';
import { type Stage, setStage } from './stage/stage.js';

/** How many operations each role plays. */
const COUNT = countOr(40);
/** How many are under way at once. */
const AT_ONCE = 4;
/** After how many operations rights that were changed on the way are as they were. */
const ROUND = 40;

const desk = useDesk({ LOG_LEVEL: process.env.FUZZ_LOG ?? 'silent' });
jest.setTimeout(60_000 + COUNT * 7 * 100);
const table = readTable();
let stage: Stage;
let pool: Pool;
let rights: Rights;
beforeAll(async () => {
  stage = await setStage(desk);
  pool = await poolOf(desk, stage);
  rights = await Rights.of(desk);
}, 120_000);

// From who may least to who may most: what one does is not to tell the next more than it may know.
test.each(VIEWERS)(
  `%s: no operation is answered by an internal error, or with what is not theirs (FUZZ_SEED=${SEED})`,
  async (viewer) => {
    const client = await clientOf(desk, viewer);
    const codes: Record<string, number> = {};
    const faults: string[] = [];
    const judge = async (operation: Operation) => {
      const { status, raw, codes: all } = await play(client, operation);
      const blame = (what: string) =>
        faults.push(`${what}\n${JSON.stringify(operation)}\n${raw.slice(0, 2_000)}`);
      const secrets = leaked(raw, viewer);
      if (secrets.length > 0 && !(await rights.opened(stage))) blame(`Told ${viewer} ${secrets.join(', ')}`);
      if (status >= 500) blame(`Status ${status}`);
      for (const code of all) codes[code] = (codes[code] ?? 0) + 1;
      const wrong = all.find((code) => WRONG.includes(code));
      if (wrong) blame(wrong);
    };
    const open = openTo(viewer, table.queries, table.mutations);
    for (let from = 0; from < COUNT && faults.length < 20; from += ROUND) {
      await rights.restore();
      // In small numbers: making many at once would hold up everything else for seconds.
      const round = fc.sample(operations(stage.schema, pool, open), {
        numRuns: Math.min(ROUND, COUNT - from),
        seed: SEED + VIEWERS.indexOf(viewer) + from * VIEWERS.length,
      });
      for (let at = 0; at < round.length; at += AT_ONCE)
        await Promise.all(round.slice(at, at + AT_ONCE).map(judge));
      if (LONG && from % 1_000 === 0)
        report(`${viewer} ${from + round.length} played, ${faults.length} faults`, codes);
    }
    if (LONG) report(`${viewer} ${COUNT} played, ${faults.length} faults`, codes);
    await rights.restore();
    expect(faults).toEqual([]);
    // The desk is as well as before.
    const { data } = await (await desk.as('manager@demo.stepdesk.example')).send<
      { ticket: unknown },
      unknown
    >('query ($id: ID!) { ticket(by: {id: $id}) { id messages { totalCount } } }', { id: stage.tickets.OWN });
    expect(data?.ticket).toMatchObject({ id: stage.tickets.OWN });
  },
);
