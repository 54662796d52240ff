/** What a calendar must be to be counted by. Pure. */
import { DomainError, ErrorCode, type Fault } from '../../platform/errors.js';
import { type BusinessHours, WEEKDAYS } from './calendar.vocabulary.js';
import { clockOf, dayOf } from './day.rules.js';

const MOST_RANGES = 70;
const MOST_HOLIDAYS = 2000;
const MOST_NAME = 100;

export interface GivenCalendar {
  name: string;
  hours: BusinessHours[];
  /** Dates `YYYY-MM-DD`. */
  holidays: string[];
}

const fault = (message: string, ...path: string[]): Fault => ({
  code: ErrorCode.INVALID_INPUT,
  message,
  path: ['input', ...path],
});

function rangeFaults(hours: BusinessHours[]): Fault[] {
  return hours.flatMap(({ from, to, weekday }, index) => {
    const [opens, closes] = [clockOf(from), clockOf(to)];
    const at = ['hours', String(index)];
    if (opens === null) return fault('Give a time as HH:MM, from 00:00 to 24:00.', ...at, 'from');
    if (closes === null) return fault('Give a time as HH:MM, from 00:00 to 24:00.', ...at, 'to');
    if (opens >= closes)
      return fault('Business hours end after they begin. Split those over midnight in two.', ...at, 'to');
    const before = hours.slice(0, index).filter((other) => other.weekday === weekday);
    const overlaps = before.some((other) => from < other.to && other.from < to);
    return overlaps ? fault(`These hours overlap others of ${weekday}. Join them.`, ...at) : [];
  });
}

/**
 * The calendar as it is kept: hours in the order of the week, holidays once each and in order.
 * @throws DomainError INVALID_INPUT with every fault at once
 */
export function checkedCalendar(given: GivenCalendar): GivenCalendar {
  const name = given.name.trim();
  const faults: Fault[] = [];
  if (name === '' || name.length > MOST_NAME || name.includes('\0'))
    faults.push(fault(`A name has 1 to ${MOST_NAME} characters, none of them NUL.`, 'name'));
  if (given.hours.length === 0)
    faults.push(fault('Give at least one time of opening: nothing is ever due otherwise.', 'hours'));
  if (given.hours.length > MOST_RANGES)
    faults.push(fault(`Give at most ${MOST_RANGES} times of opening.`, 'hours'));
  if (given.holidays.length > MOST_HOLIDAYS)
    faults.push(fault(`Give at most ${MOST_HOLIDAYS} holidays.`, 'holidays'));
  const malformed = given.holidays.findIndex((date) => dayOf(date) === null);
  if (malformed >= 0) faults.push(fault('Give a day as YYYY-MM-DD.', 'holidays', String(malformed)));
  faults.push(...rangeFaults(given.hours));
  if (faults.length > 0) throw new DomainError(faults);
  const rank = ({ weekday, from }: BusinessHours) => `${WEEKDAYS.indexOf(weekday)} ${from}`;
  const hours = given.hours.map(({ weekday, from, to }) => ({ weekday, from, to }));
  return {
    name,
    hours: hours.sort((left, right) => (rank(left) < rank(right) ? -1 : 1)),
    holidays: [...new Set(given.holidays)].sort(),
  };
}
