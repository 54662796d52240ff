import { DomainError, ErrorCode, type Fault } from '../../platform/errors.js';
import { SurveyStatus } from './survey.vocabulary.js';

/** What a survey asks and how long. Pure. */

/** For how many days after it was sent a survey can be answered. */
export const SURVEY_DAYS = 30;

/** How many days after it was sent a survey that nobody answered is reminded of, once. */
export const REMINDER_DAYS = 7;

export const MOST_COMMENT = 5000;

/** What is rated, each from 1 to 5. */
export const RATED = ['overall', 'responsiveness', 'clarity', 'professionalism'] as const;

/** An answer as it was given. */
export interface GivenAnswer {
  overall: number;
  responsiveness?: number | null;
  clarity?: number | null;
  professionalism?: number | null;
  comment?: string | null;
}

/** An answer as it is kept. */
export interface SurveyAnswer {
  overall: number;
  responsiveness: number | null;
  clarity: number | null;
  professionalism: number | null;
  comment: string | null;
}

export function expiryOf(sentAt: Date): Date {
  return new Date(sentAt.getTime() + SURVEY_DAYS * 86_400_000);
}

export function reminderOf(sentAt: Date): Date {
  return new Date(sentAt.getTime() + REMINDER_DAYS * 86_400_000);
}

/** Where a survey stands at this moment. */
export function statusOf(survey: { status: SurveyStatus; expiresAt: Date }, now: Date): SurveyStatus {
  return survey.status === SurveyStatus.SENT && now > survey.expiresAt ? SurveyStatus.EXPIRED : survey.status;
}

/**
 * The answer, fit to be kept: what was left out is null, and so is a comment that says nothing.
 * @throws DomainError INVALID_INPUT with every fault at once
 */
export function checkedAnswer(given: GivenAnswer): SurveyAnswer {
  const comment = given.comment?.trim() || null;
  const faults: Fault[] = RATED.filter((field) => !isRating(given[field], field !== 'overall')).map(
    (field) => ({
      code: ErrorCode.INVALID_INPUT,
      message: `${field} is a whole number from 1 to 5.`,
      path: ['input', field],
    }),
  );
  if (comment !== null && (comment.length > MOST_COMMENT || comment.includes('\0')))
    faults.push({
      code: ErrorCode.INVALID_INPUT,
      message: `comment has at most ${MOST_COMMENT} characters, none of them NUL.`,
      path: ['input', 'comment'],
    });
  if (faults.length > 0) throw new DomainError(faults);
  return {
    overall: given.overall,
    responsiveness: given.responsiveness ?? null,
    clarity: given.clarity ?? null,
    professionalism: given.professionalism ?? null,
    comment,
  };
}

function isRating(value: number | null | undefined, mayBeAbsent: boolean): boolean {
  if (value == null) return mayBeAbsent;
  return Number.isInteger(value) && value >= 1 && value <= 5;
}
