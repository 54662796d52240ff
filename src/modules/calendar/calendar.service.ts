import { sql } from 'kysely';
import type { Context } from '../../platform/context.js';
import { sqlOf } from '../../platform/database/database.js';
import { once } from '../../platform/database/idempotency.js';
import { inTransaction, type Transaction } from '../../platform/database/transaction.js';
import { DomainError, ErrorCode, notFound } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import { Team } from '../directory/team.entity.js';
import { replanTeams } from '../run/replanning.service.js';
import { Calendar } from './calendar.entity.js';
import type { SaveCalendarInput } from './calendar.input.js';
import { Weekday } from './calendar.vocabulary.js';
import { checkedCalendar } from './calendar-check.rules.js';
import { knownZone } from './time-zone.js';

/**
 * Makes a calendar, or changes one. What is due by it is worked out anew, ticket by ticket, right after.
 * @throws DomainError INVALID_INPUT with every fault; NOT_FOUND by id or team; ALREADY_EXISTS by name; STALE
 */
export async function saveCalendar(ctx: Context, input: SaveCalendarInput): Promise<Calendar> {
  const holidays = input.holidays.map((date) => date.toISOString().slice(0, 10));
  const checked = checkedCalendar({ ...input, holidays });
  const timeZone = knownZone(input.timeZone);
  if (timeZone === null)
    throw new DomainError(
      ErrorCode.INVALID_INPUT,
      `There is no time zone ${input.timeZone}. Give one of the IANA database, such as Europe/Berlin.`,
      ['input', 'timeZone'],
    );
  const { calendarId } = await once(ctx, 'saveCalendar', input, ['calendars'], async (tx) => {
    const calendar = await given(tx, input);
    if (await tx.em.findOne(Calendar, { name: checked.name, id: { $ne: calendar.id } }))
      throw new DomainError(ErrorCode.ALREADY_EXISTS, `There is a calendar ${checked.name} already.`, [
        'input',
        'name',
      ]);
    Object.assign(calendar, checked, { timeZone });
    tx.em.persist(calendar);
    const teams = await giveToTeams(tx, calendar, input.teamIds ?? null);
    // Written first: runs that started by the old calendar meanwhile have ended, and are found below.
    await tx.em.flush();
    await replanTeams(tx, { teamIds: teams, withoutTeam: calendar.isDefault }, calendar);
    return { calendarId: calendar.id };
  });
  return ctx.em.findOneOrFail(Calendar, { id: calendarId });
}

/** What every desk begins with: one calendar that is open Monday to Friday, 09:00 to 17:00 in UTC. */
export async function prepareDefaultCalendar(ctx: Context): Promise<void> {
  await inTransaction(ctx, ['calendars'], async (tx) => {
    if (await tx.em.findOne(Calendar, { isDefault: true })) return;
    const { MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY } = Weekday;
    const weekdays = [MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY];
    tx.em.persist(
      Object.assign(new Calendar(), {
        id: newId('calendar'),
        name: 'Default',
        timeZone: 'UTC',
        hours: weekdays.map((weekday) => ({ weekday, from: '09:00', to: '17:00' })),
        isDefault: true,
      }),
    );
  });
}

async function given(tx: Transaction, { id, expectedVersion }: SaveCalendarInput): Promise<Calendar> {
  if (id == null) return Object.assign(new Calendar(), { id: newId('calendar') });
  const calendar = await tx.em.findOne(Calendar, { id });
  if (!calendar) throw notFound('calendar', id, ['input', 'id']);
  if (expectedVersion != null && calendar.version !== expectedVersion)
    throw new DomainError(
      ErrorCode.STALE,
      `The calendar is at version ${calendar.version}, not ${expectedVersion}: read it again and repeat what still holds.`,
      ['input', 'expectedVersion'],
    );
  calendar.version += 1;
  return calendar;
}

/**
 * Gives the calendar to the teams named, and to no other; for null leaves that as it is.
 * @returns the teams for which business time may have changed
 */
async function giveToTeams(tx: Transaction, calendar: Calendar, teamIds: string[] | null): Promise<string[]> {
  await sql`select 1 from team order by id for no key update`.execute(sqlOf(tx.em));
  const teams = await tx.em.findAll(Team);
  const known = new Set(teams.map(({ id }) => id));
  for (const [index, id] of (teamIds ?? []).entries())
    if (!known.has(id)) throw notFound('team', id, ['input', 'teamIds', String(index)]);
  const goesBy = (team: Team) => team.calendarId === calendar.id || (!team.calendarId && calendar.isDefault);
  const before = teams.filter(goesBy);
  for (const team of teamIds ? teams : [])
    if (teamIds?.includes(team.id)) team.calendarId = calendar.id;
    else if (team.calendarId === calendar.id) team.calendarId = null;
  return [...new Set([...before, ...teams.filter(goesBy)])].map(({ id }) => id);
}
