import { expect, test } from '@jest/globals';
import { Weekday } from '../../../src/modules/calendar/calendar.vocabulary.js';
import { checkedCalendar } from '../../../src/modules/calendar/calendar-check.rules.js';
import { knownZone } from '../../../src/modules/calendar/time-zone.js';
import { faultsBy } from '../run/definitions.js';

const monday = (from: string, to: string) => ({ weekday: Weekday.MONDAY, from, to });
const given = { name: 'Berlin', hours: [monday('09:00', '17:00')], holidays: [] as string[] };

test('what is kept is in order and without repetition', () => {
  const kept = checkedCalendar({
    name: ' Berlin ',
    hours: [
      { weekday: Weekday.SUNDAY, from: '10:00', to: '24:00' },
      monday('13:00', '17:00'),
      monday('09:00', '12:00'),
    ],
    holidays: ['2026-12-25', '2026-01-01', '2026-12-25'],
  });
  expect(kept.name).toBe('Berlin');
  expect(kept.hours.map(({ weekday, from }) => `${weekday} ${from}`)).toEqual([
    'MONDAY 09:00',
    'MONDAY 13:00',
    'SUNDAY 10:00',
  ]);
  expect(kept.holidays).toEqual(['2026-01-01', '2026-12-25']);
});

test.each([
  ['a blank name', { ...given, name: ' ' }, ['input.name']],
  ['no hours', { ...given, hours: [] }, ['input.hours']],
  ['no time', { ...given, hours: [monday('9:00', '17:00')] }, ['input.hours.0.from']],
  ['beyond midnight', { ...given, hours: [monday('09:00', '24:30')] }, ['input.hours.0.to']],
  ['an end before its begin', { ...given, hours: [monday('17:00', '09:00')] }, ['input.hours.0.to']],
  [
    'an overlap',
    { ...given, hours: [monday('09:00', '12:00'), monday('11:00', '13:00')] },
    ['input.hours.1'],
  ],
  ['no day', { ...given, holidays: ['2026-12-25', '2027-02-29'] }, ['input.holidays.1']],
  [
    'all at once',
    { name: '', hours: [], holidays: ['x'] },
    ['input.name', 'input.hours', 'input.holidays.0'],
  ],
])('%s is refused', (_, calendar, paths) => {
  expect(faultsBy(() => checkedCalendar(calendar)).map(({ path }) => path?.join('.'))).toEqual(paths);
});

test.each([
  ['Europe/Berlin', 'Europe/Berlin'],
  ['UTC', 'UTC'],
  ['Mars/Olympus', null],
  ['+02:00', null],
  ['', null],
])('the zone %j is known as %j', (name, known) => {
  expect(knownZone(name)).toBe(known);
});
