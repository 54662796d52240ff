import { beforeAll, expect, test } from '@jest/globals';
import { Role } from '../../../src/platform/auth/viewer.js';
import { ClaimTicketDocument, ReopenTicketDocument, ResolveTicketDocument } from '../../generated/graphql.js';
import { useDesk } from '../../support/desk.js';
import { answerByLink } from '../../support/walk.js';
import { field } from '../process/faulty.js';
import { task } from '../run/definitions.js';
import { hours, nameOf, publish, Timed, timedSteps } from './timed.js';

const desk = useDesk();

beforeAll(async () => {
  const after = { afterHours: 10, counting: 'ALL_DAYS' } as const;
  await publish(desk, 'approved', ...timedSteps(undefined, { ...after, action: 'APPROVE' }));
  await publish(desk, 'rejected', ...timedSteps(undefined, { ...after, action: 'REJECT' }));
  await publish(
    desk,
    'escalated',
    ...timedSteps(undefined, { ...after, action: 'ESCALATE', to: 'QA_MANAGER' }),
  );
  await publish(desk, 'reminded', ...timedSteps(undefined, { ...after, action: 'REMIND' }));
  await publish(desk, 'patient', ...timedSteps(undefined));
  await publish(
    desk,
    'promising',
    task('promise', {
      fields: [field('Hours', 'NUMBER')],
      effects: [{ kind: 'PROMISE_RESOLUTION', field: 'Hours' }],
    }),
    task('ask', { effects: [{ kind: 'INVITE_SURVEY' }] }),
    task('rest'),
  );
});

async function resolve(timed: Timed): Promise<void> {
  const agent = await desk.as(Role.AGENT);
  await agent.ask(ClaimTicketDocument, { input: { ticketId: timed.ticketId } });
  const input = { ticketId: timed.ticketId, resolution: 'Turned off and on.' };
  expect((await agent.ask(ResolveTicketDocument, { input })).resolveTicket.userErrors).toEqual([]);
}

test('an approval that nobody decides is approved in the name of the desk, and the run goes on', async () => {
  const timed = await Timed.start(desk, 'approved');
  await timed.complete('first');
  expect(await timed.waiting()).toEqual(['APPROVAL_TIMEOUT']);
  desk.clock.letDaysPass(hours(11));
  const events = await timed.until('ApprovalDecided');
  expect(events.at(-1)).toMatchObject({ actor: null, detail: { verdict: 'APPROVED', subject: 'first' } });
  const ok = await timed.step('ok');
  expect(ok.phase).toBe('COMPLETED');
  expect(ok.decisions).toEqual([
    { verdict: 'APPROVED', comment: 'Nobody decided within 10 hours.', decidedBy: null },
  ]);
  expect((await timed.step('follow-up')).phase).toBe('READY');
  expect(await timed.decide('ok', 'REJECTED')).toEqual(['ALREADY_DECIDED']);
});

test('or rejected: its subject goes back, and the next attempt has its time anew', async () => {
  const timed = await Timed.start(desk, 'rejected');
  await timed.complete('first');
  desk.clock.letDaysPass(hours(11));
  await timed.until('ApprovalDecided');
  expect(await timed.step('first')).toMatchObject({ phase: 'READY', attempt: 2 });
  expect(await timed.waiting()).toEqual([]);
  await timed.complete('first');
  expect(await timed.waiting()).toEqual(['APPROVAL_TIMEOUT']);
  expect(await timed.decide('ok', 'APPROVED')).toEqual([]);
  expect(await timed.waiting()).toEqual([]);
  expect(await timed.told('APPROVAL_DECIDED')).toBe(2);
});

test('or handed on: it is the new role that decides', async () => {
  const timed = await Timed.start(desk, 'escalated');
  await timed.complete('first');
  expect(await timed.decide('ok', 'APPROVED', Role.QA_MANAGER)).toEqual(['FORBIDDEN']);
  desk.clock.letDaysPass(hours(11));
  await timed.until('APPROVAL_ESCALATED');
  expect((await timed.step('ok')).assignedRole).toBe('QA_MANAGER');
  expect(await timed.decide('ok', 'APPROVED', Role.MANAGER)).toEqual(['FORBIDDEN']);
  expect(await timed.decide('ok', 'REJECTED', Role.QA_MANAGER)).toEqual([]);
  // A new attempt is asked of the role that the process names.
  await timed.complete('first');
  expect((await timed.step('ok')).assignedRole).toBe('MANAGER');
});

test('or reminded of, again and again, until it is decided', async () => {
  const timed = await Timed.start(desk, 'reminded');
  await timed.complete('first');
  for (let time = 0; time < 3; time += 1) {
    desk.clock.letDaysPass(hours(11));
    await timed.until('APPROVAL_REMINDER');
  }
  expect(await timed.told('APPROVAL_REMINDER')).toBe(3);
  expect(await timed.waiting()).toEqual(['APPROVAL_TIMEOUT']);
  expect(await timed.decide('ok', 'APPROVED')).toEqual([]);
  expect(await timed.waiting()).toEqual([]);
});

