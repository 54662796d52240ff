import { type DeadlineHandlers, repeatDeadline } from '../../platform/deadlines/deadline.js';
import { DomainError, ErrorCode } from '../../platform/errors.js';
import { because, lockedTicket } from '../ticket/ticket.service.js';
import { TicketStatus } from '../ticket/ticket.vocabulary.js';
import { autoCloseAt, TICKET_AUTO_CLOSE } from '../ticket/ticket-planning.service.js';
import { closeLocked } from './closing.service.js';

const DAY = 86_400_000;

/** Closes what has been RESOLVED for long enough, unless a closing gate is open: then it tries again. */
export const autoCloseDeadlines: DeadlineHandlers = {
  [TICKET_AUTO_CLOSE]: async (tx, { key, subjectId }) => {
    const ticket = await lockedTicket(tx, subjectId);
    if (ticket.status !== TicketStatus.RESOLVED || !ticket.resolvedAt) return;
    const { autoCloseDays } = tx.desk.config;
    const at = autoCloseAt(ticket.resolvedAt, autoCloseDays);
    // The configuration may allow more days than when it was planned.
    if (at > tx.now) return repeatDeadline(tx, key, at);
    try {
      await closeLocked(tx, ticket, null);
      because(ticket, `Resolved for ${autoCloseDays} days, so it closed by itself.`);
    } catch (error) {
      if (!(error instanceof DomainError && error.code === ErrorCode.GATE_PENDING)) throw error;
      // Passing the gate tries at once; each day is for what opens the way without a change of the run.
      await repeatDeadline(tx, key, new Date(tx.now.getTime() + DAY));
    }
  },
};
