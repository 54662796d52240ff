import type { Facts } from './facts.js';
import type { Told } from './seat.js';
import type { Sight } from './sight.js';

const UNSEEN = 'tells of a ticket that they may not see';
const FOR_STAFF = 'tells a customer what is for staff';

/** What a delivery is held against. */
interface Grounds {
  facts: Facts;
  /** What they may see by rights that had not ended before what is told. */
  sight: Sight;
  /** By all rights that they ever had meanwhile. */
  ever: Sight;
}

/** Whether a delivery tells of something that happened, not only how far the log was read or that it ends. */
export function isNews({ move, detail, changes, byTeam, accessEnded }: Told): boolean {
  if (move) return !['HEARTBEAT', 'RESYNC_REQUIRED'].includes(move);
  if (detail) return !['Heartbeat', 'ResyncRequired', 'AccessEnded'].includes(detail.__typename);
  return (changes ?? byTeam)?.length > 0 || accessEnded === false;
}

/** What is wrong with telling somebody this; null where nothing is. */
export function wrongWith(told: Told, grounds: Grounds): string | null {
  const { sight } = grounds;
  const type: string = told.__typename;
  if (type === 'QueueChange') return queueChange(told, grounds);
  if (type === 'TicketEvent') return isNews(told) ? ticketEvent(told, grounds) : null;
  if (type === 'TicketPresence' && told.accessEnded) return null;
  if (!sight.isStaff) return FOR_STAFF;
  if (type === 'TicketPresence') return sight.seesTicket(told.ticketId) ? null : UNSEEN;
  if (type === 'WorkUpdate' || type === 'ApprovalUpdate') return update(told, grounds);
  if (type !== 'DeskCounts') return `is a ${type}, and nobody said how to judge that`;
  return told.byTeam.every(({ key }: Told) => sight.seesTeam(key)) ? null : 'counts what they may not see';
}

function queueChange(told: Told, { facts, sight }: Grounds): string | null {
  const { move, ticketId, cursor } = told;
  if (!isNews(told)) return ticketId === null ? null : 'tells nothing, and of a ticket';
  const fact = facts.at(cursor);
  if (!fact?.change || fact.streamId !== ticketId) return 'stands where the log has no such change';
  const whose = move === 'LEFT' ? fact.change.before : fact.change.after;
  if (whose === null || !sight.sees(whose)) return UNSEEN;
  return move === 'UPDATED' && !sight.isStaff && !fact.change.public ? FOR_STAFF : null;
}

function ticketEvent({ cursor, id }: Told, { facts, sight }: Grounds): string | null {
  const fact = facts.at(cursor);
  if (fact?.id !== id) return 'stands where the log has no such event';
  if (!sight.isStaff && fact?.visibility !== 'PUBLIC') return FOR_STAFF;
  return sight.seesTicket(fact?.streamId ?? '') ? null : UNSEEN;
}

/** A step may leave with the right to see it. */
function update({ cursor, changes }: Told, { facts, sight, ever }: Grounds): string | null {
  const fact = facts.at(cursor);
  const seen = changes.every(({ move, stepId }: Told) => {
    const by = move === 'LEFT' ? ever : sight;
    const ticketId = facts.ticketOf(stepId);
    const then = fact?.streamId === ticketId ? [fact.change?.before, fact.change?.after] : [];
    return by.seesTicket(ticketId) || then.some((whose) => whose && by.sees(whose));
  });
  return seen ? null : UNSEEN;
}
