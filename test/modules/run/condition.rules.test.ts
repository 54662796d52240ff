import { describe, expect, it } from '@jest/globals';
import type { Comparison } from '../../../src/modules/process/process.definition.js';
import { holds } from '../../../src/modules/run/condition.rules.js';
import type { Answers } from '../../../src/modules/run/run.state.js';
import { FACTS } from './definitions.js';

const form: Answers = {
  text: 'Hello World',
  one: ['a'],
  two: ['a', 'b'],
  none: [],
  blank: '',
  zero: 0,
  five: 5,
  no: false,
  day: '2026-03-01',
  rank: 'HIGH',
  files: [{ name: 'a' }],
};
const of = (field: string, operator: Comparison['operator'], value?: Comparison['value']): Comparison => ({
  form: field,
  operator,
  value,
});
const ticket = (
  fact: Comparison['ticket'],
  operator: Comparison['operator'],
  value?: Comparison['value'],
): Comparison => ({ ticket: fact, operator, value });

describe('one comparison', () => {
  it.each<[Comparison, boolean]>([
    [of('text', 'IS', 'Hello World'), true],
    [of('text', 'IS', 'hello world'), false],
    [of('text', 'IS_NOT', 'x'), true],
    [of('text', 'IS_NOT', 'Hello World'), false],
    [of('text', 'CONTAINS', 'WORLD'), true],
    [of('text', 'CONTAINS', 'moon'), false],
    [of('one', 'IS', 'a'), true],
    [of('two', 'IS', 'a'), false],
    [of('two', 'IS_NOT', 'a'), true],
    [of('two', 'CONTAINS', 'b'), true],
    [of('two', 'CONTAINS', 'B'), false],
    [of('files', 'CONTAINS', 'a'), false],
    [of('files', 'HAS_VALUE'), true],
    [of('five', 'CONTAINS', '5'), false],
    [of('no', 'IS', false), true],
    [of('no', 'HAS_VALUE'), true],
    [of('zero', 'HAS_VALUE'), true],
    [of('zero', 'HAS_NO_VALUE'), false],
    [of('five', 'IS', 5), true],
    [of('five', 'IS', '5'), false],
    [of('five', 'GREATER_THAN', 4), true],
    [of('five', 'GREATER_THAN', 5), false],
    [of('five', 'LESS_THAN', 5.5), true],
    [of('five', 'LESS_THAN', '6'), false],
    [of('day', 'GREATER_THAN', '2026-02-28'), true],
    [of('day', 'GREATER_THAN', '2026-03-01'), false],
    [of('day', 'LESS_THAN', '2026-10-01'), true],
    [of('text', 'LESS_THAN', 'Z'), false],
    // Ranks are those of ticket attributes; an answer that reads like one is just a text.
    [of('rank', 'GREATER_THAN', 'LOW'), false],
    [ticket('priority', 'GREATER_THAN', 'LOW'), true],
    [ticket('priority', 'GREATER_THAN', 'MEDIUM'), false],
    [ticket('priority', 'LESS_THAN', 'CRITICAL'), true],
    [ticket('priority', 'LESS_THAN', 'HUGE'), false],
    [ticket('urgency', 'GREATER_THAN', 'MEDIUM'), true],
    [ticket('impact', 'LESS_THAN', 'MEDIUM'), true],
    [ticket('impact', 'LESS_THAN', 'CRITICAL'), false],
    [ticket('escalationLevel', 'LESS_THAN', 1), true],
    [ticket('category', 'CONTAINS', 'bill'), true],
  ])('%j is %s', (comparison, expected) => {
    expect(holds([[comparison]], form, FACTS)).toBe(expected);
  });

  const absent = [
    of('nowhere', 'IS'),
    of('none', 'IS'),
    of('blank', 'IS'),
    of('constructor', 'IS'),
    ticket('product', 'IS'),
  ];

  it.each(absent)('of an absent value, like %j, only HAS_NO_VALUE and IS_NOT are true', (comparison) => {
    const trueOnes = (
      ['IS', 'IS_NOT', 'CONTAINS', 'HAS_VALUE', 'HAS_NO_VALUE', 'GREATER_THAN', 'LESS_THAN'] as const
    ).filter((operator) => holds([[{ ...comparison, operator, value: 'a' }]], form, FACTS));
    expect(trueOnes).toEqual(['IS_NOT', 'HAS_NO_VALUE']);
  });
});

describe('a condition', () => {
  const yes = of('five', 'IS', 5);
  const no = of('five', 'IS', 6);

  it.each<[string, Comparison[][] | undefined, boolean]>([
    ['absent', undefined, true],
    ['empty', [], false],
    ['one true', [[yes]], true],
    ['AND', [[yes, no]], false],
    ['OR', [[no], [yes]], true],
    ['OR of ANDs', [[yes, no], [no], [yes, yes]], true],
    ['nothing true', [[no], [no, yes]], false],
  ])('%s', (_name, condition, expected) => {
    expect(holds(condition, form, FACTS)).toBe(expected);
  });
});
