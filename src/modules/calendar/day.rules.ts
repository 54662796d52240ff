/**
 * Days and clock times as plain numbers. A *day* is the count of days since 1970-01-01, in the proleptic
 * Gregorian calendar; a *clock time* is the milliseconds that a wall clock shows past 00:00, 24:00 being
 * the end of the day. Pure.
 */

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** How a zone's wall clocks relate to instants, which are milliseconds since 1970-01-01T00:00Z. */
export interface Zone {
  /** What the wall clock shows at the instant. */
  localOf(instant: number): { day: number; clock: number };
  /**
   * When the wall clock shows that. Of a time that comes twice (the clock was set back) the one asked for;
   * of one that never comes (the clock was set forward over it) the moment it was set forward.
   */
  instantOf(day: number, clock: number, which: 'EARLIER' | 'LATER'): number;
}

/** The day of a date `YYYY-MM-DD`, or null for what is no date. */
export function dayOf(date: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return null;
  const instant = Date.parse(`${date}T00:00:00Z`);
  // Some readers take the 31st of a shorter month for a day of the next.
  return Number.isNaN(instant) || dateOf(instant / DAY) !== date ? null : instant / DAY;
}

/** The date `YYYY-MM-DD` of a day. */
export function dateOf(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** 0 for Monday to 6 for Sunday; 1970-01-01 was a Thursday. */
export function weekdayIndexOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** The clock time of `HH:MM`, from 00:00 to 24:00, or null for anything else. */
export function clockOf(time: string): number | null {
  const [, hours, minutes] = /^(\d{2}):([0-5]\d)$/.exec(time) ?? [];
  const clock = Number(hours) * HOUR + Number(minutes) * MINUTE;
  return hours !== undefined && clock <= DAY ? clock : null;
}
