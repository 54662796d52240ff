/** How often somebody may do something. Pure. */

/** Most names that are remembered; beyond it the ones that came first are forgotten. */
const MOST_NAMES = 10_000;

/** Counts by name within windows of time, in this process. */
export class Limiter {
  private readonly windows = new Map<string, { count: number; endsAt: number }>();

  /**
   * @param most how often in one window
   * @param seconds how long a window is
   */
  constructor(
    private readonly most: number,
    private readonly seconds: number,
  ) {}

  /** Counts one more. @returns how many seconds to wait; 0 where it is allowed */
  take(name: string, now: Date): number {
    const time = now.getTime();
    const known = this.windows.get(name);
    const window = known && known.endsAt > time ? known : { count: 0, endsAt: time + this.seconds * 1000 };
    if (window !== known) {
      this.windows.delete(name);
      this.windows.set(name, window);
      const [first] = this.windows.keys();
      if (this.windows.size > MOST_NAMES && first !== undefined) this.windows.delete(first);
    }
    window.count += 1;
    return window.count <= this.most ? 0 : Math.max(1, Math.ceil((window.endsAt - time) / 1000));
  }
}
