import type { Mark } from '../../platform/presence/mark.rules.js';
import { PresenceState } from './presence.vocabulary.js';

/** How long somebody counts as present after what they said last, in milliseconds. */
export const PRESENT_FOR = 25_000;
/** How long somebody counts as typing or claiming after that; then as viewing. */
export const BUSY_FOR = 8_000;
/** How many are kept and shown at one ticket. */
export const MOST_AT_TICKET = 50;
/** At how many tickets one person is present. */
export const MOST_OF_PERSON = 100;

/** Somebody who is at a ticket. */
export interface Present {
  agentId: string;
  state: PresenceState;
  since: Date;
  /** When this ends, unless it is said again. */
  expiresAt: Date;
}

const BUSY: readonly string[] = [PresenceState.TYPING, PresenceState.CLAIMING];
/** The first of these is the one to look out for. */
const ORDER = [PresenceState.CLAIMING, PresenceState.TYPING, PresenceState.VIEWING];

/** What a mark comes to at a moment; null once it has run out, or for who said to be away. */
export function presentAt({ who, says, since, at, until }: Mark, now: number): Present | null {
  if (now >= until || !ORDER.includes(says as PresenceState)) return null;
  const busyUntil = Math.min(at + BUSY_FOR, until);
  const busy = BUSY.includes(says) && now < busyUntil;
  const calmed = BUSY.includes(says) && !busy;
  return {
    agentId: who,
    state: calmed ? PresenceState.VIEWING : (says as PresenceState),
    since: new Date(calmed ? busyUntil : since),
    expiresAt: new Date(busy ? busyUntil : until),
  };
}

/** Who is at a ticket: who claims it first, then who types; of the same those who do so longest. */
export function allPresent(marks: readonly Mark[], now: number): Present[] {
  return marks
    .flatMap((mark) => presentAt(mark, now) ?? [])
    .sort(
      (a, b) =>
        ORDER.indexOf(a.state) - ORDER.indexOf(b.state) ||
        a.since.getTime() - b.since.getTime() ||
        (a.agentId < b.agentId ? -1 : 1),
    )
    .slice(0, MOST_AT_TICKET);
}

/**
 * The mark of somebody who says something: the same again goes on from when it began. It is later than the
 * one that is known, also within one millisecond.
 */
export function markOf(agentId: string, state: PresenceState, known: Mark | undefined, now: number): Mark {
  const before = known ? presentAt(known, now) : null;
  const since = before?.state === state ? before.since.getTime() : now;
  const at = Math.max(now, known ? known.at + 1 : now);
  return { who: agentId, says: state, since, at, until: at + PRESENT_FOR };
}

/** Whether there is room at a ticket for somebody: for who is there already there always is. */
export function hasRoom(marks: readonly Mark[], agentId: string, now: number): boolean {
  const others = marks.filter((mark) => mark.who !== agentId && presentAt(mark, now));
  return others.length < MOST_AT_TICKET;
}

/** Where somebody has to leave to be present at one ticket more: where they were heard of longest ago. */
export function toLeave(
  present: readonly [ticketId: string, mark: Mark][],
  entered: string,
  now: number,
): [ticketId: string, mark: Mark][] {
  const others = present.filter(([ticketId, mark]) => ticketId !== entered && presentAt(mark, now));
  return others.sort(([, a], [, b]) => b.at - a.at).slice(MOST_OF_PERSON - 1);
}
