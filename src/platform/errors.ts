/**
 * Why a request was refused, for programs. The description of each is part of the contract; codes are
 * added, never renamed.
 */
export enum ErrorCode {
  ALREADY_CLAIMED = 'ALREADY_CLAIMED',
  ALREADY_DECIDED = 'ALREADY_DECIDED',
  ALREADY_EXISTS = 'ALREADY_EXISTS',
  ANSWERS_WOULD_BE_LOST = 'ANSWERS_WOULD_BE_LOST',
  FORBIDDEN = 'FORBIDDEN',
  GATE_PENDING = 'GATE_PENDING',
  IDEMPOTENCY_KEY_REUSED = 'IDEMPOTENCY_KEY_REUSED',
  INVALID_INPUT = 'INVALID_INPUT',
  INVALID_TRANSITION = 'INVALID_TRANSITION',
  NOT_FOUND = 'NOT_FOUND',
  REQUIRED = 'REQUIRED',
  SELF_APPROVAL = 'SELF_APPROVAL',
  STALE = 'STALE',
  STEP_NOT_READY = 'STEP_NOT_READY',
  TOKEN_INVALID = 'TOKEN_INVALID',
  UNDO_BLOCKED = 'UNDO_BLOCKED',
  UNRESOLVED_VARIABLE = 'UNRESOLVED_VARIABLE',
}

/** One reason for a refusal. `path` leads to the input that caused it, from the argument down. */
export interface Fault {
  code: ErrorCode;
  message: string;
  path?: string[];
}

/**
 * An expected refusal. Thrown inside a transaction, so that everything rolls back; turned into
 * `userErrors` in one place (`graphql/payload.ts`), or into a top-level error with the same code where
 * a query has no payload.
 */
export class DomainError extends Error {
  readonly faults: Fault[];

  constructor(code: ErrorCode, message: string, path?: string[]);
  constructor(faults: Fault[], options?: ErrorOptions);
  constructor(first: ErrorCode | Fault[], second?: string | ErrorOptions, path?: string[]) {
    const [message, options] = typeof second === 'string' ? [second, undefined] : ['', second];
    const faults = Array.isArray(first) ? first : [{ code: first, message, path }];
    super(faults.map((fault) => fault.message).join(' '), options);
    this.name = 'DomainError';
    this.faults = faults;
  }

  get code(): ErrorCode {
    return this.faults[0]?.code ?? ErrorCode.INVALID_INPUT;
  }
}

/** The answer for an id that leads nowhere or to what the viewer may not see: the same words for both. */
export function notFound(noun: string, id: string, path?: string[]): DomainError {
  return new DomainError(ErrorCode.NOT_FOUND, `There is no ${noun} with the id ${id}.`, path);
}
