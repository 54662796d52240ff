import { randomBytes } from 'node:crypto';
import { afterAll, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { loadConfig } from '../../src/platform/config.js';
import { createLog } from '../../src/platform/log.js';
import { type RateLimiter, rateLimiter } from '../../src/platform/rate-limiter.js';
import { until } from '../support/desk.js';

const url = process.env.REDIS_URL as string;
const log = createLog({ logLevel: 'silent' });
const made: RateLimiter[] = [];
afterAll(() => {
  for (const limiter of made) limiter.close();
});

/** A node's limiter: 100 points an hour. */
async function node(desk: string, redisUrl = url): Promise<RateLimiter> {
  const env = { REDIS_URL: redisUrl, RATE_LIMIT: '100', QUERY_COST: '100', RATE_WINDOW_SECONDS: '3600' };
  const limiter = rateLimiter(loadConfig(env), desk, log);
  made.push(limiter);
  return limiter;
}
const aDesk = () => randomBytes(6).toString('hex');

test('a caller has one limit on all nodes of a desk, and each desk its own', async () => {
  const desk = aDesk();
  const nodes = [await node(desk), await node(desk)] as [RateLimiter, RateLimiter];
  await connected(nodes);
  const spent = await Promise.all(Array.from({ length: 30 }, (_, n) => nodes[n % 2 ? 0 : 1].spend('ada', 7)));
  expect(spent.filter(({ granted }) => granted)).toHaveLength(Math.floor(100 / 7));
  // What was refused cost nothing, and another caller and desk have not asked.
  expect(await nodes[0].spend('ada', 2)).toMatchObject({ granted: true, remaining: 0 });
  expect(await nodes[1].spend('ben', 2)).toMatchObject({ granted: true, remaining: 98 });
  expect(await (await node(aDesk())).spend('ada', 2)).toMatchObject({ granted: true, remaining: 98 });
});

test('what is given back on one node is there on the other', async () => {
  const desk = aDesk();
  const [here, there] = [await node(desk), await node(desk)];
  await connected([here, there]);
  const allowance = await here.spend('ada', 100);
  expect(here.giveBack('ada', 60, allowance).remaining).toBe(60);
  await here.spend('ada', 1);
  expect(await there.spend('ada', 1)).toMatchObject({ granted: true, remaining: 58 });
});

test('while Redis is away each node counts by itself; nobody waits and no request fails', async () => {
  const limiter = await node(aDesk(), 'redis://127.0.0.1:1');
  const start = performance.now();
  const spent = await Promise.all(Array.from({ length: 12 }, () => limiter.spend('ada', 10)));
  expect(performance.now() - start).toBeLessThan(1000);
  expect(spent.filter(({ granted }) => granted)).toHaveLength(10);
});

test('a Redis that hangs is not waited for', async () => {
  const desk = aDesk();
  const limiter = await node(desk);
  await connected([limiter]);
  const redis = new Redis(url);
  await redis.call('CLIENT', 'PAUSE', '1500', 'ALL');
  const start = performance.now();
  expect(await limiter.spend('ada', 10)).toMatchObject({ granted: true, remaining: 90 });
  expect(performance.now() - start).toBeLessThan(1000);
  await redis.ping();
  redis.disconnect();
});

/** Waits until each of the nodes counts in Redis. */
async function connected(nodes: RateLimiter[]): Promise<void> {
  const redis = new Redis(url);
  for (const limiter of nodes) {
    const probe = `probe-${aDesk()}`;
    await until(async () => {
      await limiter.spend(probe, 1);
      return (await redis.keys(`*${probe}`)).length > 0;
    }, 'the node to count in Redis');
  }
  redis.disconnect();
}
