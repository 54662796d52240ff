/** The words calendars are described in. Pure: the schema registers them in `calendar.enums.ts`. */

/** In the order of ISO 8601: MONDAY is day 1. */
export enum Weekday {
  MONDAY = 'MONDAY',
  TUESDAY = 'TUESDAY',
  WEDNESDAY = 'WEDNESDAY',
  THURSDAY = 'THURSDAY',
  FRIDAY = 'FRIDAY',
  SATURDAY = 'SATURDAY',
  SUNDAY = 'SUNDAY',
}

export const WEEKDAYS: readonly Weekday[] = Object.values(Weekday);

/** A time of opening: local clock times `HH:MM`, the end exclusive and up to 24:00. */
export interface BusinessHours {
  weekday: Weekday;
  from: string;
  to: string;
}
