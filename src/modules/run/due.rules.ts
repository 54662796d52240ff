/** When the steps of a run are due, and what is to be told of that and when. Pure. */
import { addAmount, addToDate, type WorkingTime } from '../calendar/calendar.rules.js';
import { dayOf, HOUR } from '../calendar/day.rules.js';
import type { DueDefinition, TimeoutDefinition } from '../process/process.definition.js';
import { type Answers, RunPhase, StepPhase } from './run.state.js';

/** What due dates count from. */
export interface DueFacts {
  startedAt: Date;
  /** By step key: when it was completed or skipped; none while it is neither, or is hidden. */
  doneAt: ReadonlyMap<string, Date>;
  /** The answers that count. */
  form: Answers;
  calendar: WorkingTime;
}

/** Days that can be counted on from: a year 0, or a fifth digit, is more than every part of the desk can take. */
const COUNTABLE = { first: dayOf('1000-01-01') as number, last: dayOf('9800-01-01') as number };

/** When a step is due; null while what it counts from is not there, or is a date beyond all calendars. */
export function dueAt(
  due: DueDefinition | undefined,
  { startedAt, doneAt, form, calendar }: DueFacts,
): Date | null {
  if (!due) return null;
  const { after, counting } = due;
  if (after.from === 'DATE_FIELD') {
    const answer = form[after.field];
    const day = typeof answer === 'string' ? dayOf(answer) : null;
    if (day === null || day < COUNTABLE.first || day > COUNTABLE.last) return null;
    return addToDate(calendar, day, due, counting);
  }
  const start = after.from === 'RUN_START' ? startedAt : doneAt.get(after.step);
  return start ? addAmount(calendar, start, due, counting) : null;
}

/** The reminders that are still to come: how many hours before, and when. */
export function remindersOf(
  due: DueDefinition | undefined,
  at: Date,
  now: Date,
): { hours: number; at: Date }[] {
  return (due?.remindBefore ?? [])
    .map((hours) => ({ hours, at: new Date(at.getTime() - hours * HOUR) }))
    .filter((reminder) => reminder.at > now);
}

/** When an approval that became READY at `readyAt` has waited too long. */
export function timeoutAt(timeout: TimeoutDefinition, readyAt: Date, calendar: WorkingTime): Date {
  return addAmount(calendar, readyAt, { hours: timeout.afterHours }, timeout.counting);
}

/** The next repetition after `now` of a time-out that was planned for `first`: what was missed is not made up for. */
export function nextTimeout(timeout: TimeoutDefinition, last: Date, now: Date, calendar: WorkingTime): Date {
  const next = timeoutAt(timeout, last, calendar);
  return next > now ? next : timeoutAt(timeout, now, calendar);
}

/** Whether a step of a run that is being followed is past its due date, and not done. */
export function isOverdue(
  step: { dueAt: Date | null; outcome: string | null; phase: StepPhase },
  run: RunPhase | undefined,
  now: Date,
): boolean {
  if (run !== RunPhase.ACTIVE || step.phase === StepPhase.HIDDEN) return false;
  return step.dueAt !== null && step.dueAt < now && step.outcome === null;
}
