import type { Viewer } from '../auth/viewer.js';
import type { Context } from '../context.js';
import type { EventRecord } from '../events/event.js';
import type { Interest } from '../events/interest.js';
import type { Place } from '../events/place.rules.js';

/** What is delivered: the root value that the operation is executed on. */
export interface Shown {
  root: unknown;
  /** Whether the subscription ends with it. */
  last?: boolean;
}

/**
 * What a subscription field delivers. Its functions know the subscriber by `ctx.viewer` alone, and what they
 * answer depends on nothing else that differs between subscribers: that is what lets one execution serve
 * many (see `Group`).
 */
export interface LiveSource<Args> {
  /** Of the subscription field. */
  readonly name: string;
  /** What an event is to the viewer; undefined when it is nothing. */
  show(ctx: Context, args: Args, record: EventRecord): Promise<Shown | undefined>;
  /** Says only how far the log was read. */
  heartbeat(ctx: Context, args: Args, cursor: string): Shown;
  /** Says that the subscriber must read anew; ends the subscription. */
  resync(ctx: Context, args: Args, cursor: string): Shown;
  /**
   * What it means to the viewer that their rights are not what they were.
   * @param before null where they changed while the subscriber was away
   */
  rightsChanged(ctx: Context, args: Args, before: Viewer | null, cursor: string): Promise<Shown | undefined>;
}

/**
 * What a subscription field gives back from `subscribe`: not events, but what is to be delivered and from
 * where. `LiveDelivery` does that.
 */
export class LiveStream<Args = unknown> implements AsyncIterable<unknown> {
  constructor(
    readonly source: LiveSource<Args>,
    readonly args: Args,
    readonly interest: Interest,
    /** Where the subscriber stopped; undefined: from now on; null: a place that can't be resumed from. */
    readonly after: Place | null | undefined,
  ) {}

  /** graphql-js asks for an iterable; nobody iterates over it. */
  [Symbol.asyncIterator](): AsyncIterator<unknown> {
    throw new Error(`${this.source.name} is delivered by LiveDelivery, not iterated over`);
  }
}
