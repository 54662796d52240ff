import { RIGHTS_CHANGED } from '../../platform/auth/rights.events.js';
import type { Desk } from '../../platform/context.js';
import type { Change, EventRecord } from '../../platform/events/event.js';
import { everything } from '../../platform/events/interest.js';
import type { Listener } from '../../platform/events/live-hub.js';
import { type Snapshot, visibleIn } from '../../platform/events/snapshot.rules.js';
import { Loop } from '../../platform/loop.js';
import type { TicketFacets } from '../ticket/ticket.facets.js';
import type { TicketScope } from '../ticket/ticket.policy.js';
import { countAllTickets, overdueByTeam } from './desk-counts.query.js';
import { type Counts, countsIn, type DeskCounts, sameCounts, TicketTally } from './desk-counts.rules.js';

/** After a change of the desk, what is overdue is counted anew within so many milliseconds. */
const RECOUNT_AFTER = 2_000;
/** Without any change, so often: a due date that a calendar moved is told by no event. */
const RECOUNT_EVERY = 10_000;

/** Who looks at counts. */
export interface Watcher {
  /** Counts may be others, or who may see them. */
  onChange(): void;
  /** The counter stops. */
  onEnd(): void;
}

/**
 * The counts of the whole desk, one counter a node while anybody watches, whoever they are: scopes are sums of
 * its cells. It begins with a count by SQL and goes on by the facets before and after in what the hub tells,
 * leaving out what that count has seen already, so it never differs from a count anew.
 *
 * What is overdue follows from the clock and from due dates, which facets don't carry: it is counted by SQL
 * each time, from indexes that hold open tickets and READY steps only. Deadlines that fire are events, so they
 * have it counted soon as well.
 */
export class DeskCounter implements Listener {
  readonly interest = everything;
  /** Settled once it can be asked; rejected where the desk could not be counted. */
  readonly ready: Promise<void>;
  private readonly watchers = new Set<Watcher>();
  private readonly loop: Loop;
  private state: { tally: TicketTally; snapshot: Snapshot } | undefined;
  /** What was told while the desk was being counted. */
  private early: EventRecord[] = [];
  private overdue: Counts = new Map();
  private views = new Map<string, DeskCounts>();
  private recountedAt = 0;
  private moved = false;
  private telling = false;
  private over = false;

  constructor(private readonly desk: Desk) {
    this.loop = new Loop(
      () => this.recount(),
      (error) => {
        desk.log.warn({ err: error }, 'Could not count what is overdue; trying again');
        return RECOUNT_AFTER;
      },
    );
    // Listens first and counts second, so that nothing falls between.
    desk.hub.attach(this);
    this.ready = this.begin();
    this.ready.catch(() => this.close());
  }

  /** The counter of a node, begun where nobody watches yet. @returns with it, what ends watching */
  static watch(desk: Desk, watcher: Watcher): [DeskCounter, () => void] {
    const counter = counters.get(desk) ?? new DeskCounter(desk);
    counters.set(desk, counter);
    counter.watchers.add(watcher);
    const leave = () => {
      if (counter.watchers.delete(watcher) && counter.watchers.size === 0) void counter.close();
    };
    return [counter, leave];
  }

  /** The counts within a scope, as of the hub's position; the same object until they are others. */
  in(scope: TicketScope): DeskCounts {
    const key = JSON.stringify(scope);
    const known = this.views.get(key);
    if (known) return known;
    const counts = countsIn(scope, this.state?.tally.cells ?? [], this.overdue);
    this.views.set(key, counts);
    return counts;
  }

  take(record: EventRecord): void {
    if (this.state) this.count(record);
    else this.early.push(record);
  }

  async close(): Promise<void> {
    this.over = true;
    this.desk.hub.detach(this);
    if (counters.get(this.desk) === this) counters.delete(this.desk);
    this.early = [];
    for (const watcher of [...this.watchers]) watcher.onEnd();
    if (this.state) await this.loop.stop();
  }

  private async begin(): Promise<void> {
    const { cells, snapshot } = await countAllTickets(this.desk.database.fork());
    this.overdue = await this.countOverdue();
    if (this.over) return;
    this.state = { tally: new TicketTally(cells), snapshot };
    for (const record of this.early.splice(0)) this.count(record);
    this.loop.start();
  }

  private count({ type, place, change }: EventRecord): void {
    if (type === RIGHTS_CHANGED) this.tell();
    if (!change || !this.state) return;
    this.moved = true;
    const { tally, snapshot } = this.state;
    if (visibleIn(snapshot, place.xid)) return;
    const { before, after } = change as Change<TicketFacets>;
    if (tally.move(before, after)) this.changed();
  }

  /** @returns how long to rest, in milliseconds */
  private async recount(): Promise<number> {
    if (this.moved || performance.now() - this.recountedAt >= RECOUNT_EVERY) {
      const found = await this.countOverdue();
      if (!sameCounts(this.overdue, found)) {
        this.overdue = found;
        this.changed();
      }
    }
    return RECOUNT_AFTER;
  }

  private async countOverdue(): Promise<Counts> {
    this.moved = false;
    this.recountedAt = performance.now();
    return overdueByTeam(this.desk.database.fork(), this.desk.clock.now());
  }

  private changed(): void {
    this.views = new Map();
    this.tell();
  }

  /** Tells of all that changes in one tick at once. */
  private tell(): void {
    if (this.telling) return;
    this.telling = true;
    setImmediate(() => {
      this.telling = false;
      for (const watcher of [...this.watchers]) watcher.onChange();
    });
  }
}

const counters = new WeakMap<Desk, DeskCounter>();
