import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type Amount,
  addAmount,
  addBusinessDays,
  addBusinessTime,
  addToDate,
  type Counting,
  isBusinessDay,
  nextBusinessDay,
} from '../../../src/modules/calendar/calendar.rules.js';
import { WEEKDAYS, Weekday } from '../../../src/modules/calendar/calendar.vocabulary.js';
import { dateOf, dayOf, HOUR } from '../../../src/modules/calendar/day.rules.js';
import { calendar, minute, OFFICE } from './calendars.js';

const day = (date: string) => dayOf(date) as number;
const NIGHTS = [{ weekday: Weekday.SUNDAY, from: '00:00', to: '06:00' }];

test.each([
  // Friday → Monday, over a holiday, and over the leap day of 2028 (a Tuesday).
  ['2026-11-20', 1, [], '2026-11-23'],
  ['2026-11-20', 0, [], '2026-11-20'],
  ['2026-11-21', 0, [], '2026-11-23'],
  ['2026-11-21', 1, [], '2026-11-23'],
  ['2026-12-23', 2, ['2026-12-24', '2026-12-25'], '2026-12-29'],
  ['2026-12-31', 1, ['2027-01-01'], '2027-01-04'],
  ['2028-02-28', 1, [], '2028-02-29'],
  ['2028-02-28', 2, [], '2028-03-01'],
  ['2027-02-26', 1, [], '2027-03-01'],
  ['2026-11-16', 10, [], '2026-11-30'],
])('%s and %i business days, closed on %j, is %s', (from, count, holidays, expected) => {
  expect(dateOf(addBusinessDays(calendar('UTC', { holidays }), day(from), count))).toBe(expected);
});

test.each<[string, string, string, Amount, Counting, string]>([
  // The same clock time on the other side of a change: Berlin is UTC+1 before 2026-03-29, then UTC+2.
  [
    'Europe/Berlin',
    'over the start of summer time',
    '2026-03-28T09:00',
    { days: 1 },
    'ALL_DAYS',
    '2026-03-29T08:00',
  ],
  ['Europe/Berlin', 'over its end', '2026-10-24T08:00', { days: 1 }, 'ALL_DAYS', '2026-10-25T09:00'],
  ['Europe/Berlin', 'hours are hours', '2026-03-28T09:00', { hours: 24 }, 'ALL_DAYS', '2026-03-29T09:00'],
  [
    'Europe/Berlin',
    'into the gap (02:30): when the clock is set',
    '2026-03-28T01:30',
    { days: 1 },
    'ALL_DAYS',
    '2026-03-29T01:00',
  ],
  [
    'Europe/Berlin',
    'into the overlap (02:30): the first',
    '2026-10-24T00:30',
    { days: 1 },
    'ALL_DAYS',
    '2026-10-25T00:30',
  ],
  [
    'America/New_York',
    'over a weekend with a change',
    '2026-03-06T15:00',
    { days: 1 },
    'BUSINESS_DAYS',
    '2026-03-09T14:00',
  ],
  [
    'America/New_York',
    'shifted from Sunday',
    '2026-10-31T14:00',
    { days: 1 },
    'SHIFT_TO_BUSINESS_DAY',
    '2026-11-02T15:00',
  ],
  [
    'Asia/Kathmandu',
    'an offset of 5:45',
    '2026-11-20T03:30',
    { days: 1 },
    'BUSINESS_DAYS',
    '2026-11-23T03:30',
  ],
  // 16:45 on Friday in Kathmandu: a quarter of an hour is left, so Monday from 09:00.
  ['Asia/Kathmandu', 'business hours', '2026-11-20T11:00', { hours: 2 }, 'BUSINESS_DAYS', '2026-11-23T05:00'],
  ['UTC', 'before opening', '2026-11-20T06:00', { hours: 1 }, 'BUSINESS_DAYS', '2026-11-20T10:00'],
  ['UTC', 'to the close', '2026-11-20T09:00', { hours: 8 }, 'BUSINESS_DAYS', '2026-11-20T17:00'],
  ['UTC', 'more than a week', '2026-11-20T09:00', { hours: 48 }, 'BUSINESS_DAYS', '2026-11-27T17:00'],
  ['UTC', 'days, then hours', '2026-11-20T16:00', { days: 1, hours: 2 }, 'BUSINESS_DAYS', '2026-11-24T10:00'],
  [
    'UTC',
    'hours that end on a Saturday',
    '2026-11-20T16:00',
    { hours: 12 },
    'SHIFT_TO_BUSINESS_DAY',
    '2026-11-23T04:00',
  ],
  ['UTC', 'into the leap day', '2028-02-28T10:00', { days: 1 }, 'ALL_DAYS', '2028-02-29T10:00'],
])('%s, %s: %s and %j counting %s is %s', (zone, _, from, amount, counting, expected) => {
  expect(minute(addAmount(calendar(zone), new Date(`${from}Z`), amount, counting))).toBe(expected);
});

test.each([
  // A shift from midnight to six lasts five hours when the clock is set forward in it, seven when back.
  ['2026-03-28T23:00', 5, '2026-03-29T04:00'],
  ['2026-10-24T22:00', 7, '2026-10-25T05:00'],
  ['2026-11-21T23:00', 6, '2026-11-22T05:00'],
])('a night of Berlin that begins at %s is worked through in %i hours', (from, hours, end) => {
  const nights = calendar('Europe/Berlin', { hours: NIGHTS });
  const begin = Date.parse(`${from}Z`);
  expect(minute(addBusinessTime(nights, begin, hours * HOUR))).toBe(end);
  // A minute more takes the next Sunday.
  expect(addBusinessTime(nights, begin, hours * HOUR + 60_000)).toBeGreaterThan(begin + 6 * 24 * HOUR);
});

