import { type DeadlineHandlers, repeatDeadline } from '../../platform/deadlines/deadline.js';
import { promiseMissed } from './ticket.events.js';
import { lockedTicket } from './ticket.service.js';
import { openPromise, PROMISE_MISSED } from './ticket-planning.service.js';

/** What happens to tickets at their time. */
export const ticketDeadlines: DeadlineHandlers = {
  /** The customer was promised a resolution by now, and there is none. */
  [PROMISE_MISSED]: async (tx, { key, subjectId }) => {
    const ticket = await lockedTicket(tx, subjectId);
    const promised = openPromise(ticket);
    if (!promised) return;
    if (promised > tx.now) await repeatDeadline(tx, key, promised);
    else tx.append(ticket.id, promiseMissed(ticket.id, promised));
  },
};
