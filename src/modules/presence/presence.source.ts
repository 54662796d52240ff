import { setTimeout as pause } from 'node:timers/promises';
import type { Context } from '../../platform/context.js';
import { ticketById } from '../ticket/ticket.scope.js';
import { seen } from '../ticket/ticket.service.js';
import type { Present } from './presence.rules.js';
import { presentAtTicket } from './presence.service.js';
import type { TicketPresence } from './presence.types.js';

/** How long a subscriber goes at most without looking, in milliseconds: rights end without a word. */
const LOOK_EVERY = 5_000;
/** What changes within so many milliseconds is told as one. */
const TOGETHER = 30;

/**
 * Who is at a ticket: now, and after each change. What changes while a reader is slow comes as one.
 * @throws DomainError NOT_FOUND for a ticket that the viewer may not see
 */
export async function presenceSource(
  ctx: Context,
  ticketId: string,
): Promise<AsyncIterableIterator<TicketPresence>> {
  await seen(ctx, ticketId, ['ticket']);
  return new PresenceFeed(ctx, ticketId);
}

/** An iterator object, so that it can be ended while its next value is awaited. */
class PresenceFeed implements AsyncIterableIterator<TicketPresence> {
  private readonly endWatch: () => void;
  private told: string | null = null;
  private changed = true;
  /** How long to rest, in milliseconds. */
  private quiet = 0;
  private over = false;
  private wake: () => void = () => undefined;

  constructor(
    private readonly ctx: Context,
    private readonly ticketId: string,
  ) {
    this.endWatch = ctx.desk.presence.watch(ticketId, () => {
      this.changed = true;
      this.wake();
    });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<TicketPresence>> {
    try {
      while (!this.over) {
        if (!this.changed) await this.rest();
        if (this.told !== null) await pause(TOGETHER);
        this.changed = false;
        const value = this.over ? null : await this.look();
        if (value && !this.over) {
          if (value.accessEnded) await this.return();
          return { done: false, value };
        }
      }
      return { done: true, value: undefined };
    } catch (error) {
      await this.return();
      throw error;
    }
  }

  async return(): Promise<IteratorResult<TicketPresence>> {
    this.over = true;
    this.endWatch();
    this.wake();
    return { done: true, value: undefined };
  }

  /** Who is there now, if it is something new. */
  private async look(): Promise<TicketPresence | null> {
    const { ticketId } = this;
    const now = await this.ctx.renew();
    const staff = now.viewer.kind === 'STAFF';
    if (!staff || !(await now.load(ticketById, ticketId)))
      return { ticketId, present: [], accessEnded: true };
    const present = (await now.load(presentAtTicket, ticketId)) ?? [];
    this.quiet = quietFor(present, now.desk.clock.now());
    const telling = JSON.stringify(present.map(({ agentId, state, since }) => [agentId, state, since]));
    if (telling === this.told) return null;
    this.told = telling;
    return { ticketId, present, accessEnded: false };
  }

  /** Until something is said, or the first thing runs out. */
  private async rest(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      timer = setTimeout(resolve, this.quiet);
    });
    clearTimeout(timer);
  }
}

/** How long nothing changes by itself, in milliseconds; never longer than rights go unlooked at. */
function quietFor(present: readonly Present[], now: Date): number {
  const ends = present.map(({ expiresAt }) => expiresAt.getTime() - now.getTime());
  return Math.max(0, Math.min(LOOK_EVERY, ...ends));
}
