import { Redis, type RedisOptions } from 'ioredis';
import type { Log } from './log.js';

/**
 * What a connection is for. One that *listens* waits for Redis to come back and subscribes again; one that *asks*
 * fails at once instead: whoever would wait has a way of its own.
 */
type Purpose = { kind: 'LISTENS' } | { kind: 'ASKS'; patience?: number };

/**
 * A connection to Redis that comes back by itself, and says once that it went and once that it is back. Nothing
 * of the desk depends on Redis being there.
 * @param name of the connection, as Redis shows it behind `stepdesk-`
 * @param meanwhile what happens while Redis is away, in English
 * @param purpose of one that asks: how long an answer may take, in milliseconds
 */
export function connectRedis(
  url: string,
  name: string,
  purpose: Purpose,
  meanwhile: string,
  log: Log,
): Redis {
  const how: RedisOptions =
    purpose.kind === 'LISTENS'
      ? { enableOfflineQueue: true, maxRetriesPerRequest: null }
      : { enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: purpose.patience };
  const redis = new Redis(url, {
    ...how,
    connectionName: `stepdesk-${name}`,
    // With the ready check on, a SUBSCRIBE sent between `connect` and `ready` resolves and never delivers.
    enableReadyCheck: false,
    retryStrategy: (attempt) => Math.min(50 * attempt, 1000),
  });
  let away = false;
  redis.on('error', ({ message: reason }) => {
    if (!away) log.warn({ reason, connection: name }, `Redis is away; ${meanwhile}`);
    away = true;
  });
  redis.on('connect', () => {
    if (away) log.info({ connection: name }, 'Redis is back');
    away = false;
  });
  return redis;
}
