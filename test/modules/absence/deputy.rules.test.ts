import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  actingTogether,
  closesCircle,
  type Deputy,
  withSecondLevel,
} from '../../../src/modules/absence/deputy.rules.js';

const pair = (ownerId: string, deputyId: string, absent = true): Deputy => ({ ownerId, deputyId, absent });
const shown = (deputies: Deputy[]) => deputies.map(({ ownerId, deputyId }) => `${ownerId}${deputyId}`);

describe('withSecondLevel', () => {
  it.each<[string, Deputy[], string[]]>([
    ['nobody', [], []],
    ['one level', [pair('a', 'b')], ['ab']],
    [
      'two levels, of three',
      [pair('a', 'b'), pair('b', 'c'), pair('c', 'd')],
      ['ab', 'bc', 'cd', 'ac', 'bd'],
    ],
    [
      'a deputy who only delegated does what they do themselves',
      [pair('a', 'b'), pair('b', 'c', false)],
      ['ab', 'bc'],
    ],
    ['a delegate who is absent', [pair('a', 'b', false), pair('b', 'c')], ['ab', 'bc', 'ac']],
    ['nobody for themselves', [pair('a', 'b'), pair('b', 'a')], ['ab', 'ba']],
    [
      'nobody twice',
      [pair('a', 'b'), pair('a', 'b', false), pair('a', 'c'), pair('b', 'c')],
      ['ab', 'ac', 'bc'],
    ],
  ])('%s', (_name, direct, expected) => {
    expect(shown(withSecondLevel(direct))).toEqual(expected);
  });
});

const someone = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const pairs = fc.array(
  fc.tuple(someone, someone).map(([owner, deputy]) => pair(owner, deputy)),
  { maxLength: 8 },
);

describe('deputies', () => {
  it('never go round in a circle when none that closes one is added', () => {
    fc.assert(
      fc.property(pairs, (wanted) => {
        const kept: Deputy[] = [];
        for (const each of wanted) if (!closesCircle(kept, each.ownerId, each.deputyId)) kept.push(each);
        // Whoever is followed from deputy to deputy comes to an end within as many steps as there are people.
        for (const start of ['a', 'b', 'c', 'd', 'e']) {
          let reached = new Set([start]);
          for (let step = 0; step < 5; step += 1)
            reached = new Set(
              kept.filter(({ ownerId }) => reached.has(ownerId)).map(({ deputyId }) => deputyId),
            );
          expect(reached.size).toBe(0);
        }
      }),
    );
  });

  it('act together both ways', () => {
    fc.assert(
      fc.property(pairs, (deputies) => {
        const together = actingTogether(deputies);
        for (const { ownerId, deputyId } of deputies) {
          expect(together[ownerId]).toContain(deputyId);
          expect(together[deputyId]).toContain(ownerId);
        }
      }),
    );
  });
});
