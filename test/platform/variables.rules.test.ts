import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { variableFault } from '../../src/platform/graphql/variables.rules.js';

/** A list in a list, so many levels deep, built as JSON is read: without recursion. */
const nested = (levels: number) => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`);

describe('variables', () => {
  test.each<[string, object, string[] | null]>([
    ['none', {}, null],
    ['every kind of value', { a: [1, null, true, { b: 'ü 🎫 \n\t' }] }, null],
    ['NUL', { id: 'a\0b' }, ['id']],
    [
      'the first half of a pair',
      { input: { list: ['', { name: '\ud800' }] } },
      ['input', 'list', '1', 'name'],
    ],
    ['the second half of a pair', { id: '\udc00x' }, ['id']],
    ['NUL in a name', { input: { 'a\0': 1 } }, ['input', 'a\0']],
    ['50 levels', { a: nested(49) }, null],
    ['51 levels', { a: nested(51) }, ['a', ...Array(49).fill('0')]],
    ['100,000 levels', { a: nested(100_000) }, ['a', ...Array(49).fill('0')]],
  ])('with %s', (_, variables, path) => {
    expect(variableFault(variables)?.path ?? null).toEqual(path);
  });

  test('of several faults the first is told', () => {
    expect(variableFault({ a: ['\0', '\0'], b: '\0' })?.path).toEqual(['a', '0']);
  });

  test('are refused exactly where a text in them could not be kept', () => {
    const keepable = (value: unknown): boolean => {
      if (typeof value === 'string') return !value.includes('\0') && value.isWellFormed();
      if (typeof value !== 'object' || value === null) return true;
      return Object.entries(value).every(([key, inner]) => keepable(key) && keepable(inner));
    };
    const text = fc.string({ unit: fc.constantFrom('a', 'ü', '\ud83c', '\udfab', '\0', '🎫'), maxLength: 4 });
    const values = fc.dictionary(text, fc.jsonValue({ stringUnit: 'binary' }), { noNullPrototype: true });
    const texts = fc.dictionary(text, fc.array(text), { noNullPrototype: true });
    fc.assert(
      fc.property(fc.oneof(values, texts), (variables) => {
        expect(variableFault(variables) === null).toBe(keepable(variables));
      }),
    );
  });
});
