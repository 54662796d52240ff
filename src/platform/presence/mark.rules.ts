/** What somebody said last at a place. Times are in milliseconds since 1970. Pure. */
export interface Mark {
  who: string;
  /** A word of those who read it. */
  says: string;
  /** Since when they say it. */
  since: number;
  /** When they said it last. */
  at: number;
  /** From then on it counts for nothing. */
  until: number;
}

/** Of two marks of one person the one that counts: what was said last, whichever of them is heard of first. */
export function later(a: Mark, b: Mark): Mark {
  if (a.at !== b.at) return a.at > b.at ? a : b;
  return JSON.stringify([a.says, a.since, a.until]) >= JSON.stringify([b.says, b.since, b.until]) ? a : b;
}

/** A mark as another node sent it; null for anything else. */
export function readMark(text: string): Mark | null {
  try {
    const { who, says, since, at, until } = JSON.parse(text);
    const sound =
      [who, says].every((word) => typeof word === 'string') &&
      [since, at, until].every((time) => Number.isSafeInteger(time));
    return sound ? { who, says, since, at, until } : null;
  } catch {
    return null;
  }
}
