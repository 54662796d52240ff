import { beforeAll, expect, test } from '@jest/globals';
import { addAmount, addToDate } from '../../../src/modules/calendar/calendar.rules.js';
import { dayOf } from '../../../src/modules/calendar/day.rules.js';
import type { DueDefinition } from '../../../src/modules/process/process.definition.js';
import { Role } from '../../../src/platform/auth/viewer.js';
import {
  AssignTicketDocument,
  CalendarsDocument,
  DueOfProcessDocument,
  SaveCalendarDocument,
} from '../../generated/graphql.js';
import { until, useDesk } from '../../support/desk.js';
import { calendar } from '../calendar/calendars.js';
import { hours, publish, Timed, timedSteps } from './timed.js';

const desk = useDesk();
const WEEKDAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'] as const;
const office = WEEKDAYS.map((weekday) => ({ weekday, from: '09:00', to: '17:00' }));

const soon: DueDefinition = {
  after: { from: 'RUN_START' },
  hours: 30,
  counting: 'ALL_DAYS',
  remindBefore: [6, 2],
};
const business: DueDefinition = {
  after: { from: 'RUN_START' },
  days: 2,
  hours: 3,
  counting: 'BUSINESS_DAYS',
};

beforeAll(async () => {
  await publish(desk, 'soon', ...timedSteps(soon));
  await publish(desk, 'business', ...timedSteps(business));
});

const moment = (text: string | null | undefined) => new Date(text as string).getTime();

test('a step is reminded of before it is due, told of once when it is overdue, and then in peace', async () => {
  const timed = await Timed.start(desk, 'soon');
  const { dueAt, overdue } = await timed.step('first');
  const { runs } = await timed.look();
  expect(moment(dueAt) - moment(runs[0]?.startedAt)).toBe(30 * 3_600_000);
  expect(overdue).toBe(false);
  expect(await timed.waiting()).toEqual(['STEP_OVERDUE', 'STEP_REMINDER', 'STEP_REMINDER']);

  desk.clock.letDaysPass(hours(25));
  await timed.until('STEP_REMINDER');
  expect((await timed.step('first')).overdue).toBe(false);
  desk.clock.letDaysPass(hours(4));
  await timed.until('STEP_REMINDER');
  desk.clock.letDaysPass(hours(2));
  const [last] = (await timed.until('STEP_OVERDUE')).slice(-1);
  expect(last?.actor).toBeNull();
  expect((await timed.step('first')).overdue).toBe(true);

  // Working everything out anew, here for another team, tells nothing again.
  const { teams } = await (await desk.as(Role.ADMIN)).ask(CalendarsDocument);
  const teamId = teams.nodes.find(({ name }) => name === 'Billing')?.id as string;
  await (await desk.as(Role.AGENT)).ask(AssignTicketDocument, {
    input: { ticketId: timed.ticketId, teamId },
  });
  await until(async () => (await timed.waiting()).length === 0, 'the run to be planned anew');
  expect(await timed.told('STEP_OVERDUE')).toBe(1);

  await timed.complete('first', { Day: '2026-03-14' });
  expect(await timed.step('first')).toMatchObject({ dueAt, overdue: false });
  // Nothing of the step is left; the day that was answered makes the last step overdue at once.
  await timed.until('STEP_OVERDUE');
  expect(await timed.told('STEP_OVERDUE')).toBe(2);
  expect(await timed.told('STEP_REMINDER')).toBe(2);
  expect(await timed.waiting()).toEqual([]);
});

test('a step that is done before its time is told of no more', async () => {
  const timed = await Timed.start(desk, 'soon');
  await timed.complete('first');
  expect(await timed.waiting()).toEqual([]);
});

test('an answer that is given anew moves what was due by it', async () => {
  const timed = await Timed.start(desk, 'business');
  const due = async () => (await timed.step('follow-up')).dueAt;
  expect(await due()).toBeNull();
  const byDate = (date: string) =>
    addToDate(calendar('UTC'), dayOf(date) as number, {}, 'SHIFT_TO_BUSINESS_DAY').toISOString();
  // A Saturday, which is closed.
  await timed.complete('first', { Day: '2027-05-15' });
  expect(await due()).toBe(byDate('2027-05-15'));
  expect(await due()).toBe('2027-05-17T17:00:00.000Z');
  expect(await timed.decide('ok', 'REJECTED')).toEqual([]);
  expect(await due()).toBeNull();
  expect(await timed.waiting()).toEqual(['STEP_OVERDUE']);
  await timed.complete('first', { Day: '2027-05-19' });
  expect(await due()).toBe('2027-05-19T17:00:00.000Z');
  expect((await timed.step('first')).attempt).toBe(2);
});

