import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { differencesOf, propertyDifferences } from '../../../src/modules/process/diff.rules.js';
import { shippedProcesses } from '../../../src/processes/processes.js';
import { definitions } from '../run/arbitraries.js';
import { processOf, task } from '../run/definitions.js';
import { editedDefinition, edits, withFields } from '../run/edits.js';
import { field } from './faulty.js';

describe('what differs', () => {
  it.each<[unknown, unknown, [string, unknown, unknown][]]>([
    [{ a: 1 }, { a: 1, b: undefined }, []],
    [
      { a: 1 },
      { b: 2 },
      [
        ['a', 1, undefined],
        ['b', undefined, 2],
      ],
    ],
    [{ a: { b: [1, 2] } }, { a: { b: [2, 1] } }, [['a.b', [1, 2], [2, 1]]]],
    [
      [{ key: 'x', v: 1 }, { key: 'y' }],
      [{ key: 'y' }, { key: 'x', v: 2 }],
      [
        ['x.v', 1, 2],
        ['', ['x', 'y'], ['y', 'x']],
      ],
    ],
    [[{ key: 'x' }], [{ key: 'x' }, { key: 'y' }], [['y', undefined, { key: 'y' }]]],
  ])('between %j and %j', (before, after, expected) => {
    const found = propertyDifferences(before, after).map((one) => [
      one.path.join('.'),
      one.before,
      one.after,
    ]);
    expect(found).toEqual(expected);
  });

  it('of the process itself comes first, and a step that moved and changed comes twice', () => {
    const before = processOf(task('a'), task('b'), task('c'));
    const after = { ...processOf(task('c', { title: 'C' }), task('a'), task('b')), name: 'Other' };
    expect(differencesOf(before, after).map(({ kind, step }) => `${kind} ${step}`)).toEqual([
      'CHANGED null',
      'MOVED c',
      'CHANGED c',
    ]);
  });

  it('names a field by its key', () => {
    const of = (label: string) =>
      processOf(task('a', { fields: [field('B', 'DATE'), field('A', 'DATE', { label })] }));
    expect(differencesOf(of('x'), of('y'))[0]?.properties).toEqual([
      { path: ['fields', 'A', 'label'], before: 'x', after: 'y' },
    ]);
  });

  it('is nothing between a definition and itself, and something between two others', () => {
    for (const definition of shippedProcesses)
      expect(differencesOf(definition, structuredClone(definition))).toEqual([]);
    fc.assert(
      fc.property(definitions, edits, (definition, list) => {
        const before = withFields(definition);
        const after = editedDefinition(before, list);
        const same = JSON.stringify(before) === JSON.stringify(after);
        const differences = differencesOf(before, after);
        if (same) expect(differences).toEqual([]);
        const gone = differences.filter(({ kind }) => kind === 'REMOVED').length;
        const added = differences.filter(({ kind }) => kind === 'ADDED').length;
        expect(before.steps.length - gone + added).toBe(after.steps.length);
        if (differences.length === 0)
          expect(JSON.parse(JSON.stringify(after))).toEqual(JSON.parse(JSON.stringify(before)));
      }),
      { numRuns: 500 },
    );
  });
});