test('a resolved ticket closes by itself after a week', async () => {
  const timed = await Timed.start(desk);
  await resolve(timed);
  // Something else is due before that week is over: once it fired, the ticket has been passed over.
  const other = await Timed.start(desk, 'approved');
  await other.complete('first');
  desk.clock.letDaysPass(6.9);
  await other.until('ApprovalDecided');
  expect((await timed.look()).status).toBe('RESOLVED');
  desk.clock.letDaysPass(0.2);
  const closed = await timed.watcher.takeUntil(({ ticketEvents: { ticket } }) => ticket?.status === 'CLOSED');
  expect(closed.at(-1)?.ticketEvents.detail).toMatchObject({
    __typename: 'TicketChanged',
    reason: 'Resolved for 7 days, so it closed by itself.',
  });
  expect(await timed.waiting()).toEqual([]);
});

test('but not while it is open again, and then a week after it was resolved anew', async () => {
  const timed = await Timed.start(desk);
  await resolve(timed);
  const agent = await desk.as(Role.AGENT);
  await agent.ask(ReopenTicketDocument, { input: { ticketId: timed.ticketId, reason: 'It is back.' } });
  expect(await timed.waiting()).toEqual([]);
  desk.clock.letDaysPass(5);
  await agent.ask(ResolveTicketDocument, { input: { ticketId: timed.ticketId, resolution: 'Replaced.' } });
  desk.clock.letDaysPass(7.1);
  await timed.watcher.takeUntil(({ ticketEvents: { ticket } }) => ticket?.status === 'CLOSED');
});

test('nor while a gate is open: it closes when the gate is passed', async () => {
  const timed = await Timed.start(desk, 'patient');
  await timed.complete('first');
  await resolve(timed);
  const other = await Timed.start(desk);
  await resolve(other);
  desk.clock.letDaysPass(7.1);
  await other.watcher.takeUntil(({ ticketEvents: { ticket } }) => ticket?.status === 'CLOSED');
  // Both were tried, the one with the gate first; it is tried again.
  expect((await timed.look()).status).toBe('RESOLVED');
  expect(await timed.waiting()).toEqual(['TICKET_AUTO_CLOSE']);
  expect(await timed.decide('ok', 'APPROVED')).toEqual([]);
  await timed.watcher.takeUntil(({ ticketEvents: { ticket } }) => ticket?.status === 'CLOSED');
});

test('a promise that is not kept is told once, one that is kept never', async () => {
  const [broken, kept] = [await Timed.start(desk, 'promising'), await Timed.start(desk, 'promising')];
  for (const timed of [kept, broken]) await timed.complete('promise', { Hours: 5 });
  await resolve(kept);
  expect(await kept.waiting()).toEqual(['TICKET_AUTO_CLOSE']);
  desk.clock.letDaysPass(hours(6));
  await broken.until('PROMISE_MISSED');
  await resolve(broken);
  expect(await broken.told('PROMISE_MISSED')).toBe(1);
  expect(await kept.told('PROMISE_MISSED')).toBe(0);
});

test('a survey is reminded of once, by a link that works, and expires', async () => {
  const address = 'customer@demo.stepdesk.example';
  const [silent, late] = [await Timed.start(desk, 'promising'), await Timed.start(desk, 'promising')];
  for (const timed of [silent, late]) {
    await timed.complete('promise');
    await timed.complete('ask');
  }
  const agent = await desk.as(Role.AGENT);
  const letters = async () =>
    (await (await agent.get(`/mailbox.json?to=${encodeURIComponent(address)}`)).json()) as {
      subject: string;
      text: string;
    }[];
  const linksOf = async (number: string) =>
    (await letters())
      .filter(({ subject }) => subject.startsWith('Reminder') && subject.endsWith(number))
      .map(({ text }) => /\/survey\/([\w-]+)/.exec(text)?.[1] as string);
  desk.clock.letDaysPass(7.1);
  await silent.until('SURVEY_REMINDED');
  await late.until('SURVEY_REMINDED');
  const number = `SD-${(await late.look()).number}`;
  const [link, ...more] = await linksOf(number);
  expect(more).toEqual([]);
  const answered = await answerByLink(desk.anonymous(), link as string, 5);
  expect(answered).toMatchObject({ survey: { status: 'ANSWERED' }, userErrors: [] });
  const again = await answerByLink(desk.anonymous(), link as string, 1);
  expect(again.userErrors.map(({ code }) => code)).toEqual(['TOKEN_INVALID']);
  expect(await late.waiting()).toEqual([]);

  desk.clock.letDaysPass(24);
  const events = await silent.until('SURVEY_EXPIRED');
  expect(events.map(nameOf).filter((name) => name.startsWith('SURVEY'))).toEqual(['SURVEY_EXPIRED']);
  expect((await silent.look()).surveys).toMatchObject([{ status: 'EXPIRED' }]);
  expect(await silent.told('SURVEY_REMINDED')).toBe(1);
  expect(await late.told('SURVEY_EXPIRED')).toBe(0);
});
