import { describe, expect, test } from '@jest/globals';
import { timesOf } from '../../../src/modules/import/import.times.rules.js';

const exportedAt = new Date('2023-06-02T00:55:33Z');
const early = new Date('2023-06-01T08:00:00Z');
const late = new Date('2023-06-01T20:30:00Z');

describe('the times of a ticket', () => {
  const none = { firstResponseAt: null, resolvedAt: null, closedAt: null };
  test.each([
    ['open, no times', false, null, null, { ...none, createdAt: exportedAt, updatedAt: exportedAt }, false],
    [
      'answered',
      false,
      early,
      null,
      { ...none, createdAt: early, updatedAt: early, firstResponseAt: early },
      false,
    ],
    [
      'closed',
      true,
      early,
      late,
      { createdAt: early, updatedAt: late, firstResponseAt: early, resolvedAt: late, closedAt: late },
      false,
    ],
    [
      'closed at the first response',
      true,
      early,
      early,
      { createdAt: early, updatedAt: early, firstResponseAt: early, resolvedAt: early, closedAt: early },
      false,
    ],
    [
      'closed before the first response',
      true,
      late,
      early,
      { createdAt: early, updatedAt: late, firstResponseAt: late, resolvedAt: null, closedAt: late },
      true,
    ],
    [
      'closed, never resolved',
      true,
      early,
      null,
      { createdAt: early, updatedAt: early, firstResponseAt: early, resolvedAt: null, closedAt: early },
      true,
    ],
    ['resolved, yet open', false, null, late, { ...none, createdAt: late, updatedAt: late }, true],
    [
      'resolved before the first response, yet open',
      false,
      late,
      early,
      { ...none, createdAt: early, updatedAt: late, firstResponseAt: late },
      true,
    ],
  ])('%s', (_, closed, firstResponse, resolution, times, remarked) => {
    const worked = timesOf({ closed, firstResponse, resolution }, exportedAt);
    expect(worked.times).toEqual(times);
    expect(worked.remark !== null).toBe(remarked);
  });
});
