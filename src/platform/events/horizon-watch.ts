import type { Log } from '../log.js';
import type { EventLog } from './event-log.js';

/** How long committed events may wait behind one place before it is said aloud, in milliseconds. */
const TOO_LONG = 5_000;

/**
 * Says when an old transaction holds live delivery back, which one it is, and when it has let go. Somebody's
 * open transaction is not an error of ours, but nobody else would notice.
 */
export class HorizonWatch {
  private at = 0n;
  private since: number | undefined;
  private said = false;

  constructor(
    private readonly eventLog: EventLog,
    private readonly log: Log,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** For how long committed events have been waiting, in seconds; 0 while none do. */
  get heldSeconds(): number {
    return this.since === undefined ? 0 : (this.now() - this.since) / 1000;
  }

  /**
   * @param held whether committed events wait behind the horizon
   * @param horizon the lowest transaction that may still write
   */
  async look(held: boolean, horizon: bigint): Promise<void> {
    if (!held || horizon !== this.at) {
      if (this.said) this.log.info('Live delivery goes on');
      this.said = false;
      this.since = held ? this.now() : undefined;
      this.at = horizon;
      return;
    }
    this.since ??= this.now();
    if (this.said || this.now() - this.since < TOO_LONG) return;
    this.said = true;
    const holders = await this.eventLog.holders().catch(() => []);
    this.log.warn({ heldSeconds: this.heldSeconds, holders }, 'An open transaction holds live delivery back');
  }
}
