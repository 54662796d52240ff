/** Failures that pass: what the desk depends on is away, busy or too slow. Pure. */

/** For programs; each means that the same request may do better later. */
export type FailureCode = 'OVERLOADED' | 'TIMEOUT' | 'UNAVAILABLE';

export const FAILURES: Record<FailureCode, string> = {
  OVERLOADED: 'The desk has too much to do at the moment. Please try again shortly.',
  TIMEOUT: 'This took too long and was stopped. Please try again, or ask for less.',
  UNAVAILABLE: 'Something that the desk depends on does not answer at the moment. Please try again shortly.',
};

/** By SQLSTATE (PostgreSQL, appendix A) or by the code of Node's network errors. */
const BY_CODE: [RegExp, FailureCode][] = [
  // Cancelled by statement_timeout; a lock not had in time; idle or too long within a transaction.
  [/^(57014|55P03|25P0[34])$/, 'TIMEOUT'],
  // No connection, memory or disk left.
  [/^53/, 'OVERLOADED'],
  // Lost to another transaction: deadlock, serialization.
  [/^40(001|P01)$/, 'OVERLOADED'],
  // No connection to the server, or a server that shuts down or starts. 08P01 is a fault of ours.
  [/^(08(?!P01)|57P)/, 'UNAVAILABLE'],
  // Of the identity provider, by which tokens are checked.
  [/^KEYS_UNAVAILABLE$/, 'UNAVAILABLE'],
  [/^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/, 'UNAVAILABLE'],
];

/** What the driver throws without a code. */
const BY_MESSAGE: [RegExp, FailureCode][] = [
  [/timeout exceeded when trying to connect/i, 'OVERLOADED'],
  [/connection terminated|connection error and is not queryable/i, 'UNAVAILABLE'],
];

/** Errors that wrap others go no deeper than this. */
const MOST_WRAPPED = 5;

/** What is looked at of an error, whoever made it. */
interface Thrown {
  code?: unknown;
  message?: unknown;
  cause?: unknown;
  /** Of a host with several addresses, each of which was tried. */
  errors?: unknown[];
  /** What GraphQL puts around something that it takes for no error. */
  thrownValue?: unknown;
}

/** What passing failure an error, or one that it wraps, comes from; null for any other. */
export function failureOf(error: unknown): FailureCode | null {
  let at = error;
  for (let depth = 0; depth < MOST_WRAPPED && typeof at === 'object' && at !== null; depth += 1) {
    const { code, message, cause, errors, thrownValue } = at as Thrown;
    const found =
      BY_CODE.find(([known]) => known.test(String(code))) ??
      BY_MESSAGE.find(([known]) => known.test(String(message)));
    if (found) return found[1];
    at = cause ?? thrownValue ?? errors?.[0];
  }
  return null;
}