test('a due date goes by the calendar of the team, and moves with it', async () => {
  const admin = await desk.as(Role.ADMIN);
  const agent = await desk.as(Role.AGENT);
  const timed = await Timed.start(desk, 'business');
  const { runs } = await timed.look();
  const startedAt = new Date(runs[0]?.startedAt as string);
  const expected = (by: ReturnType<typeof calendar>) =>
    addAmount(by, startedAt, { days: 2, hours: 3 }, 'BUSINESS_DAYS').getTime();
  const isDue = async (by: ReturnType<typeof calendar>) =>
    moment((await timed.step('first')).dueAt) === expected(by);
  expect(await isDue(calendar('UTC'))).toBe(true);

  // Of its own, for one team: nothing changes until the ticket is that team's.
  const { teams } = await admin.ask(CalendarsDocument);
  const team = teams.nodes.find(({ name }) => name === 'First line')?.id as string;
  const input = { name: 'Nepal', timeZone: 'Asia/Kathmandu', hours: office, holidays: [], teamIds: [team] };
  const { saveCalendar } = await admin.ask(SaveCalendarDocument, { input });
  expect(saveCalendar).toMatchObject({ calendar: { name: 'Nepal', version: 1 }, userErrors: [] });
  expect(await isDue(calendar('UTC'))).toBe(true);
  await agent.ask(AssignTicketDocument, { input: { ticketId: timed.ticketId, teamId: team } });
  await until(() => isDue(calendar('Asia/Kathmandu')), 'the due date in Nepal');

  // Its holidays change.
  const days = Array.from({ length: 7 }, (_, index) =>
    new Date(startedAt.getTime() + (index + 1) * 86_400_000).toISOString().slice(0, 10),
  );
  const id = saveCalendar.calendar?.id;
  const changed = await admin.ask(SaveCalendarDocument, { input: { ...input, id, holidays: days } });
  expect(changed.saveCalendar).toMatchObject({ calendar: { holidays: days, version: 2 }, userErrors: [] });
  await until(() => isDue(calendar('Asia/Kathmandu', { holidays: days })), 'the holidays to count');

  // And back to the default, when the team has none of its own any more.
  await admin.ask(SaveCalendarDocument, { input: { ...input, id, teamIds: [] } });
  await until(() => isDue(calendar('UTC')), 'the default to count again');
  expect(await timed.waiting()).toEqual(['STEP_OVERDUE']);
});

test('calendars are for administrators to save, and say what is wrong with them', async () => {
  const input = { name: 'Another', timeZone: 'Europe/Berlin', hours: office, holidays: [] };
  const manager = await desk.as(Role.MANAGER);
  expect((await manager.send(SaveCalendarDocument, { input })).errors?.[0]?.extensions?.code).toBe(
    'FORBIDDEN',
  );
  const customer = await desk.as(Role.CUSTOMER);
  expect((await customer.send(CalendarsDocument)).errors?.[0]?.extensions?.code).toBe('FORBIDDEN');

  const admin = await desk.as(Role.ADMIN);
  const refused = async (change: Partial<typeof input> & { id?: string; expectedVersion?: number }) => {
    const { saveCalendar } = await admin.ask(SaveCalendarDocument, { input: { ...input, ...change } });
    return saveCalendar.userErrors.map(({ code, path }) => `${code} ${path?.join('.')}`);
  };
  expect(await refused({ timeZone: 'Europe/Nowhere' })).toEqual(['INVALID_INPUT input.timeZone']);
  expect(await refused({ hours: [] })).toEqual(['INVALID_INPUT input.hours']);
  expect(await refused({ name: 'Default' })).toEqual(['ALREADY_EXISTS input.name']);
  expect(await refused({ id: 'calendar_none' })).toEqual(['NOT_FOUND input.id']);
  const { calendars } = await admin.ask(CalendarsDocument);
  const own = calendars.nodes.find(({ isDefault }) => isDefault);
  expect(own).toMatchObject({ name: 'Default', timeZone: 'UTC', hours: office });
  expect(await refused({ id: own?.id, expectedVersion: 99 })).toEqual(['STALE input.expectedVersion']);
});

test('the processes say when their steps are due', async () => {
  const { processes } = await (await desk.as(Role.AGENT)).ask(DueOfProcessDocument);
  const steps = processes.nodes.find(({ key }) => key === 'customer-support')?.version?.steps ?? [];
  expect(steps.find(({ key }) => key === 'follow-up-with-customer')?.due).toMatchObject({
    after: { from: 'DATE_FIELD', field: 'Follow_Up_Date' },
  });
  expect(steps.find(({ key }) => key === 'approval-quality-assurance-manager')?.timeout).toMatchObject({
    action: 'REMIND',
  });
});
