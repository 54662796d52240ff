import type { Told } from './follower.js';
import { compare, type Place } from './places.js';

/** What was wrong with what a client received; the first few of each kind are kept in words. */
export class Verdict {
  readonly counts = {
    missing: 0,
    doubled: 0,
    disordered: 0,
    forbidden: 0,
    wrong: 0,
    unannounced: 0,
    spurious: 0,
  };
  readonly words: string[] = [];

  add(kind: keyof Verdict['counts'], what: string): void {
    this.counts[kind] += 1;
    if (this.counts[kind] <= 3) this.words.push(`${kind}: ${what}`);
  }

  include(other: Verdict, who = ''): void {
    for (const kind of Object.keys(this.counts) as (keyof Verdict['counts'])[])
      this.counts[kind] += other.counts[kind];
    if (this.words.length < 30) this.words.push(...other.words.map((words) => `${who}${words}`));
  }

  get total(): number {
    return Object.values(this.counts).reduce((sum, count) => sum + count, 0);
  }
}

/** What is to be received for a place of the log. */
export interface Due extends Place {
  what: string;
  subject: string;
}

/**
 * Holds what a client received in one segment against what was due in it, in order.
 * @param seen places of what it received before
 * @param allowed whether it might be told this at the time
 * @returns places of what it received
 */
export function compareTold(
  told: readonly Told[],
  due: readonly Due[],
  after: Place,
  seen: ReadonlySet<number>,
  verdict: Verdict,
  allowed: (told: Told) => boolean,
): Set<number> {
  const owed = new Map(due.map((each) => [each.position, each]));
  const received = new Set<number>();
  let last = after;
  for (const each of told) {
    const where = `${each.what} at ${each.xid}/${each.position}`;
    const wanted = owed.get(each.position);
    if (seen.has(each.position) || received.has(each.position)) verdict.add('doubled', where);
    else if (compare(each, last) <= 0)
      verdict.add('disordered', `${where} after ${last.xid}/${last.position}`);
    if (!wanted && !seen.has(each.position)) verdict.add('forbidden', where);
    else if (!allowed(each)) verdict.add('forbidden', `${where}: not by the rights of then`);
    else if (wanted && (wanted.what !== each.what || wanted.subject !== each.subject))
      verdict.add('wrong', `${where}: ${wanted.what} is due`);
    received.add(each.position);
    if (compare(each, last) > 0) last = each;
  }
  for (const each of due)
    if (!received.has(each.position)) verdict.add('missing', `${each.what} at ${each.xid}/${each.position}`);
  return received;
}
