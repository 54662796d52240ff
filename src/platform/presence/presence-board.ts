import type { Clock } from '../clock.js';
import type { Log } from '../log.js';
import { connectRedis } from '../redis.js';
import { type Mark, readMark } from './mark.rules.js';
import { Marks } from './marks.js';

/**
 * Who is at which place, as they say by themselves, again and again: marks that run out. They are passing,
 * so they are in no database and no log. Across nodes they go by Redis; while it is away each node knows
 * what it was told itself, and the next word of everybody mends it.
 */
export interface PresenceBoard {
  /** How many watch: what a leak test counts. */
  readonly watching: number;
  /** What is known at each of these places, some of which may have run out. Never throws. */
  at(places: readonly string[]): Promise<Mark[][]>;
  /** Where somebody has a mark, as far as this node knows. */
  of(who: string): [place: string, mark: Mark][];
  /** Makes known what somebody says at a place. */
  put(place: string, mark: Mark): void;
  /**
   * Has `tell` called whenever something is said at the place. That something runs out is not told.
   * @returns ends the watch
   */
  watch(place: string, tell: () => void): () => void;
  close(): Promise<void>;
}

/** The board of a desk of one node. */
export function localBoard(clock: Clock): PresenceBoard {
  const marks = new Marks();
  return {
    get watching() {
      return marks.watching;
    },
    at: async (places) => places.map((place) => marks.at(place)),
    of: (who) => marks.of(who),
    put: (place, mark) => marks.take(place, mark, clock.now().getTime()),
    watch: (place, tell) => marks.watch(place, tell),
    close: async () => undefined,
  };
}

const NAME = 'stepdesk:presence';
/** How long Redis keeps a place of which nothing is heard, in milliseconds; longer than any mark. */
const KEPT = 60_000;
/** How long a read waits for Redis before it answers from what this node knows, in milliseconds. */
const PATIENCE = 500;
const MEANWHILE = 'presence is what this node knows by itself';

/**
 * A board that nodes share: a hash for each place, which any node reads, and a channel that tells the others.
 * @param deskId keeps apart the desks that share a Redis
 */
export function redisBoard(url: string, deskId: string, clock: Clock, log: Log): PresenceBoard {
  const marks = new Marks();
  const keyOf = (place: string) => `${NAME}:${deskId}:${place}`;
  const channel = `${NAME}:${deskId}`;
  const take = (place: string, text: string) => {
    const mark = readMark(text);
    const now = clock.now().getTime();
    // A node whose clock runs ahead keeps nobody present for ever.
    if (mark) marks.take(place, { ...mark, until: Math.min(mark.until, now + KEPT) }, now);
  };
  const redis = connectRedis(url, 'presence', { kind: 'ASKS', patience: PATIENCE }, MEANWHILE, log);
  const subscriber = connectRedis(url, 'presence-subscriber', { kind: 'LISTENS' }, MEANWHILE, log);
  subscriber.on('message', (_channel, message) => {
    const at = message.indexOf(' ');
    take(message.slice(0, at), message.slice(at + 1));
  });
  // Not awaited: Redis may be away now and come back later.
  subscriber.subscribe(channel).catch(() => undefined);
  return {
    get watching() {
      return marks.watching;
    },
    at: async (places) => {
      const reading = redis.pipeline();
      for (const place of places) reading.hvals(keyOf(place));
      const found = await reading.exec().catch(() => null);
      found?.forEach(([error, texts], index) => {
        if (!error) for (const text of texts as string[]) take(places[index] as string, text);
      });
      return places.map((place) => marks.at(place));
    },
    of: (who) => marks.of(who),
    put: (place, mark) => {
      const text = JSON.stringify(mark);
      marks.take(place, mark, clock.now().getTime());
      redis
        .multi()
        .hset(keyOf(place), mark.who, text)
        .pexpire(keyOf(place), KEPT)
        .publish(channel, `${place} ${text}`)
        .exec()
        .catch(() => undefined);
    },
    watch: (place, tell) => marks.watch(place, tell),
    close: async () => {
      redis.disconnect();
      subscriber.disconnect();
    },
  };
}
