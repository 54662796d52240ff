import { DomainError, ErrorCode } from '../../platform/errors.js';
import { TicketStatus } from './ticket.vocabulary.js';

const { NEW, OPEN, PENDING, ON_HOLD, RESOLVED, CLOSED } = TicketStatus;

/** What may happen to a ticket's status. */
export type TicketMove =
  | 'START'
  | 'WAIT_FOR_CUSTOMER'
  | 'HOLD'
  | 'RESOLVE'
  | 'CLOSE'
  | 'REOPEN'
  | 'CUSTOMER_REPLY';

/**
 * The life cycle: for each move, from which statuses it is allowed and where it leads. Nothing leads
 * back to NEW. A customer's reply leaves a NEW or OPEN ticket as it is and reopens one that waits or is
 * RESOLVED; a CLOSED one it doesn't touch (a follow-up ticket is made, see `afterReply`).
 */
const TRANSITIONS: Record<TicketMove, { from: readonly TicketStatus[]; to: TicketStatus }> = {
  START: { from: [NEW, PENDING, ON_HOLD], to: OPEN },
  WAIT_FOR_CUSTOMER: { from: [NEW, OPEN, ON_HOLD], to: PENDING },
  HOLD: { from: [NEW, OPEN, PENDING], to: ON_HOLD },
  RESOLVE: { from: [NEW, OPEN, PENDING, ON_HOLD], to: RESOLVED },
  CLOSE: { from: [RESOLVED], to: CLOSED },
  REOPEN: { from: [RESOLVED, CLOSED], to: OPEN },
  CUSTOMER_REPLY: { from: [PENDING, ON_HOLD, RESOLVED], to: OPEN },
};

const DONE_WORDS: Record<TicketMove, string> = {
  START: 'opened',
  WAIT_FOR_CUSTOMER: 'set to wait for the customer',
  HOLD: 'put on hold',
  RESOLVE: 'resolved',
  CLOSE: 'closed',
  REOPEN: 'reopened',
  CUSTOMER_REPLY: 'reopened by a reply',
};

/** What a move needs to know besides the status. */
export interface MoveFacts {
  hasAssignee: boolean;
  hasResolution: boolean;
  closedAt: Date | null;
  now: Date;
  /** For how many days after closing a ticket may be reopened. */
  reopenDays: number;
}

const DAY = 86_400_000;

/**
 * The status that a move leads to.
 * @throws DomainError INVALID_TRANSITION when the life cycle has no such move, or the time for it is
 *   over; REQUIRED when resolving without an assignee or a resolution
 */
export function move(status: TicketStatus, by: TicketMove, facts: MoveFacts): TicketStatus {
  const { from, to } = TRANSITIONS[by];
  if (!from.includes(status))
    throw new DomainError(
      ErrorCode.INVALID_TRANSITION,
      `A ticket that is ${status} cannot be ${DONE_WORDS[by]}; that takes one that is ${from.join(' or ')}.`,
    );
  if (by === 'RESOLVE') {
    if (!facts.hasAssignee)
      throw new DomainError(
        ErrorCode.REQUIRED,
        'Resolving needs an assignee: assign or claim the ticket first.',
      );
    if (!facts.hasResolution)
      throw new DomainError(ErrorCode.REQUIRED, 'Resolving needs a resolution: say what solved it.', [
        'input',
        'resolution',
      ]);
  }
  if (by === 'REOPEN' && status === CLOSED && !withinReopening(facts))
    throw new DomainError(
      ErrorCode.INVALID_TRANSITION,
      `A closed ticket may be reopened for ${facts.reopenDays} days; create a follow-up ticket instead.`,
    );
  return to;
}

/** What a customer's reply does to a ticket of this status. */
export function afterReply(status: TicketStatus, facts: MoveFacts): 'NOTHING' | 'REOPEN' | 'FOLLOW_UP' {
  if (status === CLOSED) return withinReopening(facts) ? 'REOPEN' : 'FOLLOW_UP';
  return TRANSITIONS.CUSTOMER_REPLY.from.includes(status) ? 'REOPEN' : 'NOTHING';
}

function withinReopening({ closedAt, now, reopenDays }: MoveFacts): boolean {
  return closedAt !== null && now.getTime() - closedAt.getTime() <= reopenDays * DAY;
}

/** Which move leads from one status to another, where people name the status they want. */
export function moveTo(target: TicketStatus): TicketMove | null {
  const moves: Partial<Record<TicketStatus, TicketMove>> = {
    [OPEN]: 'START',
    [PENDING]: 'WAIT_FOR_CUSTOMER',
    [ON_HOLD]: 'HOLD',
    [RESOLVED]: 'RESOLVE',
    [CLOSED]: 'CLOSE',
  };
  return moves[target] ?? null;
}
