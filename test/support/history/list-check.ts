import type { Follower, Segment, Told } from './follower.js';
import { compare, type Place } from './places.js';
import { type Facets, maySee } from './sight.js';
import { between, type Row, type Truth } from './truth.js';
import { compareTold, type Due, Verdict } from './verdict.js';
import type { Wanted } from './wanted.js';

type List = Extract<Wanted, { kind: 'LIST' }>;

/**
 * Holds what the follower of a list received against the log. By one subscription everything is told by one
 * and the same sight, in force when it is told: once a change of it is passed, the list must be read anew.
 */
export function checkList(follower: Follower, truth: Truth): Verdict {
  const { person, segments } = follower;
  const list = follower.wanted as List;
  const sights = truth.sightsOf(person.id);
  const seen = new Set<number>();
  const verdict = new Verdict();
  for (const segment of segments) {
    const final = segment === follower.last && segment.end !== 'LAST_WORD';
    const reach = final && compare(truth.end, segment.readUpTo) > 0 ? truth.end : segment.readUpTo;
    const rows = between(truth.changes, segment.after, reach);
    const readAt = final ? Number.POSITIVE_INFINITY : segment.readAt;
    const trials = sightsWithin(truth, sights, segment, readAt).map((rule) => {
      const trial = new Verdict();
      const due = dueOf(rows, list, person.id, truth, rule);
      const allowed = ({ xid, at }: Told) => heldLater(truth, sights, rule, xid, at);
      const received = compareTold(segment.told, due, segment.after, seen, trial, allowed);
      if (passed(truth, sights, rule, segment.after, reach, readAt))
        trial.add('unannounced', `after ${segment.after.xid}, up to ${reach.xid}`);
      return { trial, received };
    });
    trials.sort((a, b) => a.trial.total - b.trial.total);
    const [best] = trials as [(typeof trials)[number]];
    verdict.include(best.trial);
    for (const position of best.received) seen.add(position);
    if (segment.lastWord && !hadReason(follower, truth, segment))
      verdict.add('spurious', `${segment.lastWord.what} at ${segment.lastWord.xid}`);
  }
  return verdict;
}

/** Rules that a segment may have been told by, one of each sight: those in force at its beginning or since. */
function sightsWithin(truth: Truth, sights: string[], { after }: Segment, until: number): number[] {
  const first = truth.ruleAt(after);
  const found = new Map([[sights[first], first]]);
  for (let rule = first + 1; rule < sights.length; rule++)
    if (!found.has(sights[rule]) && (truth.rules[rule]?.began as number) <= until)
      found.set(sights[rule], rule);
  return [...found.values()];
}

/** Whether the rule's sight was in force after the transaction and not only later than then. */
function heldLater(truth: Truth, sights: string[], rule: number, xid: number, then: number): boolean {
  for (let later = truth.ruleAfter(xid); later < sights.length; later++)
    if (sights[later] === sights[rule] && (truth.rules[later]?.began as number) <= then) return true;
  return false;
}

/**
 * Whether the list's sight changed on the way, and was not the same again by the time that this was told: who looks
 * the rights up after they went and came back finds nothing changed, also for what was told in between.
 */
function passed(
  truth: Truth,
  sights: string[],
  rule: number,
  after: Place,
  reach: Place,
  readAt: number,
): boolean {
  const [first, last] = [truth.ruleAt(after), truth.ruleAt(reach)];
  const changed = sights.slice(first, last + 1).some((sight) => sight !== sights[first]);
  return changed && (sights[rule] !== sights[first] || !heldLater(truth, sights, rule, reach.xid, readAt));
}

function hadReason({ person }: Follower, truth: Truth, { after, lastWord }: Segment): boolean {
  return truth.rules.some(
    (rule) =>
      compare(rule, after) > 0 &&
      rule.began <= (lastWord?.at as number) &&
      (rule.subjects === null || rule.subjects.includes(person.id)),
  );
}

function dueOf(rows: readonly Row[], list: List, personId: string, { rules }: Truth, rule: number): Due[] {
  const directory = rules[rule]?.directory;
  if (!directory) return [];
  const holds = (ticket: Facets | null) =>
    ticket !== null && maySee(directory, personId, ticket) && list.means(ticket);
  const customer = personId in directory.customers;
  return rows.flatMap(({ xid, position, ticketId, change }) => {
    const [before, after] = [holds(change?.before ?? null), holds(change?.after ?? null)];
    if (!before && !after) return [];
    if (before && after && customer && !change?.public) return [];
    const what = !before ? 'ENTERED' : after ? 'UPDATED' : 'LEFT';
    return [{ xid, position, what, subject: ticketId }];
  });
}
