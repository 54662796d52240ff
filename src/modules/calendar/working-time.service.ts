import { sql } from 'kysely';
import { sqlOf } from '../../platform/database/database.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { Team } from '../directory/team.entity.js';
import { Calendar } from './calendar.entity.js';
import type { WorkingTime } from './calendar.rules.js';
import { zoneOf } from './time-zone.js';

/**
 * The calendar of a team, or the default where the team has none or there is no team. Team and calendar are
 * kept from changing until the transaction ends, so that whoever changes them finds what was worked out by
 * them. The team first: `saveCalendar` takes them in the same order.
 */
export async function workingTimeOf(tx: Transaction, teamId: string | null): Promise<WorkingTime> {
  const team = await held(tx, Team, 'team', { id: teamId });
  const own = team?.calendarId ? { id: team.calendarId } : { isDefault: true };
  const calendar = await held(tx, Calendar, 'calendar', own);
  if (!calendar) throw new Error('The desk has no default calendar');
  return {
    zone: zoneOf(calendar.timeZone),
    hours: calendar.hours,
    holidays: new Set(calendar.holidays),
  };
}

async function held<Kind extends Team | Calendar>(
  tx: Transaction,
  entity: new () => Kind,
  table: string,
  of: { id: string | null } | { isDefault: boolean },
): Promise<Kind | null> {
  const found = 'id' in of && of.id === null ? null : await tx.em.findOne<Kind>(entity, of as never);
  if (!found) return null;
  await sql`select 1 from ${sql.table(table)} where id = ${found.id} for share`.execute(sqlOf(tx.em));
  // Read again behind the lock: it may have changed while this waited.
  return tx.em.refresh(found);
}
