import type { Clock } from '../../src/platform/clock.js';

/** The real time, plus as many days as a test lets pass. */
export class TestClock implements Clock {
  readonly simulated = true;
  private ahead = 0;

  now(): Date {
    return new Date(Date.now() + this.ahead);
  }

  letDaysPass(days: number): void {
    this.ahead += days * 86_400_000;
  }
}
