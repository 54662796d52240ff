import {
  checkedAnswer,
  expiryOf,
  type GivenAnswer,
  statusOf,
} from '../../../src/modules/survey/survey.rules.js';
import { SurveyStatus } from '../../../src/modules/survey/survey.vocabulary.js';
import type { DomainError } from '../../../src/platform/errors.js';

const sentAt = new Date('2026-03-14T09:00:00.000Z');
const expiresAt = new Date('2026-04-13T09:00:00.000Z');

function faultsOf(given: GivenAnswer): string[] {
  try {
    checkedAnswer(given);
    return [];
  } catch (error) {
    return (error as DomainError).faults.map((fault) => `${fault.code} ${fault.path?.join('.')}`);
  }
}

describe('a survey in time', () => {
  test('can be answered for 30 days', () => {
    expect(expiryOf(sentAt)).toEqual(expiresAt);
  });

  test('is SENT up to its last moment and EXPIRED after it', () => {
    const survey = { status: SurveyStatus.SENT, expiresAt };
    expect(statusOf(survey, expiresAt)).toBe(SurveyStatus.SENT);
    expect(statusOf(survey, new Date(expiresAt.getTime() + 1))).toBe(SurveyStatus.EXPIRED);
  });

  test('stays ANSWERED for ever', () => {
    const later = new Date('2036-01-01T00:00:00.000Z');
    expect(statusOf({ status: SurveyStatus.ANSWERED, expiresAt }, later)).toBe(SurveyStatus.ANSWERED);
  });
});

describe('an answer', () => {
  test('is kept with what was left out as null and the comment trimmed', () => {
    expect(checkedAnswer({ overall: 5, clarity: 1, comment: '  Thanks!\n' })).toEqual({
      overall: 5,
      responsiveness: null,
      clarity: 1,
      professionalism: null,
      comment: 'Thanks!',
    });
    expect(checkedAnswer({ overall: 1, comment: ' \n ' }).comment).toBeNull();
  });

  test.each([0, 6, -1, 2.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'is refused with a rating of %p',
    (rating) => {
      expect(faultsOf({ overall: rating })).toEqual(['INVALID_INPUT input.overall']);
      expect(faultsOf({ overall: 3, responsiveness: rating })).toEqual([
        'INVALID_INPUT input.responsiveness',
      ]);
    },
  );

  test('is refused with every fault at once', () => {
    expect(faultsOf({ overall: 9, clarity: 0, professionalism: 6, comment: 'x'.repeat(5001) })).toEqual([
      'INVALID_INPUT input.overall',
      'INVALID_INPUT input.clarity',
      'INVALID_INPUT input.professionalism',
      'INVALID_INPUT input.comment',
    ]);
  });

  test('is refused with a NUL in the comment', () => {
    expect(faultsOf({ overall: 3, comment: 'a\0b' })).toEqual(['INVALID_INPUT input.comment']);
  });
});
