/** The status of a GraphQL answer (GraphQL over HTTP, September 2026). Pure. */
import type { AnswerType } from './accept.rules.js';

/** What of an answer its status depends on. */
interface Answered {
  /** Whether it has `data`, be it null: whether the operation ran. */
  ran: boolean;
  /** The codes of its errors. */
  codes: string[];
}

/** Refusals that have nothing to do with GraphQL: every client and every proxy reads their status. */
const PLAIN: Record<string, number> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  DOCUMENT_NOT_TRUSTED: 403,
  RATE_LIMITED: 429,
  INTERNAL_SERVER_ERROR: 500,
  OVERLOADED: 503,
  UNAVAILABLE: 503,
  TIMEOUT: 504,
};

/** Faults of the request that have a status of their own where the status tells; any other is 422. */
const TOLD: Record<string, number> = {
  GRAPHQL_PARSE_FAILED: 400,
  PERSISTED_QUERY_NOT_FOUND: 404,
  DOCUMENT_NOT_FOUND: 404,
};

/**
 * The status of an answer. Clients that take `application/json` alone were built for servers that answer 200
 * to every request that is well-formed, and still get that.
 */
export function statusOf({ ran, codes }: Answered, type: AnswerType): number {
  const tells = type === 'application/graphql-response+json';
  if (ran) return tells && codes.length > 0 ? 294 : 200;
  const code = codes[0] ?? 'INTERNAL_SERVER_ERROR';
  const plain = PLAIN[code];
  if (plain !== undefined) return plain;
  if (tells) return TOLD[code] ?? 422;
  return code === 'BAD_REQUEST' ? 400 : 200;
}
