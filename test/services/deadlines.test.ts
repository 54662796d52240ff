import { afterEach, beforeAll, expect, test } from '@jest/globals';
import type { App } from '../../src/app.js';
import { addAmount } from '../../src/modules/calendar/calendar.rules.js';
import { Customer } from '../../src/modules/directory/customer.entity.js';
import { systemContext } from '../../src/modules/directory/identity.service.js';
import { newTicket } from '../../src/modules/ticket/ticket.service.js';
import { Channel, Level } from '../../src/modules/ticket/ticket.vocabulary.js';
import { Role } from '../../src/platform/auth/viewer.js';
import { inTransaction } from '../../src/platform/database/transaction.js';
import { planDeadlines } from '../../src/platform/deadlines/deadline.js';
import { CalendarsDocument, SaveCalendarDocument } from '../generated/graphql.js';
import { calendar } from '../modules/calendar/calendars.js';
import { hours, publish, Timed, timedSteps } from '../modules/deadlines/timed.js';
import { until, useDesk } from '../support/desk.js';

const desk = useDesk();
const others: App[] = [];

beforeAll(async () => {
  const timeout = { afterHours: 10, counting: 'ALL_DAYS', action: 'APPROVE' } as const;
  await publish(desk, 'approved', ...timedSteps(undefined, timeout));
  const due = { after: { from: 'RUN_START' }, days: 2, counting: 'BUSINESS_DAYS' } as const;
  await publish(desk, 'business', ...timedSteps(due));
});

afterEach(async () => {
  for (const other of others.splice(0)) await other.stop();
});

/** Makes tickets whose resolution was promised for that moment. @returns their ids */
async function promised(count: number, at: Date): Promise<string[]> {
  return inTransaction(systemContext(desk.app.desk), [], async (tx) => {
    const customer = (await tx.em.findAll(Customer))[0] as Customer;
    const levels = { impact: Level.LOW, urgency: Level.LOW };
    const ids: string[] = [];
    for (let index = 0; index < count; index += 1) {
      const words = { subject: `Promise ${index}`, description: 'By then.', channel: Channel.EMAIL };
      const ticket = await newTicket(tx, { customer, ...words, ...levels });
      ticket.promisedResolutionAt = at;
      const of = { subjectId: ticket.id, streamId: ticket.id };
      await planDeadlines(tx, [{ ...of, key: `promise:${ticket.id}`, kind: 'PROMISE_MISSED', at }]);
      ids.push(ticket.id);
    }
    return ids;
  });
}

/** How often the log tells of each ticket that its promise was missed. */
async function missed(ids: string[]): Promise<number[]> {
  const rows = await desk.app.desk.database.sql
    .selectFrom('event')
    .select('stream_id')
    .where('type', '=', 'PROMISE_MISSED')
    .where('stream_id', 'in', ids)
    .execute();
  return ids.map((id) => rows.filter(({ stream_id }) => stream_id === id).length);
}

const all = (counts: number[]) => counts.every((count) => count > 0);
const ahead = (milliseconds: number) => new Date(desk.clock.now().getTime() + milliseconds);
const HOUR = 3_600_000;

/** Resolves once every node has swept again: each has looked past what was due before. */
async function sweptAgain(): Promise<void> {
  for (let time = 0; time < 3; time += 1) {
    const ids = await promised(4, ahead(-1));
    await until(async () => all(await missed(ids)), 'another sweep');
  }
}

test('200 deadlines at once fire once each, however many nodes sweep', async () => {
  others.push(await desk.anotherNode(), await desk.anotherNode());
  const ids = await promised(200, ahead(HOUR));
  desk.clock.letDaysPass(hours(2));
  await until(async () => all(await missed(ids)), 'every deadline', 60);
  await sweptAgain();
  expect(await missed(ids)).toEqual(ids.map(() => 1));
}, 120_000);

