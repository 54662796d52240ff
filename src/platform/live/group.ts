import { Moment } from '../context.js';
import type { EventRecord } from '../events/event.js';
import type { Interest } from '../events/interest.js';
import type { Listener } from '../events/live-hub.js';
import type { Place } from '../events/place.rules.js';
import { Frames } from './frames.js';
import type { LiveStream } from './live-stream.js';
import type { Operation, Outcome, Show } from './operation.js';
import type { Subscriber } from './subscriber.js';
import { likeness } from './tracked-viewer.js';

/** How many events are worked out at the same time. */
const AT_ONCE = 64;

/** One thing to deliver, in the group's order. */
interface Item {
  /** Counts the group's items: a member gets those after its joining. */
  number: number;
  /** Once it is dealt with, the log is read up to here. */
  place: Place;
  show: Show;
}

/** A delivery in bytes, as `Frames` takes it. */
interface Payload {
  number: number;
  bytes: Buffer;
}

/**
 * Subscribers of the same operation with the same variables. Each event is executed once for all who are
 * *alike*, serialised once, and written to each socket with the subscriber's own id.
 *
 * Who is alike is not declared but found out: executions run with a viewer that remembers what was read of
 * it (`tracked`). Members are split by all properties that any execution has read so far, so that equal
 * members would have got equal results. When an execution reads a property that members were not yet split
 * by, its result goes to those who are alike in that one too, and the others are executed anew. An operation
 * that looks at who the viewer is (`id`) thus comes to an execution for each person by itself.
 */
export class Group implements Listener {
  private readonly members = new Set<Subscriber>();
  /** Properties of viewers that executions have read. */
  private readonly reads = new Set<string>();
  private parts: Subscriber[][] | undefined;
  private queue: Item[] = [];
  private count = 0;
  private working = false;
  /** When something was last given to all members, by `performance.now()`. */
  heardAt = performance.now();

  constructor(
    readonly operation: Operation,
    readonly stream: LiveStream,
    private readonly onEmpty: (group: Group) => void,
  ) {}

  get interest(): Interest {
    return this.stream.interest;
  }

  /** @returns the number of the last item that the new member does not get */
  add(member: Subscriber): number {
    this.members.add(member);
    this.parts = undefined;
    return this.count;
  }

  remove(member: Subscriber): void {
    if (!this.members.delete(member)) return;
    this.parts = undefined;
    if (this.members.size === 0) this.onEmpty(this);
  }

  take(record: EventRecord): void {
    const { source, args } = this.stream;
    this.put(record.place, (ctx) => source.show(ctx, args, record));
  }

  /** Tells all members how far the log was read. */
  beat(place: Place, cursor: string): void {
    const { source, args } = this.stream;
    this.heardAt = performance.now();
    this.put(place, async (ctx) => source.heartbeat(ctx, args, cursor));
  }

  async close(): Promise<void> {
    await Promise.all([...this.members].map((member) => member.return()));
  }

  private put(place: Place, show: Show): void {
    this.queue.push({ number: ++this.count, place, show });
    if (this.working) return;
    this.working = true;
    // What comes in the same tick is delivered together.
    setImmediate(() => void this.work());
  }

  private async work(): Promise<void> {
    while (this.queue.length > 0 && this.members.size > 0) {
      const batch = this.queue.splice(0, AT_ONCE);
      this.parts ??= this.split(this.members);
      const moment = new Moment();
      await Promise.all(this.parts.map((part) => this.serve(part, batch, moment)));
    }
    this.queue = [];
    this.working = false;
  }

  /** Delivers to members who are alike as far as is known. */
  private async serve(members: Subscriber[], batch: Item[], moment: Moment): Promise<void> {
    const viewer = members[0]?.viewer;
    if (!viewer) return;
    // The members were split by so many; parts that are worked out meanwhile may read more.
    const known = this.reads.size;
    const reads = new Set<string>();
    let outcomes: Outcome[];
    try {
      const shows = batch.map(({ show }) => show);
      outcomes = await this.operation.run(viewer, shows, reads, moment);
    } catch (error) {
      for (const member of members) member.fail(error);
      return;
    }
    for (const property of reads) this.reads.add(property);
    if (this.reads.size === known) {
      this.give(members, batch, outcomes);
      return;
    }
    this.parts = undefined;
    const mine = likeness(viewer, this.reads);
    const [alike, others]: [Subscriber[], Subscriber[]] = [[], []];
    for (const member of members)
      (likeness(member.viewer, this.reads) === mine ? alike : others).push(member);
    this.give(alike, batch, outcomes);
    await Promise.all(this.split(others).map((part) => this.serve(part, batch, moment)));
  }

  private give(members: Subscriber[], batch: Item[], outcomes: Outcome[]): void {
    const place = (batch.at(-1) as Item).place;
    const first = (batch[0] as Item).number;
    const payloads: Payload[] = [];
    let last = false;
    for (const [index, { result, last: ends }] of outcomes.entries()) {
      if (result !== null)
        payloads.push({ number: first + index, bytes: Buffer.from(`${JSON.stringify(result)}}`) });
      if (ends) {
        last = true;
        break;
      }
    }
    if (payloads.length > 0) this.heardAt = performance.now();
    const since = (joinedAt: number) =>
      new Frames(payloads.filter(({ number }) => number > joinedAt).map(({ bytes }) => bytes));
    const all = since(0);
    for (const member of members)
      member.deliver(this, member.joinedAt < first ? all : since(member.joinedAt), place, last);
  }

  private split(members: Iterable<Subscriber>): Subscriber[][] {
    const parts = new Map<string, Subscriber[]>();
    for (const member of members) {
      const key = likeness(member.viewer, this.reads);
      const part = parts.get(key);
      if (part) part.push(member);
      else parts.set(key, [member]);
    }
    return [...parts.values()];
  }
}
