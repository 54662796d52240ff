/** How long a ticket has been at each level of support. Pure. */

/** One level's time: each has a clock of its own, so that the first level's time is not charged to the second. */
export interface LevelTime {
  /** 0 for where the ticket arrived, then one more with each escalation. */
  level: number;
  startedAt: Date;
  /** Null while the ticket is at this level and unresolved. */
  stoppedAt: Date | null;
  /** Whole seconds between the two, or until now; by the calendar, without pauses. */
  seconds: number;
}

/**
 * The clocks of a ticket, the first level first. A clock stops at the next escalation, the last one when the
 * ticket is resolved; reopening starts it again where it was begun.
 * @param escalatedAt when it was escalated, in order
 * @param resolvedAt when it was last resolved; null while it is not
 */
export function levelTimes(
  createdAt: Date,
  escalatedAt: readonly Date[],
  resolvedAt: Date | null,
  now: Date,
): LevelTime[] {
  const starts = [createdAt, ...escalatedAt];
  return starts.map((startedAt, level) => {
    const stoppedAt = starts[level + 1] ?? resolvedAt;
    const seconds = Math.max(0, Math.floor(((stoppedAt ?? now).getTime() - startedAt.getTime()) / 1000));
    return { level, startedAt, stoppedAt, seconds };
  });
}