test('a deadline outlives the node that planned it', async () => {
  const ids = await promised(3, ahead(HOUR));
  await desk.restart();
  expect(await missed(ids)).toEqual([0, 0, 0]);
  desk.clock.letDaysPass(hours(2));
  await until(async () => all(await missed(ids)), 'the deadlines after the restart');
  await desk.restart();
  await sweptAgain();
  expect(await missed(ids)).toEqual([1, 1, 1]);
}, 60_000);

test('a node whose clock runs ahead fires nothing early', async () => {
  // The other node's clock stands a day back, so whatever fires now is fired by the one that is ahead.
  const passed = desk.clock.now().getTime() - Date.now();
  desk.clock.letDaysPass(-passed / (24 * HOUR) - 1);
  others.push(await desk.anotherNode({ now: () => new Date(Date.now() + HOUR) }));
  const later = await promised(2, new Date(Date.now() + HOUR / 2));
  const due = await promised(5, new Date(Date.now() - 1000));
  await until(async () => all(await missed(due)), 'what is due');
  expect(await missed(later)).toEqual([0, 0]);
  desk.clock.letDaysPass(1 + hours(1));
  await until(async () => all(await missed(later)), 'what is due by the clock that counts');
  expect(await missed(later)).toEqual([1, 1]);
});

test('of a person and a time-out that decide at the same moment one wins', async () => {
  others.push(await desk.anotherNode());
  const all = await Promise.all(Array.from({ length: 16 }, () => Timed.start(desk, 'approved')));
  await Promise.all(all.map((timed) => timed.complete('first')));
  desk.clock.letDaysPass(hours(11));
  const decided = async () => Promise.all(all.map((timed) => timed.told('APPROVAL_DECIDED')));
  await until(async () => (await decided()).some((count) => count > 0), 'the first time-out');
  const answers = await Promise.all(all.map((timed) => timed.decide('ok', 'APPROVED')));
  await until(async () => (await decided()).every((count) => count > 0), 'every decision');
  await sweptAgain();
  expect(await decided()).toEqual(all.map(() => 1));
  for (const [index, timed] of all.entries()) {
    const { decisions } = await timed.step('ok');
    expect(decisions).toHaveLength(1);
    // Who was told that it is decided already was not the one who decided it.
    expect(decisions?.[0]?.decidedBy ? [] : ['ALREADY_DECIDED']).toEqual(answers[index]);
  }
}, 60_000);

test('whatever starts while a calendar changes is due by the calendar as it became', async () => {
  const admin = await desk.as(Role.ADMIN);
  const { calendars } = await admin.ask(CalendarsDocument);
  const {
    id,
    name,
    hours: open,
  } = calendars.nodes.find(({ isDefault }) => isDefault) as (typeof calendars)['nodes'][number];
  const holidays = Array.from({ length: 5 }, (_, index) =>
    ahead((index + 1) * 24 * HOUR)
      .toISOString()
      .slice(0, 10),
  );
  const save = async (closed: string[]) => {
    const input = { id, name, timeZone: 'UTC', hours: open, holidays: closed };
    const { saveCalendar } = await admin.ask(SaveCalendarDocument, { input });
    expect(saveCalendar.userErrors).toEqual([]);
  };
  const change = async () => {
    for (const closed of [1, 2, 3, 4, 5]) await save(holidays.slice(0, closed));
  };
  const starts = Array.from({ length: 30 }, () => Timed.start(desk, 'business'));
  const [all] = await Promise.all([Promise.all(starts), change()]);
  const expected = calendar('UTC', { holidays });
  const late = async () => {
    const tickets = await Promise.all(all.map((timed) => timed.look()));
    return tickets.filter(({ runs: [run] }) => {
      const due = addAmount(expected, new Date(run?.startedAt as string), { days: 2 }, 'BUSINESS_DAYS');
      return run?.steps[0]?.dueAt !== due.toISOString();
    });
  };
  await until(async () => (await late()).length === 0, 'every due date to follow', 20);
  await save([]);
}, 60_000);
