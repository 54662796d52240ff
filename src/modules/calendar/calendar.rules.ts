/** Counting time by a calendar: business days, business hours, and what a closed day does to them. Pure. */
import { type BusinessHours, WEEKDAYS } from './calendar.vocabulary.js';
import { clockOf, DAY, dateOf, HOUR, weekdayIndexOf, type Zone } from './day.rules.js';

/**
 * How days are counted. ALL_DAYS takes each as it comes; BUSINESS_DAYS passes over closed ones, and counts
 * hours in business hours alone; SHIFT_TO_BUSINESS_DAY counts all and, ending on a closed day, goes on to
 * the next open one.
 */
export type Counting = 'ALL_DAYS' | 'BUSINESS_DAYS' | 'SHIFT_TO_BUSINESS_DAY';
export const COUNTINGS: readonly Counting[] = ['ALL_DAYS', 'BUSINESS_DAYS', 'SHIFT_TO_BUSINESS_DAY'];

/** Days and hours, both whole and not negative. Days are counted first. */
export interface Amount {
  days?: number;
  hours?: number;
}

/** A calendar, fit to count by. It is open at least once a week, and its holidays are finite. */
export interface WorkingTime {
  zone: Zone;
  hours: readonly BusinessHours[];
  /** Dates `YYYY-MM-DD` on which nothing is open. */
  holidays: ReadonlySet<string>;
}

/** Opening and closing of one stretch, as clock times. */
interface Range {
  from: number;
  to: number;
}

/** The stretches in which the day is open, the earliest first; none on a closed day. */
function rangesOf(calendar: WorkingTime, day: number): Range[] {
  if (calendar.holidays.has(dateOf(day))) return [];
  const weekday = WEEKDAYS[weekdayIndexOf(day)];
  return calendar.hours
    .filter((range) => range.weekday === weekday)
    .map(({ from, to }) => ({ from: clockOf(from) ?? 0, to: clockOf(to) ?? 0 }))
    .sort((left, right) => left.from - right.from);
}

/** Whether there are business hours on the day. */
export function isBusinessDay(calendar: WorkingTime, day: number): boolean {
  return rangesOf(calendar, day).length > 0;
}

/** The day itself where it is a business day, otherwise the next one. */
export function nextBusinessDay(calendar: WorkingTime, day: number): number {
  let next = day;
  while (!isBusinessDay(calendar, next)) next += 1;
  return next;
}

/** The day that is `count` business days later. For 0 the day itself, or the next open one. */
export function addBusinessDays(calendar: WorkingTime, day: number, count: number): number {
  // A closed day is no business day to count from: its first business day is the one that follows.
  let next = isBusinessDay(calendar, day) || count === 0 ? nextBusinessDay(calendar, day) : day;
  for (let left = count; left > 0; left -= 1) next = nextBusinessDay(calendar, next + 1);
  return next;
}

function addDays(calendar: WorkingTime, day: number, count: number, counting: Counting): number {
  if (counting === 'BUSINESS_DAYS') return addBusinessDays(calendar, day, count);
  return counting === 'SHIFT_TO_BUSINESS_DAY' ? nextBusinessDay(calendar, day + count) : day + count;
}

/**
 * The instant at which so much business time has passed. A stretch begins with the earlier and ends with
 * the later of two equal clock times, so a shift over the night of a change counts what it really lasts.
 * @param instant where to start; business time begins at the next opening where it is closed then
 * @param amount in milliseconds; 0 is the instant itself
 */
export function addBusinessTime(calendar: WorkingTime, instant: number, amount: number): number {
  let left = amount;
  let reached = instant;
  // From the day before: its last stretch may end in this one where the clock was set back at midnight.
  for (let day = calendar.zone.localOf(instant).day - 1; left > 0; day += 1)
    for (const { from, to } of rangesOf(calendar, day)) {
      const opens = Math.max(calendar.zone.instantOf(day, from, 'EARLIER'), reached);
      const closes = calendar.zone.instantOf(day, to, 'LATER');
      if (closes <= opens || left === 0) continue;
      const taken = Math.min(left, closes - opens);
      left -= taken;
      reached = opens + taken;
    }
  return reached;
}

/**
 * The moment that lies an amount after another: the same clock time so many days later, then the hours.
 * Days are the calendar's own, so a day with 23 hours is a day; hours are always 60 minutes long.
 */
export function addAmount(calendar: WorkingTime, from: Date, amount: Amount, counting: Counting): Date {
  const { days = 0, hours = 0 } = amount;
  let instant = from.getTime();
  if (days > 0) {
    const { day, clock } = calendar.zone.localOf(instant);
    instant = calendar.zone.instantOf(addDays(calendar, day, days, counting), clock, 'EARLIER');
  }
  if (counting === 'BUSINESS_DAYS') return new Date(addBusinessTime(calendar, instant, hours * HOUR));
  instant += hours * HOUR;
  if (counting === 'ALL_DAYS') return new Date(instant);
  const { day, clock } = calendar.zone.localOf(instant);
  const open = nextBusinessDay(calendar, day);
  return new Date(open === day ? instant : calendar.zone.instantOf(open, clock, 'EARLIER'));
}

/**
 * The moment that lies an amount after a date: the close of business of the day so many days later (its
 * end where that day is closed), then the hours.
 * @param day of the date
 */
export function addToDate(calendar: WorkingTime, day: number, amount: Amount, counting: Counting): Date {
  const due = addDays(calendar, day, amount.days ?? 0, counting);
  const close = Math.max(0, ...rangesOf(calendar, due).map(({ to }) => to)) || DAY;
  const end = new Date(calendar.zone.instantOf(due, close, 'LATER'));
  return addAmount(calendar, end, { hours: amount.hours }, counting);
}
