import type { GraphQLError } from 'graphql';
import type { Cost } from '../graphql/cost.js';
import { requestError } from '../graphql/request-error.js';
import type { Allowance } from '../rate-limiter.js';

/** What clients read of a cost, as `extensions.cost`. */
export interface CostReport {
  /** What it could have cost, by the page sizes asked for. */
  requested: number;
  /** What it did; null where it did not run. */
  actual: number | null;
  /** Points of a window, what is left of them, and when they are whole again. */
  limit: number;
  remaining: number;
  resetAt: string;
}

/** The least that a request costs, also one that is refused or run dry. */
export const LEAST = 1;

export function reportOf(cost: Cost, actual: number | null, allowance: Allowance): CostReport {
  const { limit, remaining, resetAt } = allowance;
  return { requested: cost.requested, actual, limit, remaining, resetAt: resetAt.toISOString() };
}

/** The same for programs that read no body: `x-ratelimit-reset` and `retry-after` in seconds from now. */
export function headersOf({ granted, limit, remaining, resetAt }: Allowance): Record<string, string> {
  const reset = String(secondsTo(resetAt));
  return {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': reset,
    ...(granted ? {} : { 'retry-after': reset }),
  };
}

export function rateLimited(allowance: Allowance, cost?: CostReport): GraphQLError {
  const retryAfter = secondsTo(allowance.resetAt);
  return requestError('RATE_LIMITED', `You have used up your limit; try again in ${retryAfter} s.`, {
    extensions: { retryable: true, retryAfter, ...(cost ? { cost } : {}) },
  });
}

export function costExceeded(cost: CostReport, most: number): GraphQLError {
  return requestError(
    'COST_EXCEEDED',
    `This may cost ${cost.requested}, and a request at most ${most}: ask for smaller pages, or for less of each object.`,
    { extensions: { cost } },
  );
}

function secondsTo(moment: Date): number {
  return Math.max(1, Math.ceil((moment.getTime() - Date.now()) / 1000));
}
