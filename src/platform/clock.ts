/** Where the present comes from. Rules never ask it: they are given `now`. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
