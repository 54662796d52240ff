import { failedOn, overallOf, type Score, sameCriteria } from '../../../src/modules/quality/quality.rules.js';
import type { DomainError } from '../../../src/platform/errors.js';

const scores = (of: Record<string, number>): Score[] =>
  Object.entries(of).map(([criterion, score]) => ({ criterion, label: criterion, score }));

describe('the overall score of a review', () => {
  test('is the mean, each criterion weighing the same', () => {
    const given = {
      Communication: 5,
      Timeliness: 4,
      Accuracy: 5,
      Problem_solving: 3,
      Customer_Satisfaction: 4,
    };
    expect(overallOf(scores(given))).toBe(4.2);
    expect(overallOf(scores({ Communication: 3 }))).toBe(3);
  });

  test('has two decimal places', () => {
    expect(overallOf(scores({ a: 3, b: 3, c: 4 }))).toBe(3.33);
    expect(overallOf(scores({ a: 4, b: 4, c: 3 }))).toBe(3.67);
  });

  test('needs something to be scored', () => {
    try {
      overallOf([]);
      throw new Error('not refused');
    } catch (error) {
      expect((error as DomainError).code).toBe('REQUIRED');
    }
  });
});

test('a review is the same one again by its criteria, whatever their order and scores', () => {
  expect(sameCriteria(scores({ a: 1, b: 2 }), scores({ b: 5, a: 5 }))).toBe(true);
  expect(sameCriteria(scores({ a: 1 }), scores({ a: 1, b: 2 }))).toBe(false);
  expect(sameCriteria(scores({ 'a,b': 1 }), scores({ a: 1, b: 1 }))).toBe(false);
});

test('a review fails on a critical criterion below its mark, and on no other', () => {
  const score = (given: number, failBelow?: number): Score => ({
    criterion: 'c',
    label: 'C',
    score: given,
    failBelow,
  });
  expect(failedOn([score(1), score(5, 3)])).toEqual([]);
  expect(failedOn([score(3, 3)])).toEqual([]);
  expect(failedOn([score(2, 3), score(5)])).toEqual(['C']);
});