test('hours that begin in the gap begin when the clock is set, and those that end in it end then', () => {
  const hours = [
    { weekday: Weekday.SUNDAY, from: '01:00', to: '02:30' },
    { weekday: Weekday.SUNDAY, from: '02:30', to: '04:00' },
  ];
  const split = calendar('Europe/Berlin', { hours });
  // 01:00 to 02:00, and 03:00 to 04:00: two hours without a break in between.
  expect(minute(addBusinessTime(split, Date.parse('2026-03-28T20:00Z'), 2 * HOUR))).toBe('2026-03-29T02:00');
});

test.each<[string, string, Counting, string]>([
  ['2026-11-20', 'a Friday ends with business', 'ALL_DAYS', '2026-11-20T16:00'],
  ['2026-11-21', 'a Saturday at midnight', 'ALL_DAYS', '2026-11-21T23:00'],
  ['2026-11-21', 'or on Monday', 'SHIFT_TO_BUSINESS_DAY', '2026-11-23T16:00'],
  ['2026-11-21', 'or on Monday', 'BUSINESS_DAYS', '2026-11-23T16:00'],
  ['2026-07-01', 'in summer', 'ALL_DAYS', '2026-07-01T15:00'],
])('the date %s, %s, counting %s: %s', (date, _, counting, expected) => {
  expect(minute(addToDate(calendar('Europe/Berlin'), day(date), {}, counting))).toBe(expected);
});

test.each(['2026-02-30', '2027-02-29', '2026-13-01', '26-01-01', '2026-1-1', ''])('%j is no date', (text) => {
  expect(dayOf(text)).toBeNull();
});

const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe'];
const someDay = fc.integer({ min: day('2020-01-01'), max: day('2040-12-31') });
/** Open on some weekdays, with holidays among the days around those that are counted. */
const someCalendar = fc
  .record({
    zone: fc.constantFrom(...ZONES),
    weekdays: fc.subarray([...WEEKDAYS], { minLength: 1 }),
    holidays: fc.uniqueArray(someDay, { maxLength: 200 }),
  })
  .map(({ zone, weekdays, holidays }) =>
    calendar(zone, {
      hours: weekdays.map((weekday) => ({ weekday, from: '08:30', to: '16:00' })),
      holidays: holidays.map(dateOf),
    }),
  );

test('adding business days never lands on a closed day, and more days are later', () => {
  fc.assert(
    fc.property(someCalendar, someDay, fc.integer({ min: 0, max: 40 }), (by, from, count) => {
      const reached = addBusinessDays(by, from, count);
      expect(isBusinessDay(by, reached)).toBe(true);
      expect(addBusinessDays(by, from, count + 1)).toBeGreaterThan(reached - (count === 0 ? 1 : 0));
      expect(addBusinessDays(by, from + 1, count)).toBeGreaterThanOrEqual(reached);
      const between = Array.from({ length: reached - from }, (_, index) => from + 1 + index);
      if (count > 0) expect(between.filter((each) => isBusinessDay(by, each))).toHaveLength(count);
    }),
  );
});

test('the next business day is the first one, and stays when asked again', () => {
  fc.assert(
    fc.property(someCalendar, someDay, (by, from) => {
      const next = nextBusinessDay(by, from);
      expect(isBusinessDay(by, next)).toBe(true);
      expect(nextBusinessDay(by, next)).toBe(next);
      for (let each = from; each < next; each += 1) expect(isBusinessDay(by, each)).toBe(false);
    }),
  );
});

test('business time adds up, goes forward, and ends within business hours', () => {
  const hours = fc.integer({ min: 1, max: 60 });
  const moment = someDay.chain((date) =>
    fc.integer({ min: 0, max: 1439 }).map((minutes) => date * 24 * HOUR + minutes * 60_000),
  );
  fc.assert(
    fc.property(someCalendar, moment, hours, hours, (by, from, first, second) => {
      const once = addBusinessTime(by, from, (first + second) * HOUR);
      expect(addBusinessTime(by, addBusinessTime(by, from, first * HOUR), second * HOUR)).toBe(once);
      expect(once).toBeGreaterThanOrEqual(from + (first + second) * HOUR);
      const local = by.zone.localOf(once);
      expect(isBusinessDay(by, local.day)).toBe(true);
      expect(local.clock).toBeGreaterThan(8.5 * HOUR);
      expect(local.clock).toBeLessThanOrEqual(16 * HOUR);
    }),
  );
});

test('a zone reads the clock that it is asked for, gaps and overlaps aside', () => {
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), someDay, fc.integer({ min: 0, max: 23 }), (zone, date, hour) => {
      const clocks = calendar(zone, { hours: OFFICE }).zone;
      const earlier = clocks.instantOf(date, hour * HOUR, 'EARLIER');
      const later = clocks.instantOf(date, hour * HOUR, 'LATER');
      expect(later - earlier).toBeGreaterThanOrEqual(0);
      expect(later - earlier).toBeLessThanOrEqual(HOUR);
      const shown = clocks.localOf(earlier);
      expect(shown.day).toBe(date);
      // Of a time in the gap the clock shows the end of the gap.
      expect(shown.clock - hour * HOUR).toBeGreaterThanOrEqual(0);
      expect(shown.clock - hour * HOUR).toBeLessThanOrEqual(HOUR);
    }),
  );
});
