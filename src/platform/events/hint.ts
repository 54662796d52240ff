import { RedisPubSub } from 'graphql-redis-subscriptions';
import { PubSub } from 'graphql-subscriptions';
import { Redis } from 'ioredis';
import type { Log } from '../log.js';

/**
 * Tells every node that the log has grown. A hint carries nothing and may be lost or doubled: the log
 * is the truth, and each node looks by itself now and then.
 */
export interface Hint {
  send(): void;
  onHint(listener: () => void): Promise<void>;
  close(): Promise<void>;
}

const CHANNEL = 'stepdesk:log-grew';

/** Hints within this process. */
export function localHint(): Hint {
  const pubSub = new PubSub();
  const subscriptions: number[] = [];
  return {
    send: () => void pubSub.publish(CHANNEL, null),
    onHint: async (listener) => {
      subscriptions.push(await pubSub.subscribe(CHANNEL, listener));
    },
    close: async () => {
      for (const id of subscriptions) pubSub.unsubscribe(id);
    },
  };
}

/**
 * Hints between nodes by Redis, and at once within this process, so that a node never waits for Redis
 * to hear of its own commits. While Redis is away the desk works on and looks by itself.
 */
export function redisHint(url: string, logId: string, log: Log): Hint {
  const local = localHint();
  const channel = `${CHANNEL}:${logId}`;
  const connect = (name: string) => {
    const redis = new Redis(url, {
      connectionName: `stepdesk-${name}`,
      // With the ready check on, a SUBSCRIBE sent between `connect` and `ready` resolves and never delivers.
      enableReadyCheck: false,
      // A hint that waits for Redis to come back is worth nothing: the tailer has looked by then.
      enableOfflineQueue: name === 'subscriber',
      maxRetriesPerRequest: null,
      retryStrategy: (attempt) => Math.min(50 * attempt, 1000),
    });
    let away = false;
    redis.on('error', (error) => {
      if (!away)
        log.warn(
          { reason: error.message, connection: name },
          'Redis is away; live delivery goes on by polling',
        );
      away = true;
    });
    redis.on('connect', () => {
      if (away) log.info({ connection: name }, 'Redis is back');
      away = false;
    });
    return redis;
  };
  const [publisher, subscriber] = [connect('publisher'), connect('subscriber')];
  const pubSub = new RedisPubSub({ publisher, subscriber });
  return {
    send: () => {
      local.send();
      pubSub.publish(channel, null).catch(() => undefined);
    },
    onHint: async (listener) => {
      await local.onHint(listener);
      // Not awaited: Redis may be away now and come back later.
      pubSub
        .subscribe(channel, listener)
        .catch((error) => log.warn({ reason: String(error) }, 'No hints from Redis'));
    },
    close: async () => {
      await local.close();
      publisher.disconnect();
      subscriber.disconnect();
    },
  };
}
