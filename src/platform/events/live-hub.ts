import type { EventRecord } from './event.js';
import type { EventLog } from './event-log.js';
import { Feed } from './feed.js';
import { comparePlaces, type Place } from './place.rules.js';

/** The key of feeds that hear of every stream. */
const ALL = '*';

/**
 * Where live subscribers meet the log, one per node. The tailer advances it; each feed hears of its
 * stream by a map look-up, so a subscriber costs nothing while other streams change.
 */
export class LiveHub {
  private readonly feeds = new Map<string, Set<Feed>>();
  private at: Place = { xid: 0n, position: 0n };
  private closed = false;

  constructor(private readonly eventLog: EventLog) {}

  /** Every event at or before this place was given out. */
  get position(): Place {
    return this.at;
  }

  /** How many feeds are open: what a leak test counts. */
  get size(): number {
    return [...this.feeds.values()].reduce((sum, set) => sum + set.size, 0);
  }

  /** Called by the tailer alone, with the events that follow `position`, in order. */
  advance(events: EventRecord[], readUpTo: Place): void {
    for (const event of events) {
      for (const key of [event.streamId, ALL]) for (const feed of this.feeds.get(key) ?? []) feed.push(event);
    }
    if (comparePlaces(readUpTo, this.at) > 0) this.at = readUpTo;
  }

  /**
   * Opens a feed of one stream, or of all.
   * @param after where the subscriber stopped; without it, from now on
   */
  open(streamId?: string, after?: Place): Feed {
    const feed = new Feed(this, this.eventLog, after ?? this.at, streamId);
    if (this.closed) void feed.return();
    return feed;
  }

  attach(feed: Feed): void {
    const key = feed.streamId ?? ALL;
    const set = this.feeds.get(key) ?? new Set();
    this.feeds.set(key, set.add(feed));
  }

  detach(feed: Feed): void {
    const key = feed.streamId ?? ALL;
    const set = this.feeds.get(key);
    if (set?.delete(feed) && set.size === 0) this.feeds.delete(key);
  }

  /** Ends every feed; later ones end at once. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([...this.feeds.values()].flatMap((set) => [...set].map((feed) => feed.return())));
  }
}
