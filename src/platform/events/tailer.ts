import type { Log } from '../log.js';
import type { EventLog } from './event-log.js';
import type { Hint } from './hint.js';
import type { LiveHub } from './live-hub.js';

/** How long a node goes at most without looking at the log, in milliseconds. */
const LOOK_EVERY = 500;
/** The same while an older transaction holds committed events back: nothing will hint when it ends. */
const LOOK_WHEN_HELD = 10;
const BATCH = 500;

/**
 * Reads the log behind its horizon, one per node, and gives what is new to the hub: woken by hints, and
 * by itself every half second.
 */
export class Tailer {
  private running = false;
  private loop: Promise<void> = Promise.resolve();
  private wake: () => void = () => undefined;
  private woken = false;

  constructor(
    private readonly eventLog: EventLog,
    private readonly hub: LiveHub,
    private readonly hint: Hint,
    private readonly log: Log,
  ) {}

  async start(): Promise<void> {
    this.hub.advance([], await this.eventLog.now());
    await this.hint.onHint(() => {
      this.woken = true;
      this.wake();
    });
    this.running = true;
    this.loop = this.run();
  }

  async stop(): Promise<void> {
    this.running = false;
    this.wake();
    await this.loop;
  }

  private async run(): Promise<void> {
    while (this.running) {
      this.woken = false;
      const rest = await this.look();
      if (rest > 0 && !this.woken && this.running) await this.rest(rest);
    }
  }

  /** @returns how long to rest before the next look, in milliseconds */
  private async look(): Promise<number> {
    try {
      const page = await this.eventLog.read(this.hub.position, BATCH);
      this.hub.advance(page.events, page.readUpTo);
      if (page.more) return 0;
      return page.held ? LOOK_WHEN_HELD : LOOK_EVERY;
    } catch (error) {
      this.log.error({ err: error }, 'Could not read the event log; trying again');
      return LOOK_EVERY;
    }
  }

  private rest(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
