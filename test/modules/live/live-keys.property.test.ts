import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { keysOfEvent, keysOfList } from '../../../src/modules/live/live-keys.rules.js';
import { membership } from '../../../src/modules/live/queue.rules.js';
import type { TicketFacets } from '../../../src/modules/ticket/ticket.facets.js';
import type { TicketCriteria } from '../../../src/modules/ticket/ticket.filter.rules.js';
import type { TicketScope } from '../../../src/modules/ticket/ticket.policy.js';
import { Channel, Level, Priority, TicketStatus } from '../../../src/modules/ticket/ticket.vocabulary.js';
import type { EventRecord } from '../../../src/platform/events/event.js';
import { concerns, EVERYTHING } from '../../../src/platform/events/interest.js';

const id = fc.constantFrom('a', 'b', 'c');
const perhaps = fc.option(id);
const facets = fc.record({
  number: fc.nat(3),
  status: fc.constantFrom(...Object.values(TicketStatus)),
  priority: fc.constantFrom(...Object.values(Priority)),
  impact: fc.constantFrom(...Object.values(Level)),
  urgency: fc.constantFrom(...Object.values(Level)),
  channel: fc.constantFrom(...Object.values(Channel)),
  categoryId: perhaps,
  productId: perhaps,
  teamId: perhaps,
  assigneeId: perhaps,
  customerId: id,
  organizationId: perhaps,
  escalationLevel: fc.nat(2),
  createdAt: fc.constant('2026-01-01T00:00:00.000Z'),
  updatedAt: fc.constant('2026-01-01T00:00:00.000Z'),
  resolvedAt: fc.constant(null),
  closedAt: fc.constant(null),
}) as fc.Arbitrary<TicketFacets>;

const comparators = (value: fc.Arbitrary<unknown>) =>
  fc.oneof(
    fc.record({ eq: value }),
    fc.record({ in: fc.array(value, { maxLength: 3 }) }),
    fc.record({ notIn: fc.array(value, { maxLength: 2 }) }),
    fc.record({ in: fc.array(value, { maxLength: 3 }), notIn: fc.array(value, { maxLength: 1 }) }),
    fc.record({ isNull: fc.boolean() }),
  );
const leaf = fc.oneof(
  fc.record({ number: comparators(fc.nat(3)) }),
  fc.record({ status: comparators(fc.constantFrom(...Object.values(TicketStatus))) }),
  fc.record({ priority: comparators(fc.constantFrom(...Object.values(Priority))) }),
  fc.record({ team: comparators(id) }),
  fc.record({ assignee: comparators(id) }),
  fc.record({ customer: comparators(id) }),
  fc.record({ escalationLevel: comparators(fc.nat(2)) }),
) as fc.Arbitrary<TicketCriteria>;
const criteria: fc.Memo<TicketCriteria> = fc.memo((depth) =>
  depth < 2
    ? leaf
    : fc.oneof(
        leaf,
        fc.tuple(leaf, criteria()).map(([one, other]) => ({ ...one, ...other })),
        fc.record({ and: fc.array(criteria(), { maxLength: 2 }) }),
        fc.record({ or: fc.array(criteria(), { maxLength: 2 }) }),
        fc.record({ not: criteria() }),
      ),
);
const scope: fc.Arbitrary<TicketScope> = fc.oneof(
  fc.constant({ kind: 'ALL' } as const),
  fc.record({ kind: fc.constant('ALL_BUT' as const), teamIds: fc.subarray(['a', 'b']) }),
  fc.record({ kind: fc.constant('CUSTOMER' as const), customerId: id, organizationId: perhaps }),
);

test('whatever enters, changes in or leaves a live list is told under one of its keys', () => {
  let told = 0;
  fc.assert(
    fc.property(scope, criteria(3), fc.option(facets), fc.option(facets), (whose, which, before, after) => {
      if (membership(whose, which, before, after) === null) return;
      told += 1;
      const keys = keysOfEvent({ change: { before, after } } as unknown as EventRecord);
      expect(concerns({ keys: keysOfList(whose, which) }, keys)).toBe(true);
    }),
    { numRuns: 3_000 },
  );
  expect(told).toBeGreaterThan(100);
});

test.each<[string, TicketCriteria, readonly string[]]>([
  ['its assignee before its status', { status: { eq: 'OPEN' }, assignee: { eq: 'ann' } }, ['assigneeId=ann']],
  ['what is unassigned', { assignee: { isNull: true } }, ['assigneeId=']],
  [
    'the values that are left of few',
    { priority: { notIn: ['LOW', 'MEDIUM'] } },
    ['priority=HIGH', 'priority=CRITICAL'],
  ],
  ['all of several', { or: [{ team: { eq: 'x' } }, { team: { eq: 'y' } }] }, ['teamId=x', 'teamId=y']],
  ['the best of a conjunction', { and: [{ team: { eq: 'x' } }, { number: { eq: 7 } }] }, ['number=7']],
  ['everything where one part of several has no key', { or: [{ team: { eq: 'x' } }, {}] }, [EVERYTHING]],
  ['everything where nothing narrows', { createdAt: { gt: '2026-01-01' } }, [EVERYTHING]],
])('a list listens under %s', (_what, which, keys) => {
  expect(keysOfList({ kind: 'ALL' }, which)).toEqual(keys);
});
