import { expect, test } from '@jest/globals';
import type { DueDefinition, TimeoutDefinition } from '../../../src/modules/process/process.definition.js';
import { dueAt, isOverdue, nextTimeout, remindersOf } from '../../../src/modules/run/due.rules.js';
import { RunPhase, StepPhase } from '../../../src/modules/run/run.state.js';
import { calendar, minute } from '../calendar/calendars.js';

const startedAt = new Date('2026-11-20T10:00Z');
const facts = {
  startedAt,
  doneAt: new Map([['second', new Date('2026-11-20T16:00Z')]]),
  form: { Day: '2026-11-22', Never: '9999-12-31', Before: '0000-01-01' },
  calendar: calendar('UTC'),
};

test.each<[DueDefinition | undefined, string | null]>([
  [undefined, null],
  [{ after: { from: 'RUN_START' }, days: 1, counting: 'BUSINESS_DAYS' }, '2026-11-23T10:00'],
  [
    { after: { from: 'STEP_COMPLETED', step: 'second' }, hours: 2, counting: 'BUSINESS_DAYS' },
    '2026-11-23T10:00',
  ],
  [{ after: { from: 'STEP_COMPLETED', step: 'third' }, hours: 2, counting: 'ALL_DAYS' }, null],
  [{ after: { from: 'DATE_FIELD', field: 'Day' }, counting: 'SHIFT_TO_BUSINESS_DAY' }, '2026-11-23T17:00'],
  [{ after: { from: 'DATE_FIELD', field: 'Day' }, days: 1, counting: 'ALL_DAYS' }, '2026-11-23T17:00'],
  [{ after: { from: 'DATE_FIELD', field: 'Absent' }, counting: 'ALL_DAYS' }, null],
  // Days that people type and nobody can count on from.
  [{ after: { from: 'DATE_FIELD', field: 'Never' }, days: 3650, counting: 'ALL_DAYS' }, null],
  [{ after: { from: 'DATE_FIELD', field: 'Before' }, counting: 'ALL_DAYS' }, null],
])('%j is due %s', (due, expected) => {
  const at = dueAt(due, facts);
  expect(at && minute(at)).toBe(expected);
});

test('reminders that are over are not made up for', () => {
  const due = { after: { from: 'RUN_START' }, days: 2, counting: 'ALL_DAYS', remindBefore: [24, 2] } as const;
  const at = new Date('2026-11-22T10:00Z');
  const left = remindersOf({ ...due, remindBefore: [24, 2] }, at, new Date('2026-11-21T10:00Z'));
  expect(left.map(({ hours, at: when }) => [hours, minute(when)])).toEqual([[2, '2026-11-22T08:00']]);
});

test('a reminder repeats from where it was, and after a long silence from now', () => {
  const timeout: TimeoutDefinition = { afterHours: 2, counting: 'ALL_DAYS', action: 'REMIND' };
  const last = new Date('2026-11-20T10:00Z');
  const next = (now: string) => minute(nextTimeout(timeout, last, new Date(now), calendar('UTC')));
  expect(next('2026-11-20T10:01Z')).toBe('2026-11-20T12:00');
  expect(next('2026-11-27T09:30Z')).toBe('2026-11-27T11:30');
});

test.each([
  [StepPhase.READY, null, RunPhase.ACTIVE, true],
  [StepPhase.WAITING, null, RunPhase.ACTIVE, true],
  [StepPhase.HIDDEN, null, RunPhase.ACTIVE, false],
  [StepPhase.COMPLETED, 'COMPLETED', RunPhase.ACTIVE, false],
  [StepPhase.READY, null, RunPhase.CANCELLED, false],
])('%s with the outcome %s in a run that is %s: overdue %s', (phase, outcome, run, overdue) => {
  const step = { dueAt: startedAt, outcome, phase };
  expect(isOverdue(step, run, new Date(startedAt.getTime() + 1))).toBe(overdue);
  expect(isOverdue(step, run, startedAt)).toBe(false);
  expect(isOverdue({ ...step, dueAt: null }, run, new Date())).toBe(false);
});
