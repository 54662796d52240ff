import { describe, expect, test } from '@jest/globals';
import { mapEach } from '../../src/platform/events/map-each.js';

/** A source that gives 1, 2, 3 … and says whether it was ended; after `most` it waits for ever. */
function counting(most: number) {
  let given = 0;
  let wake = () => {};
  const source = {
    ended: 0,
    async next(): Promise<IteratorResult<number>> {
      given += 1;
      if (given <= most) return { done: false, value: given };
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      return { done: true, value: undefined };
    },
    async return(): Promise<IteratorResult<number>> {
      source.ended += 1;
      wake();
      return { done: true, value: undefined };
    },
  };
  return source;
}
const over = { done: true, value: undefined };

describe('a mapped source', () => {
  test('gives what each value maps to, in order, without what maps to nothing', async () => {
    const mapped = mapEach(counting(6), async (n) => (n % 3 === 0 ? undefined : n * 10));
    const taken: number[] = [];
    for await (const value of mapped) if (taken.push(value) === 4) break;
    expect(taken).toEqual([10, 20, 40, 50]);
  });

  test('that is ended while its next value is awaited ends at once, and so does its source', async () => {
    const source = counting(1);
    const mapped = mapEach(source, async (n) => n);
    expect(await mapped.next()).toEqual({ done: false, value: 1 });
    const pending = mapped.next();
    expect(await mapped.return?.()).toEqual(over);
    expect(await pending).toEqual(over);
    expect(source.ended).toBe(1);
    expect(await mapped.next()).toEqual(over);
  });

  test('ends after its last value', async () => {
    const source = counting(9);
    const mapped = mapEach(
      source,
      async (n) => n,
      (n) => n === 2,
    );
    const taken: number[] = [];
    for await (const value of mapped) taken.push(value);
    expect(taken).toEqual([1, 2]);
    expect(source.ended).toBe(1);
  });

  test('whose map fails gives the error once, and ends its source', async () => {
    const source = counting(9);
    const mapped = mapEach(source, async (n) => {
      if (n === 2) throw new Error('Two');
      return n;
    });
    expect(await mapped.next()).toEqual({ done: false, value: 1 });
    await expect(mapped.next()).rejects.toThrow('Two');
    expect(source.ended).toBe(1);
    expect(await mapped.next()).toEqual(over);
  });

  test('into which an error is thrown ends its source too', async () => {
    const source = counting(9);
    const mapped = mapEach(source, async (n) => n);
    await expect(mapped.throw?.(new Error('Stop'))).rejects.toThrow('Stop');
    expect(source.ended).toBe(1);
    expect(await mapped.next()).toEqual(over);
  });

  test('ends when its source does', async () => {
    const mapped = mapEach([1, 2][Symbol.iterator]() as unknown as AsyncIterator<number>, async (n) => n);
    expect([await mapped.next(), await mapped.next(), await mapped.next()]).toEqual([
      { done: false, value: 1 },
      { done: false, value: 2 },
      over,
    ]);
  });
});
