import type { EventRecord } from './event.js';
import type { EventLog } from './event-log.js';
import { Feed } from './feed.js';
import { EVERYTHING, type Interest, type KeysOf } from './interest.js';
import { comparePlaces, type Place } from './place.rules.js';

/** What hears of events as they happen. */
export interface Listener {
  readonly interest: Interest;
  /** Called in the order of the log, once for each event. Must not throw. */
  take(record: EventRecord): void;
  /** The hub stops: nothing follows. */
  close(): Promise<unknown>;
}

/**
 * Where live subscribers meet the log, one per node. The tailer advances it; each listener hears of what is
 * told under one of its keys by a map look-up, so a subscriber costs nothing while other things change.
 */
export class LiveHub {
  private readonly listeners = new Map<string, Set<Listener>>();
  private readonly all = new Set<Listener>();
  private at: Place = { xid: 0n, position: 0n };
  private closed = false;
  private waiting: { place: Place; go: () => void }[] = [];

  constructor(
    private readonly eventLog: EventLog,
    /** Under which keys events are told besides their stream's id. */
    private readonly facets: KeysOf = () => [],
  ) {}

  /** Every event at or before this place was given out. */
  get position(): Place {
    return this.at;
  }

  /** How many listen: what a leak test counts. */
  get size(): number {
    return this.all.size;
  }

  get stopping(): boolean {
    return this.closed;
  }

  keysOf(record: EventRecord): readonly string[] {
    return [record.streamId, ...this.facets(record)];
  }

  /** Called by the tailer alone, with the events that follow `position`, in order. */
  advance(events: EventRecord[], readUpTo: Place): void {
    for (const event of events) {
      for (const listener of this.audience(event)) listener.take(event);
    }
    if (comparePlaces(readUpTo, this.at) <= 0) return;
    this.at = readUpTo;
    this.release();
  }

  /** Waits until everything at or before a place was given out, or the hub stops. */
  async reached(place: Place): Promise<void> {
    if (this.closed || comparePlaces(place, this.at) <= 0) return;
    await new Promise<void>((go) => this.waiting.push({ place, go }));
  }

  /**
   * Opens a feed.
   * @param after where the subscriber stopped; without it, from now on
   */
  open(interest: Interest, after?: Place): Feed {
    const feed = new Feed(this, this.eventLog, after ?? this.at, interest);
    if (this.closed) void feed.close();
    return feed;
  }

  attach(listener: Listener): void {
    if (this.all.has(listener)) return;
    this.all.add(listener);
    for (const key of listener.interest.keys) {
      const set = this.listeners.get(key);
      if (set) set.add(listener);
      else this.listeners.set(key, new Set([listener]));
    }
  }

  detach(listener: Listener): void {
    if (!this.all.delete(listener)) return;
    for (const key of listener.interest.keys) {
      const set = this.listeners.get(key);
      if (set?.delete(listener) && set.size === 0) this.listeners.delete(key);
    }
  }

  /** Ends every listener; later ones end at once. */
  async close(): Promise<void> {
    this.closed = true;
    this.release();
    await Promise.all([...this.all].map((listener) => listener.close()));
  }

  private release(): void {
    if (this.waiting.length === 0) return;
    const here = Map.groupBy(this.waiting, ({ place }) => this.closed || comparePlaces(place, this.at) <= 0);
    this.waiting = here.get(false) ?? [];
    for (const { go } of here.get(true) ?? []) go();
  }

  /** Those under one of the event's keys, each once. */
  private audience(event: EventRecord): Iterable<Listener> {
    if (this.all.size === 0) return [];
    const sets: Set<Listener>[] = [];
    for (const key of [EVERYTHING, ...this.keysOf(event)]) {
      const set = this.listeners.get(key);
      if (set) sets.push(set);
    }
    if (sets.length === 0) return [];
    // A copy: who hears of an event may leave at once.
    return new Set(sets.length === 1 ? sets[0] : sets.flatMap((set) => [...set]));
  }
}
