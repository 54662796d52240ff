/** Where the present comes from. Rules never ask it: they are given `now`. */
export interface Clock {
  now(): Date;
  /** True for a clock that is set by hand: what the database's own clock says is no check on it. */
  readonly simulated?: boolean;
}

export const systemClock: Clock = { now: () => new Date() };
