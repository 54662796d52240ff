import type { Log } from '../log.js';
import { Loop } from '../loop.js';
import type { EventRecord } from './event.js';
import type { EventLog } from './event-log.js';
import type { Hint } from './hint.js';
import { HorizonWatch } from './horizon-watch.js';
import type { LiveHub } from './live-hub.js';
import type { Place } from './place.rules.js';

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
  private readonly loop: Loop;
  readonly watch: HorizonWatch;

  /** @param heed what is to be done about events before anybody is given them */
  constructor(
    private readonly eventLog: EventLog,
    private readonly hub: LiveHub,
    private readonly hint: Hint,
    log: Log,
    private readonly heed: (events: readonly EventRecord[], readUpTo: Place) => Promise<void> = async () =>
      undefined,
  ) {
    this.watch = new HorizonWatch(eventLog, log);
    this.loop = new Loop(
      () => this.look(),
      (error) => {
        log.error({ err: error }, 'Could not read the event log; trying again');
        return LOOK_EVERY;
      },
    );
  }

  async start(): Promise<void> {
    this.hub.advance([], await this.eventLog.now());
    await this.hint.onHint(() => this.loop.wake());
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  private async look(): Promise<number> {
    const page = await this.eventLog.read(this.hub.position, BATCH);
    await this.heed(page.events, page.readUpTo);
    this.hub.advance(page.events, page.readUpTo);
    if (page.more) return 0;
    await this.watch.look(page.held, page.readUpTo.xid);
    return page.held ? LOOK_WHEN_HELD : LOOK_EVERY;
  }
}
