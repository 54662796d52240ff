import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  afterReply,
  type MoveFacts,
  move,
  moveTo,
  type TicketMove,
} from '../../../src/modules/ticket/ticket.machine.js';
import { TicketStatus } from '../../../src/modules/ticket/ticket.vocabulary.js';
import type { DomainError } from '../../../src/platform/errors.js';

const DAY = 86_400_000;
const now = new Date('2026-03-14T09:26:53.589Z');
const facts: MoveFacts = { hasAssignee: true, hasResolution: true, closedAt: now, now, reopenDays: 14 };
const closedFor = (milliseconds: number): MoveFacts => ({
  ...facts,
  closedAt: new Date(now.getTime() - milliseconds),
});

/** Where each move leads from NEW, OPEN, PENDING, ON_HOLD, RESOLVED and CLOSED; `-` where there is no such move. */
const TABLE: Record<TicketMove, string> = {
  START: 'OPEN - OPEN OPEN - -',
  WAIT_FOR_CUSTOMER: 'PENDING PENDING - PENDING - -',
  HOLD: 'ON_HOLD ON_HOLD ON_HOLD - - -',
  RESOLVE: 'RESOLVED RESOLVED RESOLVED RESOLVED - -',
  CLOSE: '- - - - CLOSED -',
  REOPEN: '- - - - OPEN OPEN',
  CUSTOMER_REPLY: '- - OPEN OPEN OPEN -',
};
const MOVES = Object.keys(TABLE) as TicketMove[];
const STATUSES = Object.values(TicketStatus);

/** The code and path of what it is refused with, or where it leads. */
function outcome(status: TicketStatus, by: TicketMove, given = facts): string {
  try {
    return move(status, by, given);
  } catch (error) {
    const { code, faults } = error as DomainError;
    return [code, ...(faults[0]?.path ?? [])].join(' ');
  }
}

describe.each(MOVES)('%s', (by) => {
  const wanted = TABLE[by].split(' ');
  test.each(STATUSES.map((status, index) => [status, wanted[index] as string]))(
    'of what is %s leads to %s',
    (status, to) => {
      expect(outcome(status as TicketStatus, by)).toBe(to === '-' ? 'INVALID_TRANSITION' : to);
    },
  );
});

test('a refusal says what the ticket is and what the move takes', () => {
  expect(() => move(TicketStatus.OPEN, 'CLOSE', facts)).toThrow(
    'A ticket that is OPEN cannot be closed; that takes one that is RESOLVED.',
  );
});

test('resolving needs an assignee, then a resolution', () => {
  expect(outcome(TicketStatus.OPEN, 'RESOLVE', { ...facts, hasAssignee: false, hasResolution: false })).toBe(
    'REQUIRED',
  );
  expect(outcome(TicketStatus.OPEN, 'RESOLVE', { ...facts, hasAssignee: false })).toBe('REQUIRED');
  expect(outcome(TicketStatus.OPEN, 'RESOLVE', { ...facts, hasResolution: false })).toBe(
    'REQUIRED input resolution',
  );
  expect(outcome(TicketStatus.CLOSED, 'RESOLVE', { ...facts, hasAssignee: false })).toBe(
    'INVALID_TRANSITION',
  );
});

test.each([
  ['at once', 0, 'OPEN'],
  ['to the last millisecond', 14 * DAY, 'OPEN'],
  ['no later', 14 * DAY + 1, 'INVALID_TRANSITION'],
])('what is CLOSED reopens for reopenDays: %s', (_, ago, wanted) => {
  expect(outcome(TicketStatus.CLOSED, 'REOPEN', closedFor(ago))).toBe(wanted);
});

test('what is RESOLVED reopens whenever; what was never closed does not reopen as CLOSED', () => {
  expect(outcome(TicketStatus.RESOLVED, 'REOPEN', { ...closedFor(9999 * DAY), reopenDays: 0 })).toBe('OPEN');
  expect(outcome(TicketStatus.CLOSED, 'REOPEN', { ...facts, closedAt: null })).toBe('INVALID_TRANSITION');
});

test.each([
  [TicketStatus.NEW, 'NOTHING'],
  [TicketStatus.OPEN, 'NOTHING'],
  [TicketStatus.PENDING, 'REOPEN'],
  [TicketStatus.ON_HOLD, 'REOPEN'],
  [TicketStatus.RESOLVED, 'REOPEN'],
])('a reply to what is %s means %s, however old it is', (status, wanted) => {
  expect(afterReply(status, facts)).toBe(wanted);
  expect(afterReply(status, closedFor(9999 * DAY))).toBe(wanted);
});

test('a reply to what is CLOSED reopens it in time and is followed up afterwards', () => {
  expect(afterReply(TicketStatus.CLOSED, closedFor(14 * DAY))).toBe('REOPEN');
  expect(afterReply(TicketStatus.CLOSED, closedFor(14 * DAY + 1))).toBe('FOLLOW_UP');
});

test('people name every status but NEW, and the move for it leads there', () => {
  expect(moveTo(TicketStatus.NEW)).toBeNull();
  for (const target of STATUSES.filter((status) => status !== TicketStatus.NEW)) {
    const by = moveTo(target) as TicketMove;
    const from = STATUSES.filter((status) => outcome(status, by) === target);
    expect(from.length).toBeGreaterThan(0);
  }
});

test('no way leads back to NEW, and what a reply reopens the reply move opens', () => {
  const days = fc.integer({ min: 0, max: 40 });
  const anyFacts = fc.record({
    hasAssignee: fc.boolean(),
    hasResolution: fc.boolean(),
    closed: days,
    reopenDays: days,
  });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...MOVES), anyFacts), { maxLength: 30 }), (moves) => {
      let status: TicketStatus = TicketStatus.NEW;
      for (const [by, { closed, ...rest }] of moves) {
        const given = { ...closedFor(closed * DAY), ...rest };
        const to = outcome(status, by, given);
        if (to in TicketStatus) {
          expect(to).not.toBe(TicketStatus.NEW);
          expect(to).not.toBe(status);
          status = to as TicketStatus;
        }
        const reply = status === TicketStatus.CLOSED ? 'REOPEN' : 'CUSTOMER_REPLY';
        expect(outcome(status, reply, given) === TicketStatus.OPEN).toBe(
          afterReply(status, given) === 'REOPEN',
        );
      }
    }),
  );
});
