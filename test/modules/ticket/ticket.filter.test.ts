import { beforeAll, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { findViewer } from '../../../src/modules/directory/identity.service.js';
import type { TicketFacets } from '../../../src/modules/ticket/ticket.facets.js';
import { matches, type TicketCriteria } from '../../../src/modules/ticket/ticket.filter.rules.js';
import { inScope, scopeOf } from '../../../src/modules/ticket/ticket.policy.js';
import { Channel, Level, Priority, TicketStatus } from '../../../src/modules/ticket/ticket.vocabulary.js';
import { Role, type Viewer } from '../../../src/platform/auth/viewer.js';
import { TicketCountsDocument, type TicketFilter, TicketsDocument } from '../../generated/graphql.js';
import { useDesk } from '../../support/desk.js';
import { type Ids, MOMENTS, variedTickets } from './varied.js';

const desk = useDesk();
// Many requests: a limit for what hangs, not for how fast it is.
jest.setTimeout(120_000);
let tickets: Map<string, TicketFacets>;
let ids: Ids;
beforeAll(async () => {
  ({ tickets, ids } = await variedTickets(desk));
});

/** What is given, or left out, or given as null, which counts as left out. */
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 9 });

function oneOrTwo<T>(comparators: Record<string, fc.Arbitrary<T>>) {
  const names = fc.subarray(Object.keys(comparators), { minLength: 1, maxLength: 2 });
  return names.chain((chosen) =>
    fc.record(Object.fromEntries(chosen.map((name) => [name, maybe(comparators[name] as fc.Arbitrary<T>)]))),
  );
}

const ordered = <T>(value: fc.Arbitrary<T>) => ({ gt: value, gte: value, lt: value, lte: value });
const among = <T>(value: fc.Arbitrary<T>) => {
  const several = fc.array(value, { maxLength: 3 });
  return oneOrTwo<T | T[]>({ eq: value, in: several, notIn: several });
};
const word = (words: object) => among(fc.constantFrom(...(Object.values(words) as string[])));
const id = (known: string[]) => {
  const value = fc.constantFrom(...known, 'ticket_00000000000000000000000000');
  const several = fc.array(value, { maxLength: 3 });
  return oneOrTwo<unknown>({ eq: value, in: several, notIn: several, isNull: fc.boolean() });
};
const moment = () => {
  const value = fc.constantFrom(...MOMENTS, new Date(0), new Date());
  return oneOrTwo<unknown>({ ...ordered(value), isNull: fc.boolean() });
};
const whole = (value: fc.Arbitrary<number>) => oneOrTwo({ eq: value, ...ordered(value) });

function fields(forStaff: boolean): Record<string, fc.Arbitrary<unknown>> {
  const open = {
    number: whole(fc.integer({ min: 1000, max: 1045 })),
    status: word(TicketStatus),
    channel: word(Channel),
    category: id(ids.categories),
    product: id(ids.products),
    createdAt: moment(),
    resolvedAt: moment(),
    closedAt: moment(),
  };
  const internal = {
    priority: word(Priority),
    impact: word(Level),
    urgency: word(Level),
    team: id(ids.teams),
    assignee: id(ids.agents),
    customer: id(ids.customers),
    organization: id(ids.organizations),
    escalationLevel: whole(fc.nat(3)),
    updatedAt: moment(),
  };
  return forStaff ? { ...open, ...internal } : open;
}

/** Filters of every field and comparator, nested by and, or and not. */
function anyFilter(forStaff: boolean): fc.Arbitrary<TicketCriteria> {
  const comparisons = Object.entries(fields(forStaff)).map(([field, filter]) =>
    maybe(filter).map((value) => ({ [field]: value })),
  );
  const comparison = fc.oneof(...comparisons);
  const { filter } = fc.letrec<{ filter: TicketCriteria }>((tie) => {
    const several = fc.array(tie('filter'), { maxLength: 3 });
    return {
      filter: fc.oneof(
        { maxDepth: 4 },
        { arbitrary: comparison, weight: 3 },
        { arbitrary: fc.record({ and: maybe(several) }), weight: 1 },
        { arbitrary: fc.record({ or: maybe(several) }), weight: 2 },
        { arbitrary: fc.record({ not: maybe(tie('filter')) }), weight: 2 },
        {
          arbitrary: fc
            .tuple(comparison, fc.record({ or: several, not: tie('filter') }))
            .map(([a, b]) => ({ ...a, ...b })),
          weight: 1,
        },
      ),
    };
  });
  return filter;
}

/** The JSON of a request has moments as texts. */
const asSent = (criteria: TicketCriteria) => JSON.parse(JSON.stringify(criteria)) as TicketFilter;

test.each<[string, Role | string]>([
  ['an agent that a restricted team is closed to', Role.AGENT],
  ['a manager', Role.MANAGER],
  ['a customer whose organization shares its tickets', Role.CUSTOMER],
  ['a customer on its own', 'other@demo.stepdesk.example'],
])('a filter means the same to the database as to a live list: %s', async (_, person) => {
  const client = await desk.as(person);
  const email = (await desk.app.tokens.verify(client.token as string)).subject;
  const viewer = (await findViewer(desk.app.desk.database, email)) as Viewer;
  const seen = [...tickets.values()].filter((facets) => inScope(scopeOf(viewer), facets));
  let telling = 0;
  const same = fc.asyncProperty(anyFilter(viewer.kind === 'STAFF'), async (criteria) => {
    const wanted = seen.filter((facets) => matches(criteria, facets)).map(({ number }) => number);
    const { tickets: found } = await client.ask(TicketsDocument, { where: asSent(criteria), first: 100 });
    expect(found.nodes.map(({ number }) => number).sort()).toEqual(wanted.sort());
    expect(found.totalCount).toBe(wanted.length);
    if (wanted.length > 0 && wanted.length < seen.length) telling += 1;
  });
  await fc.assert(same, { numRuns: 100 });
  // Were nearly all filters to find everything or nothing, this would prove little.
  expect(telling).toBeGreaterThan(20);
});

test('counts add up to the list they count', async () => {
  const manager = await desk.as(Role.MANAGER);
  const by = fc.constantFrom('STATUS', 'PRIORITY', 'CHANNEL', 'CATEGORY', 'TEAM', 'ASSIGNEE');
  const sums = fc.asyncProperty(by, anyFilter(true), async (kind, criteria) => {
    const { ticketCounts } = await manager.ask(TicketCountsDocument, {
      by: kind as 'STATUS',
      where: asSent(criteria),
    });
    const wanted = [...tickets.values()].filter((facets) => matches(criteria, facets)).length;
    expect(ticketCounts.reduce((sum, { count }) => sum + count, 0)).toBe(wanted);
    expect(new Set(ticketCounts.map(({ key }) => key)).size).toBe(ticketCounts.length);
  });
  await fc.assert(sums, { numRuns: 60 });
});
