import { wordings } from '../../../src/modules/quality/retrospective.rules.js';
import type { DomainError } from '../../../src/platform/errors.js';

describe('improvement items', () => {
  test('keep their order, without white space, empty and repeated ones', () => {
    expect(wordings([' Check stock \r', '', 'Call first', 'Check stock', '  '])).toEqual([
      'Check stock',
      'Call first',
    ]);
  });

  test.each([
    ['too many', Array.from({ length: 101 }, (_, index) => `Item ${index}`)],
    ['too long', ['x'.repeat(1001)]],
  ])('are refused when they are %s', (_, items) => {
    expect(() => wordings(items)).toThrow('at most 100 improvement items');
    try {
      wordings(items);
    } catch (error) {
      expect((error as DomainError).faults[0]).toMatchObject({
        code: 'INVALID_INPUT',
        path: ['input', 'items'],
      });
    }
  });
});
