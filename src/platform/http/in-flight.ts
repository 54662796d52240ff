import { passing } from './refusal.js';

/**
 * Lets so many requests run at once and no more: one that would only wait is refused at once, which is
 * kinder than to keep it waiting until its client has gone. What runs too long is answered for; it counts
 * until it really has ended.
 */
export class InFlight {
  private running = 0;

  /** @param most requests at once */
  constructor(
    private readonly most: number,
    private readonly milliseconds: number,
  ) {}

  /**
   * @throws HttpRefusal OVERLOADED where too many run already
   * @throws HttpRefusal TIMEOUT when it takes longer than it may
   */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.running >= this.most) throw passing('OVERLOADED');
    this.running += 1;
    const result = work().finally(() => {
      this.running -= 1;
    });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(passing('TIMEOUT')), this.milliseconds);
    });
    // Where it is late, nobody waits for how it ended any more.
    result.catch(() => undefined);
    try {
      return await Promise.race([result, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
