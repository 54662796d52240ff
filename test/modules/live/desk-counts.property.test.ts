import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type Cell,
  changedSince,
  countsIn,
  type DeskCounts,
  type Kind,
  TicketTally,
} from '../../../src/modules/live/desk-counts.rules.js';
import type { TicketScope } from '../../../src/modules/ticket/ticket.policy.js';
import { Priority, TicketStatus } from '../../../src/modules/ticket/ticket.vocabulary.js';
import { readSnapshot, visibleIn } from '../../../src/platform/events/snapshot.rules.js';

/** A transaction: its place in the list is its id. It makes of a ticket this, or takes it away. */
interface Write {
  ticket: number;
  kind: Kind | null;
}

const kinds = fc.record({
  teamId: fc.constantFrom(null, 'team_a', 'team_b', 'team_c'),
  status: fc.constantFrom(...Object.values(TicketStatus)),
  priority: fc.constantFrom(...Object.values(Priority)),
});
const scopes = fc.constantFrom<TicketScope>(
  { kind: 'ALL' },
  { kind: 'NONE' },
  { kind: 'ALL_BUT', teamIds: ['team_b'] },
  { kind: 'ALL_BUT', teamIds: ['team_a', 'team_c'] },
  { kind: 'CUSTOMER', customerId: 'customer_1', organizationId: null },
);
const histories = fc.array(
  fc.record({
    ticket: fc.integer({ min: 0, max: 5 }),
    kind: fc.option(kinds, { freq: 8 }),
    committed: fc.boolean(),
  }),
  { maxLength: 40 },
);
const overdue = fc
  .uniqueArray(fc.tuple(fc.constantFrom(null, 'team_a', 'team_b'), fc.integer({ min: 1, max: 9 })), {
    selector: ([team]) => team,
  })
  .map((entries) => new Map(entries));

/** The tickets after these writes, counted one by one. */
function recounted(writes: readonly (Write | null)[]): Cell[] {
  const tickets = new Map<number, Kind | null>();
  for (const write of writes) if (write) tickets.set(write.ticket, write.kind);
  return [...tickets.values()].flatMap((kind) => (kind ? [{ ...kind, count: 1 }] : []));
}

/** As plain data, so that two are compared whatever order they hold their counts in. */
const plain = ({ total, overdue, byStatus, byTeam, byPriority }: DeskCounts) => ({
  total,
  overdue,
  byStatus: Object.fromEntries(byStatus),
  byTeam: Object.fromEntries([...byTeam].map(([team, count]) => [team ?? '', count])),
  byPriority: Object.fromEntries(byPriority),
});

describe('a counter', () => {
  it('is what a count anew would be, at each event after the snapshot it began with', () => {
    fc.assert(
      fc.property(histories, scopes, overdue, (history, scope, late) => {
        // Of one ticket the earlier transaction ends first: its stream is locked.
        const open = new Set<number>();
        const seen = history.map(({ ticket, committed }) => {
          if (!committed) open.add(ticket);
          return !open.has(ticket);
        });
        const running = seen.flatMap((committed, xid) => (committed ? [] : [xid]));
        const first = running[0] ?? history.length;
        const snapshot = readSnapshot(`${first}:${history.length}:${running.join(',')}`);
        const tally = new TicketTally(recounted(history.map((write, xid) => (seen[xid] ? write : null))));
        const now = new Map<number, Kind | null>();
        for (const [xid, { ticket, kind }] of history.entries()) {
          const before = now.get(ticket) ?? null;
          now.set(ticket, kind);
          if (!visibleIn(snapshot, BigInt(xid))) tally.move(before, kind);
          const known = history.map((write, other) => (seen[other] || other <= xid ? write : null));
          expect(plain(countsIn(scope, tally.cells, late))).toEqual(
            plain(countsIn(scope, recounted(known), late)),
          );
        }
      }),
    );
  });

  it('counts each ticket once by status, by team and by priority', () => {
    fc.assert(
      fc.property(fc.array(kinds), scopes, (tickets, scope) => {
        const tally = new TicketTally([]);
        for (const kind of tickets) tally.move(null, kind);
        const { total, byStatus, byTeam, byPriority } = countsIn(scope, tally.cells, new Map());
        const visible = tickets.filter(
          ({ teamId }) =>
            scope.kind === 'ALL' ||
            (scope.kind === 'ALL_BUT' && (teamId === null || !scope.teamIds.includes(teamId))),
        );
        expect(total).toBe(visible.length);
        for (const counts of [byStatus, byTeam, byPriority])
          expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(total);
        for (const [team, count] of byTeam)
          expect(count).toBe(visible.filter(({ teamId }) => teamId === team).length);
      }),
    );
  });
});

describe('what is told', () => {
  const counts = fc
    .tuple(fc.array(kinds), overdue)
    .map(([tickets, late]) =>
      countsIn({ kind: 'ALL' }, new TicketTally(tickets.map((kind) => ({ ...kind, count: 1 }))).cells, late),
    );

  it('makes of what was told before what is now, and is nothing where nothing changed', () => {
    fc.assert(
      fc.property(counts, counts, (told, now) => {
        const changes = changedSince(told, now);
        if (!changes) {
          expect(plain(told)).toEqual(plain(now));
          return;
        }
        const merged = (before: DeskCounts['byTeam'], changed: DeskCounts['byTeam']) => {
          for (const [key, count] of changed) expect(before.get(key) ?? 0).not.toBe(count);
          return new Map(
            [...before, ...changed].filter(([key]) => (changed.get(key) ?? before.get(key)) !== 0),
          );
        };
        expect(
          plain({
            ...changes,
            byStatus: merged(told.byStatus, changes.byStatus),
            byTeam: merged(told.byTeam, changes.byTeam),
            byPriority: merged(told.byPriority, changes.byPriority),
          }),
        ).toEqual(plain(now));
      }),
    );
  });

  it('is nothing of a ticket that stays of its kind', () => {
    const kind: Kind = { teamId: null, status: TicketStatus.NEW, priority: Priority.LOW };
    const tally = new TicketTally([{ ...kind, count: 2 }]);
    expect(tally.move(kind, { ...kind })).toBe(false);
    expect(tally.move(kind, { ...kind, priority: Priority.HIGH })).toBe(true);
    expect([...tally.cells].map(({ priority, count }) => `${priority} ${count}`)).toEqual([
      'LOW 1',
      'HIGH 1',
    ]);
  });
});
