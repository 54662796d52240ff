import type { FormattedExecutionResult } from 'graphql';
import type { Viewer } from '../auth/viewer.js';
import type { Context } from '../context.js';
import type { EventRecord } from '../events/event.js';
import type { EventLog } from '../events/event-log.js';
import { concerns } from '../events/interest.js';
import type { LiveHub } from '../events/live-hub.js';
import { comparePlaces, laterOf, type Place } from '../events/place.rules.js';
import type { Frames } from './frames.js';
import type { Group } from './group.js';
import type { LiveStream } from './live-stream.js';
import type { Operation, Outcome, Show } from './operation.js';
import type { Outlet } from './outlet.js';
import { concernsRightsOf } from './rights.rules.js';

const PAGE = 200;
/** How many events are worked out at the same time. */
const AT_ONCE = 50;

/** What a subscriber works with: shared by all of a node. */
export interface Delivery {
  hub: LiveHub;
  eventLog: EventLog;
  /** The group of an operation that delivers live, made if there is none. */
  groupOf(subscriber: Subscriber): Group;
  onFailure(error: unknown): void;
}

/** A result to be sent, and how far the log is read with it; null only says the latter. */
interface Ready {
  result: FormattedExecutionResult | null;
  place: Place;
  last: boolean;
}

/**
 * One subscription of one socket, in one of two modes. *Catching up*, it reads the log by itself from where
 * the subscriber stopped, and graphql-ws pulls the results one by one, as fast as the socket takes them. Once
 * nothing is left to catch up on it is *live*: a member of a group, which writes to the socket, while graphql-ws
 * waits for a next value that comes only when the mode changes. It falls back to catching up when its socket
 * is full or the viewer's rights change, so memory is bounded and nothing is lost.
 */
export class Subscriber implements AsyncIterableIterator<FormattedExecutionResult> {
  /** Everything at or before this place was dealt with. */
  private at: Place;
  private ready: Ready[] = [];
  private group: Group | undefined;
  private ended = false;
  private wake: () => void = () => undefined;
  /** Set when rights changed and it was not yet looked at what that means: the viewer before, null if unknown. */
  private before: Viewer | null | undefined;
  /** The place by which they had changed: whoever reads anew does so from there. */
  private changedBy: Place | undefined;
  /** The last item of the group's that it does not get. */
  joinedAt = 0;

  constructor(
    private readonly delivery: Delivery,
    readonly operation: Operation,
    readonly stream: LiveStream,
    /** Operation, lasting variables and interest as text: equal for those who can form a group. */
    readonly key: string,
    readonly outlet: Outlet,
    private current: Viewer,
    private readonly onEnd: (subscriber: Subscriber) => void,
  ) {
    this.at = stream.after ?? delivery.hub.position;
    if (delivery.hub.stopping) this.end();
  }

