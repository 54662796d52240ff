import type { MailFailure } from './mail.vocabulary.js';

/** When a mail is tried, how often, and what a failure means. Pure. */

/** How often a mail is tried before it is given up: with the waits below, for about half a day. */
export const MOST_ATTEMPTS = 12;

/** For how long a node has a mail in hand, in milliseconds: longer than all time-outs of one delivery together. */
export const LEASE = 120_000;

const FIRST_WAIT = 30_000;
const LONGEST_WAIT = 4 * 3_600_000;

/** What a mail library says of a failure: its own code, and the server's reply code where there was a reply. */
export interface DeliveryError {
  code?: unknown;
  responseCode?: unknown;
}

/** What to make of an attempt that failed. */
export type Verdict = { failure: MailFailure } & ({ state: 'FAILED' } | { state: 'QUEUED'; dueAt: Date });

/** How long to wait after the nth failed attempt, in milliseconds: twice as long each time, four hours at most. */
export function waitAfter(attempts: number): number {
  return Math.min(FIRST_WAIT * 2 ** Math.max(0, attempts - 1), LONGEST_WAIT);
}

/** @param attempts including the one that failed */
export function afterFailure(error: DeliveryError, attempts: number, now: Date): Verdict {
  const failure = failureOf(error);
  if (failure === 'REJECTED' || attempts >= MOST_ATTEMPTS) return { state: 'FAILED', failure };
  return { state: 'QUEUED', failure, dueAt: new Date(now.getTime() + waitAfter(attempts)) };
}

/**
 * The class of a failure. A reply of 5xx to the recipient or the content is the server's last word (RFC
 * 5321, 4.2.1); one to the sign-in is a fault of the configuration, which somebody will mend.
 */
export function failureOf({ code, responseCode }: DeliveryError): MailFailure {
  const final = typeof responseCode === 'number' && responseCode >= 500;
  switch (code) {
    case 'EENVELOPE':
    case 'EMESSAGE':
      return final ? 'REJECTED' : 'OTHER';
    case 'EAUTH':
    case 'ENOAUTH':
    case 'EOAUTH2':
      return 'AUTHENTICATION';
    case 'ETIMEDOUT':
      return 'TIMEOUT';
    case 'ECONNECTION':
    case 'ECONNREFUSED':
    case 'ECONNRESET':
    case 'ESOCKET':
    case 'EDNS':
    case 'ETLS':
      return 'UNREACHABLE';
    default:
      return 'OTHER';
  }
}
