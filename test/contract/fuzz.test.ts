import { beforeAll, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { Role } from '../../src/platform/auth/viewer.js';
import { useDesk } from '../support/desk.js';
import { leaked } from './authorisation/secrets.js';
import { readTable } from './authorisation/table.js';
import { explore } from './authorisation/world.js';
import { type Operation, operations } from './fuzz/operations.js';
import { Rights } from './fuzz/rights.js';
import type { Pool } from './fuzz/values.js';
import type { Payload } from './stage/actor.js';
import { clientOf, PLACES, VIEWERS } from './stage/people.js';
import { type Stage, setStage } from './stage/stage.js';

/** How many operations each role plays: FUZZ_OPERATIONS=10000 is the whole play; FUZZ_SEED repeats one. */
const COUNT = Number(process.env.FUZZ_OPERATIONS ?? 40);
const LONG = COUNT >= 1_000;
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 2_147_483_647);
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
  const ids = new Map<string, string[]>();
  for (const [id] of await explore(desk, stage))
    for (const prefix of ['', id.split('_')[0] as string]) ids.set(prefix, [...(ids.get(prefix) ?? []), id]);
  const { data } = await (await desk.as(Role.MANAGER)).send<Payload, unknown>(
    '{ eventCursor tickets { edges { cursor } } customers { edges { cursor } } processes { edges { cursor } } }',
  );
  const pages = [data.tickets, data.customers, data.processes].flatMap(({ edges }) =>
    edges.map(({ cursor }: { cursor: string }) => cursor),
  );
  pool = { ids, cursors: [stage.before, stage.before, data.eventCursor, 'x'], pages };
  rights = await Rights.of(desk);
}, 120_000);
/** How far a long play has come. */
function report(viewer: string, played: number, faults: number, codes: object): void {
  process.stderr.write(`${viewer} ${played} played, ${faults} faults ${JSON.stringify(codes)}\n`);
}

// From who may least to who may most: what one does is not to tell the next more than it may know.
test.each(VIEWERS)(
  `%s: no operation is answered by an internal error, or with what is not theirs (FUZZ_SEED=${SEED})`,
  async (viewer) => {
    const client = await clientOf(desk, viewer);
    const codes: Record<string, number> = {};
    const faults: string[] = [];
    // Once more where a connection was closed for having been idle at the moment it was taken.
    const play = async (operation: Operation) => {
      const response = await client.post(operation).catch(() => client.post(operation));
      const raw = await response.text();
      const blame = (what: string) =>
        faults.push(`${what}\n${JSON.stringify(operation)}\n${raw.slice(0, 2_000)}`);
      const secrets = leaked(raw, viewer);
      if (secrets.length > 0 && !(await rights.opened(stage))) blame(`Told ${viewer} ${secrets.join(', ')}`);
      if (response.status >= 500) blame(`Status ${response.status}`);
      const { errors = [], data } = JSON.parse(raw) as {
        errors?: { extensions: { code: string } }[];
        data?: Record<string, { userErrors?: { code: string }[] } | null>;
      };
      const refusals = Object.values(data ?? {}).flatMap((part) =>
        part && typeof part === 'object' && Array.isArray(part.userErrors) ? part.userErrors : [],
      );
      const all = errors.map(({ extensions }) => extensions.code);
      for (const code of all.length > 0
        ? all
        : refusals.length > 0
          ? refusals.map(({ code }) => code)
          : ['OK'])
        codes[code] = (codes[code] ?? 0) + 1;
      const wrong = all.find((code) => WRONG.includes(code));
      if (wrong) blame(wrong);
    };
    const open = new Set(
      [...table.queries, ...table.mutations]
        .filter(([, rule]) => PLACES.some((place) => !'UF'.includes(rule(viewer, place))))
        .map(([name]) => name),
    );
    for (let from = 0; from < COUNT && faults.length < 20; from += ROUND) {
      await rights.restore();
      // In small numbers: making many at once would hold up everything else for seconds.
      const round = fc.sample(operations(stage.schema, pool, open), {
        numRuns: Math.min(ROUND, COUNT - from),
        seed: SEED + VIEWERS.indexOf(viewer) + from * VIEWERS.length,
      });
      for (let at = 0; at < round.length; at += AT_ONCE)
        await Promise.all(round.slice(at, at + AT_ONCE).map(play));
      if (LONG && from % 1_000 === 0) report(viewer, from + round.length, faults.length, codes);
    }
    if (LONG) report(viewer, COUNT, faults.length, codes);
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

/** Codes that a valid operation is never answered with while everything that the desk needs is there. */
const WRONG = [
  'INTERNAL_SERVER_ERROR',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'TIMEOUT',
  'OVERLOADED',
];
