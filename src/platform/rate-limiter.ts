import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { Config } from './config.js';
import type { Log } from './log.js';
import { connectRedis } from './redis.js';

/** What somebody may still spend. */
export interface Allowance {
  /** Whether it was granted; what is refused costs nothing. */
  granted: boolean;
  /** Points of a window. */
  limit: number;
  remaining: number;
  /** When the window ends and the limit is whole again. */
  resetAt: Date;
}

/** Counts points by caller within windows of time, over all nodes. */
export interface RateLimiter {
  spend(caller: string, points: number): Promise<Allowance>;
  /** Gives back what was spent of an allowance and not used, while its window lasts. Nobody waits for it. */
  giveBack(caller: string, points: number, of: Allowance): Allowance;
  close(): void;
}

/** How long Redis may take to count; then this node counts by itself. */
const PATIENCE = 250;

/**
 * Counts in Redis, for all nodes together; without Redis, and while it is away, each node counts by itself.
 * Counting never fails a request.
 * @param desk tells this desk's callers from those of another on the same Redis
 */
export function rateLimiter(config: Config, desk: string, log: Log): RateLimiter {
  const { points, seconds } = config.rate;
  const windows = { points, duration: seconds, keyPrefix: `stepdesk:rate:${desk}` };
  const alone = new RateLimiterMemory(windows);
  if (!config.redisUrl) return limiterBy(alone, points, () => undefined);
  const redis = connectRedis(
    config.redisUrl,
    'rate',
    { kind: 'ASKS', patience: PATIENCE },
    'each node counts requests by itself',
    log,
  );
  const shared = new RateLimiterRedis({
    ...windows,
    storeClient: redis,
    rejectIfRedisNotReady: true,
    insuranceLimiter: alone,
  });
  return limiterBy(shared, points, () => redis.disconnect());
}

function limiterBy(
  counter: RateLimiterMemory | RateLimiterRedis,
  limit: number,
  close: () => void,
): RateLimiter {
  const allowance = (granted: boolean, { remainingPoints, msBeforeNext }: RateLimiterRes): Allowance => ({
    granted,
    limit,
    remaining: Math.min(limit, remainingPoints),
    resetAt: new Date(Date.now() + Math.max(0, msBeforeNext)),
  });
  return {
    spend: async (caller, points) => {
      try {
        return allowance(true, await counter.consume(caller, points));
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        // It counts what it refuses, too.
        return allowance(false, await counter.reward(caller, points));
      }
    },
    giveBack: (caller, points, of) => {
      if (points <= 0 || Date.now() >= of.resetAt.getTime()) return of;
      counter.reward(caller, points).catch(() => undefined);
      return { ...of, remaining: Math.min(limit, of.remaining + points) };
    },
    close,
  };
}
