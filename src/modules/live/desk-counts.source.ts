import type { Context } from '../../platform/context.js';
import { DomainError, ErrorCode } from '../../platform/errors.js';
import { scopeOf } from '../ticket/ticket.policy.js';
import { DeskCounter } from './desk-counter.js';
import { changedSince, type DeskCounts } from './desk-counts.rules.js';

/** How often counts may be delivered, in milliseconds. */
export const OFTENEST = 250;
export const SELDOMEST = 60_000;

/** What one delivery is shown from. */
export interface DeskCountsRoot {
  cursor: string;
  countedAt: Date;
  complete: boolean;
  counts: DeskCounts;
}

/**
 * The counts that the viewer may see: at once, then what changed, no more often than asked for. What changes
 * while a reader is slow comes as one. Other rights bring all counts anew.
 * @throws DomainError INVALID_INPUT
 */
export function deskCountsSource(ctx: Context, every: number): AsyncIterableIterator<DeskCountsRoot> {
  if (every < OFTENEST || every > SELDOMEST)
    throw new DomainError(ErrorCode.INVALID_INPUT, `everyMilliseconds is from ${OFTENEST} to ${SELDOMEST}.`, [
      'everyMilliseconds',
    ]);
  return new CountsFeed(ctx, every);
}

/** An iterator object, so that it can be ended while its next value is awaited. */
class CountsFeed implements AsyncIterableIterator<DeskCountsRoot> {
  private readonly counter: DeskCounter;
  private readonly leave: () => void;
  private readonly silence: number;
  /** What was told last, and to whom: null before the first. */
  private told: { scope: string; counts: DeskCounts } | null = null;
  private toldAt = 0;
  private changed = false;
  private over = false;
  private wake: () => void = () => undefined;

  constructor(
    private readonly ctx: Context,
    private readonly every: number,
  ) {
    this.silence = ctx.desk.config.heartbeatSeconds * 1000;
    [this.counter, this.leave] = DeskCounter.watch(ctx.desk, {
      onChange: () => {
        this.changed = true;
        this.wake();
      },
      onEnd: () => void this.return(),
    });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<DeskCountsRoot>> {
    try {
      await this.counter.ready;
      while (!this.over) {
        if (this.told) await this.rest();
        const value = this.over ? null : await this.look();
        if (value && !this.over) return { done: false, value };
      }
      return { done: true, value: undefined };
    } catch (error) {
      await this.return();
      throw error;
    }
  }

  async return(): Promise<IteratorResult<DeskCountsRoot>> {
    this.over = true;
    this.leave();
    this.wake();
    return { done: true, value: undefined };
  }

  /** What is new to the viewer; after long silence also that nothing is. */
  private async look(): Promise<DeskCountsRoot | null> {
    this.changed = false;
    const { viewer, desk } = await this.ctx.renew();
    const visible = scopeOf(viewer);
    const scope = JSON.stringify(visible);
    const counts = this.counter.in(visible);
    const complete = this.told?.scope !== scope;
    const news = complete || !this.told ? counts : changedSince(this.told.counts, counts);
    if (!news && performance.now() - this.toldAt < this.silence) return null;
    this.told = { scope, counts };
    this.toldAt = performance.now();
    const cursor = desk.eventLog.cursors.encode(desk.hub.position);
    return { cursor, countedAt: desk.clock.now(), complete, counts: news ?? nothingOf(counts) };
  }

  /** Until something changed or it was silent for long, and then until it may be told. */
  private async rest(): Promise<void> {
    await this.pause(this.silence, () => this.changed);
    await this.pause(this.every, () => false);
  }

  /** Until so long after the last delivery, or until it is enough or over. */
  private async pause(milliseconds: number, enough: () => boolean): Promise<void> {
    const end = this.toldAt + milliseconds;
    for (let left = end - performance.now(); left > 0; left = end - performance.now()) {
      if (this.over || enough()) return;
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        timer = setTimeout(resolve, left);
      });
      clearTimeout(timer);
    }
  }
}

function nothingOf({ total, overdue }: DeskCounts): DeskCounts {
  return { total, overdue, byStatus: new Map(), byTeam: new Map(), byPriority: new Map() };
}
