/** How many tickets there are of each kind, kept up by what changes. Pure. */
import type { TicketFacets } from '../ticket/ticket.facets.js';
import { inScope, type TicketScope } from '../ticket/ticket.policy.js';

/** What of a ticket is counted. */
export type Kind = Pick<TicketFacets, 'teamId' | 'status' | 'priority'>;

/** How many tickets are alike in all that is counted. */
export interface Cell extends Kind {
  count: number;
}

/** By value; null where tickets have none. */
export type Counts = ReadonlyMap<string | null, number>;

/** What a dashboard shows: of all tickets in a scope, or of them only what changed. */
export interface DeskCounts {
  total: number;
  overdue: number;
  byStatus: Counts;
  byTeam: Counts;
  byPriority: Counts;
}

/**
 * All tickets of the desk, counted once for every scope there is: staff's scopes go by the team, which is one of
 * the counted attributes.
 */
export class TicketTally {
  private readonly byKind = new Map<string, Cell>();

  constructor(cells: Iterable<Cell>) {
    for (const cell of cells) this.add(cell, cell.count);
  }

  get cells(): Iterable<Cell> {
    return this.byKind.values();
  }

  /** A ticket that was this is that now; null where it is not there. @returns whether any count is another */
  move(before: Kind | null, after: Kind | null): boolean {
    if (before === after || (before && after && keyOf(before) === keyOf(after))) return false;
    if (before) this.add(before, -1);
    if (after) this.add(after, 1);
    return true;
  }

  private add(kind: Kind, by: number): void {
    const key = keyOf(kind);
    const count = (this.byKind.get(key)?.count ?? 0) + by;
    const { teamId, status, priority } = kind;
    if (count === 0) this.byKind.delete(key);
    else this.byKind.set(key, { teamId, status, priority, count });
  }
}

const keyOf = ({ teamId, status, priority }: Kind) => JSON.stringify([teamId, status, priority]);

/** What the counts come to within a scope of staff. @param overdue by team */
export function countsIn(scope: TicketScope, cells: Iterable<Cell>, overdue: Counts): DeskCounts {
  const [byStatus, byTeam, byPriority] = [new Map(), new Map(), new Map()];
  const add = (counts: Map<string | null, number>, key: string | null, count: number) =>
    counts.set(key, (counts.get(key) ?? 0) + count);
  const seen = (teamId: string | null) => inScope(scope, { teamId, customerId: '', organizationId: null });
  const shown = { total: 0, overdue: 0, byStatus, byTeam, byPriority };
  for (const { teamId, status, priority, count } of cells) {
    if (!seen(teamId)) continue;
    shown.total += count;
    add(byStatus, status, count);
    add(byTeam, teamId, count);
    add(byPriority, priority, count);
  }
  for (const [teamId, count] of overdue) if (seen(teamId)) shown.overdue += count;
  return shown;
}

/** What of the counts is not what was told: those that are gone are 0. Null where all is as it was. */
export function changedSince(told: DeskCounts, now: DeskCounts): DeskCounts | null {
  if (told === now) return null;
  const changes = {
    ...now,
    byStatus: differing(told.byStatus, now.byStatus),
    byTeam: differing(told.byTeam, now.byTeam),
    byPriority: differing(told.byPriority, now.byPriority),
  };
  const same = told.total === now.total && told.overdue === now.overdue;
  const sizes = changes.byStatus.size + changes.byTeam.size + changes.byPriority.size;
  return same && sizes === 0 ? null : changes;
}

function differing(told: Counts, now: Counts): Counts {
  const changes = new Map<string | null, number>();
  for (const key of told.keys()) if (!now.has(key)) changes.set(key, 0);
  for (const [key, count] of now) if (told.get(key) !== count) changes.set(key, count);
  return changes;
}

/** Whether two counts are the same. */
export function sameCounts(a: Counts, b: Counts): boolean {
  return differing(a, b).size === 0;
}
