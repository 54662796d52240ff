import { DomainError, ErrorCode } from '../../platform/errors.js';

/** What one criterion of a review was given. Pure. */
export interface Score {
  /** Stable name of the criterion. */
  criterion: string;
  /** As people read it. */
  label: string;
  /** Whole; the higher the better, in the range of the form field: 1 to 5 unless it says otherwise. */
  score: number;
  /** Makes it critical: less than this fails the review. */
  failBelow?: number;
}

/**
 * The mean of the scores, each weighing the same, to two decimal places.
 * @throws DomainError REQUIRED when nothing was scored
 */
export function overallOf(scores: readonly Score[]): number {
  if (scores.length === 0)
    throw new DomainError(ErrorCode.REQUIRED, 'A review scores at least one criterion.');
  const sum = scores.reduce((total, { score }) => total + score, 0);
  return Math.round((sum / scores.length) * 100) / 100;
}

/** Whether two reviews score the same criteria: then the later one is the earlier one done again. */
export function sameCriteria(one: readonly Score[], other: readonly Score[]): boolean {
  const keys = (scores: readonly Score[]) => JSON.stringify(scores.map(({ criterion }) => criterion).sort());
  return keys(one) === keys(other);
}

/** The labels of the critical criteria that were given too little: a review without any has passed. */
export function failedOn(scores: readonly Score[]): string[] {
  return scores
    .filter(({ score, failBelow }) => failBelow !== undefined && score < failBelow)
    .map(({ label }) => label);
}
