/**
 * Does something again and again until it is stopped: looks, rests for as long as the look says, and looks
 * at once when it is woken. One look at a time.
 */
export class Loop {
  private running = false;
  private woken = false;
  private ended: Promise<void> = Promise.resolve();
  private endRest: () => void = () => undefined;

  /**
   * @param look returns how long to rest before the next look, in milliseconds; 0 for none
   * @param onError told what a look threw, and returns how long to rest after it
   */
  constructor(
    private readonly look: () => Promise<number>,
    private readonly onError: (error: unknown) => number,
  ) {}

  start(): void {
    this.running = true;
    this.ended = this.run();
  }

  /** Lets the look that is under way end, and starts no other. */
  async stop(): Promise<void> {
    this.running = false;
    this.endRest();
    await this.ended;
  }

  wake(): void {
    this.woken = true;
    this.endRest();
  }

  private async run(): Promise<void> {
    while (this.running) {
      this.woken = false;
      const rest = await this.look().catch(this.onError);
      if (rest > 0 && !this.woken && this.running) await this.rest(rest);
    }
  }

  private rest(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.endRest = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
