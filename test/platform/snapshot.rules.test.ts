import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sql } from 'kysely';
import { readSnapshot, visibleIn } from '../../src/platform/events/snapshot.rules.js';
import { useDesk } from '../support/desk.js';

const desk = useDesk();

test.each<[string, bigint[]]>([
  ['10:10:', [8n, 9n]],
  ['10:11:', [8n, 9n, 10n]],
  ['10:15:10,12', [8n, 9n, 11n, 13n, 14n]],
  [
    '18446744073709551000:18446744073709551002:18446744073709551000',
    [8n, 9n, 10n, 11n, 12n, 13n, 14n, 15n, 16n],
  ],
])('%s has seen', (text, seen) => {
  const snapshot = readSnapshot(text);
  const asked = Array.from({ length: 9 }, (_, n) => BigInt(n + 8));
  expect(asked.filter((xid) => visibleIn(snapshot, xid))).toEqual(seen);
});

const snapshots = fc
  .record({ xmin: fc.integer({ min: 3, max: 20 }), between: fc.array(fc.boolean(), { maxLength: 12 }) })
  .map(({ xmin, between }) => {
    const running = between.flatMap((runs, n) => (runs ? [xmin + n] : []));
    return `${running[0] ?? xmin + between.length}:${xmin + between.length}:${running.join(',')}`;
  });

test('what a snapshot has seen is what PostgreSQL says', async () => {
  const db = desk.app.desk.database.sql;
  const texts = [...new Set(fc.sample(snapshots, { numRuns: 60, seed: 7 }))];
  const { rows } = await sql<{ text: string; xid: number; seen: boolean }>`
    select text, xid, pg_visible_in_snapshot(xid::text::xid8, text::pg_snapshot) as seen
    from unnest(string_to_array(${texts.join(' ')}, ' ')) as text, generate_series(1, 40) as xid`.execute(db);
  expect(rows).toHaveLength(texts.length * 40);
  expect(rows.map(({ text, xid }) => visibleIn(readSnapshot(text), BigInt(xid)))).toEqual(
    rows.map(({ seen }) => seen),
  );
});
