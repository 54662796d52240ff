import { ForgottenPlace } from './cursor.js';
import type { EventRecord } from './event.js';
import type { EventLog } from './event-log.js';
import { concerns, type Interest } from './interest.js';
import type { Listener, LiveHub } from './live-hub.js';
import { comparePlaces, type Place } from './place.rules.js';

/** How many events wait in memory for a slow reader; past that it reads them from the log instead. */
const MOST_WAITING = 256;
const PAGE = 200;

/**
 * One subscriber's way through the log: first what it missed, from the log itself, then live from the
 * hub, without a gap or a double. Pulled, not pushed: a reader that does not pull falls out of live
 * delivery and catches up from the log when it pulls again, so its memory stays bounded.
 *
 * An iterator object rather than an `async function*`: a generator that waits for its next event can't
 * be ended from outside, and would leak when its socket dies.
 */
export class Feed implements AsyncIterableIterator<EventRecord>, Listener {
  private waiting: EventRecord[] = [];
  private live = false;
  private ended = false;
  private wake: () => void = () => undefined;

  constructor(
    private readonly hub: LiveHub,
    private readonly eventLog: EventLog,
    /** The last place that is in `waiting` or was given out. */
    private at: Place,
    private wanted: Interest,
  ) {}

  get interest(): Interest {
    return this.wanted;
  }

  /** The place up to which everything wanted was given out; undefined while there is more to give. */
  get position(): Place | undefined {
    return this.live && this.waiting.length === 0 ? this.hub.position : undefined;
  }

  /** What is wanted from now on: of what was given out already, nothing comes again. */
  want(interest: Interest): void {
    if (this.live) this.hub.detach(this);
    this.wanted = interest;
    if (this.live) this.hub.attach(this);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<EventRecord>> {
    for (;;) {
      if (this.ended) return { done: true, value: undefined };
      const value = this.waiting.shift();
      if (value) return { done: false, value };
      if (this.live) await new Promise<void>((resolve) => (this.wake = resolve));
      else await this.catchUp();
    }
  }

  close(): Promise<unknown> {
    return this.return();
  }

  async return(): Promise<IteratorResult<EventRecord>> {
    this.ended = true;
    this.leave();
    this.waiting = [];
    this.wake();
    return { done: true, value: undefined };
  }

  /** Called by the hub, in the order of the log. */
  take(event: EventRecord): void {
    if (comparePlaces(event.place, this.at) <= 0) return;
    if (this.waiting.length >= MOST_WAITING) {
      this.leave();
      return;
    }
    this.waiting.push(event);
    this.at = event.place;
    this.wake();
  }

  /**
   * Joins the hub first and reads what lies before the hub's place second, so that nothing falls
   * between. What the hub gives meanwhile is kept apart and follows.
   */
  private async catchUp(): Promise<void> {
    const after = this.at;
    const until = this.hub.position;
    this.join();
    if (comparePlaces(after, until) >= 0) return;
    this.at = until;
    const { streamId } = this.wanted;
    const page = await this.eventLog.read(after, PAGE, streamId, until).catch(async (error) => {
      await this.return();
      throw error;
    });
    if (this.ended) return;
    if (page.gap) {
      await this.return();
      throw new ForgottenPlace();
    }
    const events = page.events.filter((event) => concerns(this.wanted, this.hub.keysOf(event)));
    if (page.more || !this.live) {
      // Too far behind to join yet: keep this page, forget what came meanwhile, read on from here.
      this.leave();
      this.waiting = events;
      this.at = page.readUpTo;
    } else this.waiting = [...events, ...this.waiting];
  }

  private join(): void {
    this.live = true;
    this.hub.attach(this);
  }

  private leave(): void {
    this.live = false;
    this.hub.detach(this);
  }
}