  get viewer(): Viewer {
    return this.current;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<FormattedExecutionResult>> {
    for (;;) {
      const ready = this.ready.shift();
      if (ready) {
        this.at = ready.place;
        if (ready.last) this.end();
        if (ready.result) return { done: false, value: ready.result };
      } else if (this.ended) return { done: true, value: undefined };
      else if (this.group) await new Promise<void>((resolve) => (this.wake = resolve));
      else await this.catchUp().catch((error) => this.fail(error));
    }
  }

  async return(): Promise<IteratorResult<FormattedExecutionResult>> {
    this.ready = [];
    this.end();
    return { done: true, value: undefined };
  }

  /**
   * Called by a group: everything up to `place` is dealt with by these frames. One that was left is not listened
   * to any more, also where it was still working when another was joined.
   */
  deliver(group: Group, frames: Frames, place: Place, last: boolean): void {
    if (this.group !== group) return;
    this.at = laterOf(this.at, place);
    const full = !frames.empty && this.outlet.write(frames);
    if (last) this.end();
    else if (full) this.leave();
  }

  /** Whether it is yet to be told of what is at this place of the log. */
  standsBefore(place: Place): boolean {
    return comparePlaces(this.at, place) < 0;
  }

  /**
   * The viewer's rights are others now; what was worked out with the old ones is not sent any more.
   * @param foreseen see `RightsListener`: up to there it is not known by which rights the subscriber began
   */
  rightsChanged(viewer: Viewer, since: Place | undefined, foreseen: Place | undefined): void {
    // Whoever is still catching up may have earlier changes before them that they were not told of.
    const behind = !this.group && this.standsBefore(this.delivery.hub.position);
    if (behind || (foreseen && this.standsBefore(foreseen))) this.before = null;
    else if (this.before === undefined) this.before = this.current;
    this.changedBy = since;
    this.current = viewer;
    // A last word that waits to be sent still holds: no further change makes up for the one that it tells of.
    this.ready = this.ready.filter(({ last }) => last);
    this.leave();
  }

  /** Something broke that is not the client's doing: it is told to come back. */
  fail(error: unknown): void {
    this.delivery.onFailure(error);
    this.outlet.turnAway('The node could not read on; reconnect and resume after your last cursor');
    this.ready = [];
    this.end();
  }

  private async catchUp(): Promise<void> {
    const { hub, eventLog } = this.delivery;
    const { source, args, interest, after } = this.stream;
    if (!(await this.outlet.drained())) this.end();
    if (this.ended) return;
    const here = laterOf(laterOf(hub.position, this.changedBy), this.at);
    const cursor = () => eventLog.cursors.encode(here);
    const resync = async (ctx: Context) => source.resync(ctx, args, cursor());
    if (after === null) return this.say(resync, true);
    if (this.before !== undefined) {
      const { before } = this;
      this.before = undefined;
      return this.say((ctx) => source.rightsChanged(ctx, args, before, cursor()));
    }
    const until = hub.position;
    const ahead = comparePlaces(this.at, until);
    if (ahead === 0) return this.join();
    // It comes from a node that has read further than this one, and has what is given out here next.
    if (ahead > 0) return hub.reached(this.at);
    const page = await eventLog.read(this.at, PAGE, interest.streamId, until);
    // Rights changed meanwhile: what that means is told before anything by the new ones.
    if (this.before !== undefined) return;
    if (page.gap) return this.say(resync, true);
    if (page.events.some((event) => this.isNews(event))) {
      this.before = null;
      this.at = page.readUpTo;
      return;
    }
    await this.work(
      page.events.filter((event) => concerns(interest, hub.keysOf(event))),
      page.readUpTo,
    );
  }

  /** Whether the event says that the viewer's rights have changed, and it was not looked at yet what that means. */
  private isNews(event: EventRecord): boolean {
    const known = this.changedBy && comparePlaces(event.place, this.changedBy) <= 0;
    return !known && concernsRightsOf(this.viewer, event);
  }

  /** Works out the events of a page; what comes of it is sent when it is asked for. */
  private async work(events: EventRecord[], readUpTo: Place): Promise<void> {
    const { viewer } = this;
    const { source, args } = this.stream;
    for (let start = 0; start < events.length; start += AT_ONCE) {
      const some = events.slice(start, start + AT_ONCE);
      const shows = some.map((event) => (ctx: Context) => source.show(ctx, args, event));
      const outcomes = await this.operation.run(viewer, shows, new Set());
      // Rights changed meanwhile: all of it is looked at anew.
      if (this.viewer !== viewer) return;
      for (const [index, outcome] of outcomes.entries()) {
        this.keep(outcome, (some[index] as EventRecord).place);
        if (outcome.last) return;
      }
    }
    this.ready.push({ result: null, place: readUpTo, last: false });
  }

  /** Delivers something that stands for no event, with nothing read in the log. */
  private async say(show: Show, last = false): Promise<void> {
    const [outcome] = await this.operation.run(this.viewer, [show], new Set());
    if (outcome) this.keep({ ...outcome, last: last || outcome.last }, this.at);
  }

  private keep({ result, last }: Outcome, place: Place): void {
    if (!this.ended) this.ready.push({ result, place, last });
  }

  private join(): void {
    this.group = this.delivery.groupOf(this);
    this.joinedAt = this.group.add(this);
  }

  private leave(): void {
    if (this.group) this.outlet.flush();
    this.group?.remove(this);
    this.group = undefined;
    this.wake();
  }

  private end(): void {
    if (this.ended) return;
    this.ended = true;
    this.leave();
    this.outlet.close();
    this.onEnd(this);
  }
}
