import { any } from './director.js';
import type { Play } from './play.js';
import { pause } from './writers.js';

/** The node that is killed. */
const DOOMED = 2;

/** What went wrong on the way, on purpose. */
export interface Mishaps {
  cuts: number;
  redisRestarts: number;
  listenersKilled: number;
  nodesKilled: number;
}

/** Has things go wrong while events are written: each at its share of the way, sockets all the time. */
export async function playFaults(play: Play, events: number): Promise<Mishaps> {
  const { redis, nodes, followers, db } = play;
  const mishaps: Mishaps = { cuts: 0, redisRestarts: 0, listenersKilled: 0, nodesKilled: 0 };
  const kills = Array.from({ length: 10 }, (_, index) => ({
    at: 0.45 + index * 0.05,
    act: async () => {
      // Somebody has to be back from the last time.
      while ((await redis.killListeners()) === 0) await pause(20);
      mishaps.listenersKilled += 1;
    },
  }));
  const script = [
    { at: 0.15, act: () => redis.kill() },
    {
      at: 0.3,
      act: async () => {
        await redis.start();
        mishaps.redisRestarts += 1;
      },
    },
    {
      at: 0.55,
      act: async () => {
        await nodes.all[DOOMED]?.kill();
        mishaps.nodesKilled += 1;
      },
    },
    { at: 0.7, act: () => nodes.replace(DOOMED) },
    ...kills,
  ].sort((a, b) => a.at - b.at);
  const first = await written(db);
  for (let share = 0; share < 1 || script.length > 0; ) {
    any(followers).cut();
    mishaps.cuts += 1;
    await pause(20 + Math.random() * 30);
    share = ((await written(db)) - first) / events;
    if ((script[0]?.at ?? 1) <= share) await script.shift()?.act();
  }
  return mishaps;
}

async function written(db: Play['db']): Promise<number> {
  const { rows } = await db.query("select sum(last_seq)::int as last from event_stream where id <> 'rights'");
  return rows[0].last;
}
