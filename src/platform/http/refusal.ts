import type { ServerResponse } from 'node:http';
import { AuthenticationError } from '../auth/token.js';
import { FAILURES, type FailureCode, failureOf } from '../failure.rules.js';
import type { Log } from '../log.js';
import { sendJson } from './respond.js';

interface HttpRefusalOptions extends ErrorOptions {
  status: number;
  /** For programs, as `extensions.code`. */
  code: string;
  /** Whether the same request may do better later. */
  retryable?: boolean;
  headers?: Record<string, string>;
}

/** What goes wrong before GraphQL has begun, or outside it: a status, and JSON in GraphQL's shape. */
export class HttpRefusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly retryable: boolean;
  readonly headers: Record<string, string>;

  constructor(message: string, options: HttpRefusalOptions) {
    super(message, options);
    this.status = options.status;
    this.code = options.code;
    this.retryable = options.retryable ?? false;
    this.headers = options.headers ?? {};
  }
}

export class BodyTooLarge extends HttpRefusal {
  constructor(most: number, headers: Record<string, string>) {
    super(`A request has at most ${most} bytes.`, { status: 413, code: 'PAYLOAD_TOO_LARGE', headers });
  }
}

export function methodNotAllowed(allow: string, message: string): HttpRefusal {
  return new HttpRefusal(message, { status: 405, code: 'METHOD_NOT_ALLOWED', headers: { allow } });
}

/** Seconds after which a client does well to try again. */
const SOON = '1';

/** A passing failure, as an answer. */
export function passing(code: FailureCode, options?: ErrorOptions): HttpRefusal {
  return new HttpRefusal(FAILURES[code], {
    status: code === 'TIMEOUT' ? 504 : 503,
    code,
    retryable: true,
    headers: { 'retry-after': SOON },
    ...options,
  });
}

/** Answers an expected failure. @returns false for any other, which is for the log */
export function refuse(response: ServerResponse, error: unknown, log: Log): boolean {
  const refusal = refusalOf(error);
  if (!refusal || response.headersSent) return false;
  if (refusal.retryable)
    log.warn({ err: refusal.cause, code: refusal.code }, 'A request could not be answered now');
  const { status, code, message, retryable, headers } = refusal;
  const extensions = { code, ...(retryable ? { retryable } : {}) };
  sendJson(response, status, { errors: [{ message, extensions }] }, headers);
  return true;
}

function refusalOf(error: unknown): HttpRefusal | null {
  if (error instanceof HttpRefusal) return error;
  if (error instanceof AuthenticationError)
    return new HttpRefusal(error.message, {
      status: 401,
      code: 'UNAUTHENTICATED',
      headers: { 'www-authenticate': 'Bearer' },
    });
  const failure = failureOf(error);
  return failure && passing(failure, { cause: error });
}
