import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DomainError } from '../../src/platform/errors.js';
import { CursorCodec, ForeignCursor } from '../../src/platform/events/cursor.js';
import { comparePlaces, type Place } from '../../src/platform/events/place.rules.js';

const codec = new CursorCodec('a log');
const place: fc.Arbitrary<Place> = fc.record({
  xid: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  position: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
});
/** INVALID_INPUT, FOREIGN, or the place that it stands for. */
function outcome(cursor: string, by = codec): string | Place {
  try {
    return by.decode(cursor);
  } catch (error) {
    if (error instanceof ForeignCursor) return 'FOREIGN';
    return (error as DomainError).code;
  }
}

describe('a cursor', () => {
  test('stands for its place', () => {
    fc.assert(fc.property(place, (here) => expect(outcome(codec.encode(here))).toEqual(here)));
  });

  test('is opaque, and short enough for any URL', () => {
    fc.assert(fc.property(place, (here) => expect(codec.encode(here)).toMatch(/^[\w-]{32}$/)));
  });

  test('of another log is foreign, the same place and all', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), place, (one, other, here) => {
        fc.pre(one !== other);
        expect(outcome(new CursorCodec(one).encode(here), new CursorCodec(other))).toBe('FOREIGN');
      }),
    );
  });

  test('that was tampered with is foreign, whichever bit it was', () => {
    fc.assert(
      fc.property(place, fc.nat(24 * 8 - 1), (here, bit) => {
        const bytes = Buffer.from(codec.encode(here), 'base64url');
        bytes[bit >> 3] = (bytes[bit >> 3] as number) ^ (1 << (bit & 7));
        expect(outcome(bytes.toString('base64url'))).toBe('FOREIGN');
      }),
    );
  });

  test.each([
    ['nothing', ''],
    ['a word', 'cursor'],
    ['too short', codec.encode({ xid: 1n, position: 2n }).slice(0, -4)],
    ['too long', `${codec.encode({ xid: 1n, position: 2n })}AAAA`],
    ['with space', ` ${codec.encode({ xid: 1n, position: 2n })}`],
    ['in other base 64', Buffer.alloc(24, 0xff).toString('base64')],
    ['a number', '42'],
    ['a list cursor', Buffer.from('["t.created_atDESC"]').toString('base64url')],
  ])('is not made of %s', (_, garbage) => {
    expect(() => codec.decode(garbage)).toThrow(DomainError);
    expect(outcome(garbage)).toBe('INVALID_INPUT');
  });

  test('is never made of garbage, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80, unit: 'binary' }), (garbage) =>
        expect(typeof outcome(garbage)).toBe('string'),
      ),
    );
  });
});

test('places are ordered by transaction first, then by position', () => {
  const small = fc.record({ xid: fc.bigInt(0n, 3n), position: fc.bigInt(0n, 3n) });
  fc.assert(
    fc.property(small, small, (a, b) => {
      const wanted = a.xid === b.xid ? Number(a.position - b.position) : Number(a.xid - b.xid);
      expect(Math.sign(comparePlaces(a, b))).toBe(Math.sign(wanted));
    }),
  );
});
