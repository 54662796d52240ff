import { sql } from 'kysely';
import { sqlOf } from '../../platform/database/database.js';
import type { Transaction } from '../../platform/database/transaction.js';
import type { WorkingTime } from './calendar.rules.js';
import type { BusinessHours } from './calendar.vocabulary.js';
import { zoneOf } from './time-zone.js';

interface Row {
  time_zone: string;
  hours: BusinessHours[] | string;
  holidays: string[];
}

/**
 * The calendar of a team, or the default where the team has none or there is no team. Team and calendar are
 * kept from changing until the transaction ends, so that whoever changes them finds what was worked out by
 * them. The team first: `saveCalendar` takes them in the same order.
 */
export async function workingTimeOf(tx: Transaction, teamId: string | null): Promise<WorkingTime> {
  const db = sqlOf(tx.em);
  const { rows: teams } = await sql<{ calendar_id: string | null }>`
    select calendar_id from team where id = ${teamId} for share`.execute(db);
  const own = teams[0]?.calendar_id;
  const { rows } = await sql<Row>`
    select time_zone, hours, holidays from calendar
    where ${own ? sql`id = ${own}` : sql`is_default`} for share`.execute(db);
  const [calendar] = rows;
  if (!calendar) throw new Error('The desk has no default calendar');
  const { hours, holidays, time_zone: zone } = calendar;
  return {
    zone: zoneOf(zone),
    hours: typeof hours === 'string' ? JSON.parse(hours) : hours,
    holidays: new Set(holidays),
  };
}
