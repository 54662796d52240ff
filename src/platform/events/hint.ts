import { RedisPubSub } from 'graphql-redis-subscriptions';
import { PubSub } from 'graphql-subscriptions';
import type { Log } from '../log.js';
import { connectRedis } from '../redis.js';

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
  const meanwhile = 'live delivery goes on by polling';
  // A hint that waits for Redis to come back is worth nothing: the tailer has looked by then.
  const publisher = connectRedis(url, 'publisher', { kind: 'ASKS' }, meanwhile, log);
  const subscriber = connectRedis(url, 'subscriber', { kind: 'LISTENS' }, meanwhile, log);
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
      // Where a SUBSCRIBE fails, as one that is under way at the end does, graphql-redis-subscriptions rejects a promise
      // that only those wait for who subscribe meanwhile: without one, it would end the process.
      pubSub.subscribe(channel, () => undefined).catch(() => undefined);
    },
    close: async () => {
      await local.close();
      publisher.disconnect();
      subscriber.disconnect();
    },
  };
}
