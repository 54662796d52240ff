import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { levelTimes } from '../../../src/modules/escalation/level.clock.js';

const at = (minutes: number) => new Date(Date.UTC(2026, 0, 1) + minutes * 60_000);

test.each([
  ['new', [], null, 10, [[0, null, 600]]],
  ['resolved at the first level', [], 4, 10, [[0, 4, 240]]],
  [
    'escalated once',
    [3],
    null,
    10,
    [
      [0, 3, 180],
      [1, null, 420],
    ],
  ],
  [
    'escalated twice and resolved',
    [3, 5],
    9,
    100,
    [
      [0, 3, 180],
      [1, 5, 120],
      [2, 9, 240],
    ],
  ],
] as [string, number[], number | null, number, [number, number | null, number][]][])(
  'a ticket that is %s',
  (_what, escalated, resolved, now, expected) => {
    const clocks = levelTimes(at(0), escalated.map(at), resolved === null ? null : at(resolved), at(now));
    expect(clocks.map(({ level, stoppedAt, seconds }) => [level, stoppedAt, seconds])).toEqual(
      expected.map(([level, stopped, seconds]) => [level, stopped === null ? null : at(stopped), seconds]),
    );
  },
);

test('no second is charged twice, and none is lost', () => {
  const steps = fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 6 });
  fc.assert(
    fc.property(steps, fc.integer({ min: 0, max: 500 }), (gaps, rest) => {
      const escalated: number[] = [];
      for (const gap of gaps) escalated.push((escalated.at(-1) ?? 0) + gap);
      const now = (escalated.at(-1) ?? 0) + rest;
      const clocks = levelTimes(at(0), escalated.map(at), null, at(now));
      expect(clocks.reduce((sum, { seconds }) => sum + seconds, 0)).toBe(now * 60);
    }),
  );
});
