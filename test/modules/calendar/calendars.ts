/** Calendars to count by, and instants in words. */
import type { WorkingTime } from '../../../src/modules/calendar/calendar.rules.js';
import { type BusinessHours, WEEKDAYS } from '../../../src/modules/calendar/calendar.vocabulary.js';
import { zoneOf } from '../../../src/modules/calendar/time-zone.js';

export const OFFICE: BusinessHours[] = WEEKDAYS.slice(0, 5).map((weekday) => ({
  weekday,
  from: '09:00',
  to: '17:00',
}));

export function calendar(
  zone: string,
  rest: { hours?: BusinessHours[]; holidays?: string[] } = {},
): WorkingTime {
  return { zone: zoneOf(zone), hours: rest.hours ?? OFFICE, holidays: new Set(rest.holidays) };
}

/** An instant as text to the minute, in UTC: `2026-03-29T01:00`. */
export const minute = (moment: Date | number) => new Date(moment).toISOString().slice(0, 16);
