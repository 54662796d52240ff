import type { Transaction } from '../../platform/database/transaction.js';
import { type DeadlineHandlers, dropDeadlines, planDeadlines } from '../../platform/deadlines/deadline.js';
import { DEPUTIES_STREAM, deputiesChanged } from './absence.events.js';

/** The deadline of the moment from which, or until which, somebody acts for somebody. Its subject is the absence or delegation. */
export const DEPUTIES_TURN = 'DEPUTIES_TURN';

/** A time in which somebody may act for somebody else. */
interface Term {
  id: string;
  startsAt: Date;
  endsAt: Date;
}

/** What happens when an absence or a delegation begins or is over by itself: whoever it concerns is told. */
export const deputyDeadlines: DeadlineHandlers = {
  [DEPUTIES_TURN]: async (tx, { subjectId, data }) => {
    const { what, agentIds } = data as { what: string; agentIds: string[] };
    tx.append(DEPUTIES_STREAM, deputiesChanged(what, subjectId, agentIds));
  },
};

/**
 * Has the beginning and the end of a new term told when they come; one that has begun is told by who says it.
 * @param noun ABSENCE or DELEGATION
 */
export async function planTerm(
  tx: Transaction,
  noun: string,
  { id, startsAt, endsAt }: Term,
  agentIds: string[],
): Promise<void> {
  const turn = (what: string, at: Date) => ({
    key: `deputies:${id}:${what}`,
    kind: DEPUTIES_TURN,
    subjectId: id,
    streamId: DEPUTIES_STREAM,
    at,
    data: { what: `${noun}_${what}`, agentIds },
  });
  await planDeadlines(tx, [...(startsAt > tx.now ? [turn('BEGAN', startsAt)] : []), turn('OVER', endsAt)]);
}

/** Takes back what was planned for a term that somebody ended. */
export function dropTerm(tx: Transaction, { id }: Term): Promise<void> {
  return dropDeadlines(tx, id);
}
