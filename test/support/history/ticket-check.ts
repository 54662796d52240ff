import type { Follower } from './follower.js';
import { compare, firstIndex, type Place } from './places.js';
import { between, type Sight, type Truth } from './truth.js';
import { compareTold, Verdict } from './verdict.js';
import type { Wanted } from './wanted.js';

/** Holds what the follower of one ticket received against the log: all of it, as long as it may be seen. */
export function checkTicket(follower: Follower, truth: Truth): Verdict {
  const { person, segments } = follower;
  const { ticketId } = follower.wanted as Extract<Wanted, { kind: 'TICKET' }>;
  const history = truth.historyOf(person.id, ticketId);
  const customer = person.id in (truth.rules[0]?.directory.customers ?? {});
  const rows = truth.ofTicket(ticketId).filter(({ forCustomers }) => forCustomers || !customer);
  const due = rows.map(({ xid, position, id }) => ({ xid, position, subject: id, what: '' }));
  const seen = new Set<number>();
  const verdict = new Verdict();
  for (const segment of segments) {
    const final = segment === follower.last && history.at(-1)?.visible;
    const reach = final && compare(truth.end, segment.readUpTo) > 0 ? truth.end : segment.readUpTo;
    const told = segment.told.map((each) => ({ ...each, what: '' }));
    const allowed = ({ xid, at }: Place & { at: number }) => {
      const from = firstIndex(history, (sight) => sight.xid > xid) - 1;
      return history.slice(Math.max(from, 0)).some(({ visible, began }) => visible && began <= at);
    };
    const owed = between(due, segment.after, reach);
    for (const position of compareTold(told, owed, segment.after, seen, verdict, allowed)) seen.add(position);
    const turnedAway = segment.lastWord ?? (segment.end === 'REFUSED' ? segment.after : undefined);
    const at = segment.lastWord?.at ?? Number.POSITIVE_INFINITY;
    if (segment.lastWord?.what === 'ResyncRequired' || (turnedAway && !wasHidden(history, segment.after, at)))
      verdict.add('spurious', `${segment.lastWord?.what ?? 'refused'} after ${segment.after.xid}`);
  }
  return verdict;
}

/** Whether the ticket could not be seen at some time since a place. */
function wasHidden(history: readonly Sight[], after: Place, at: number): boolean {
  const from = firstIndex(history, (sight) => compare(sight, after) > 0) - 1;
  return history.slice(Math.max(from, 0)).some(({ visible, began }) => !visible && began <= at);
}

/** Whether somebody may see a ticket in the end. */
export function seesAtLast(follower: Follower, truth: Truth): boolean {
  const { wanted, person } = follower;
  return wanted.kind === 'LIST' || truth.historyOf(person.id, wanted.ticketId).at(-1)?.visible === true;
}
