import { randomUUID } from 'node:crypto';
import type { Contender } from '../lib/contender.ts';
import { interleaved, quantile } from '../lib/numbers.ts';
import { short } from '../lib/report.ts';
import { CHANGES, newFact, type Setting } from './setting.ts';

const SUBSCRIBERS = 1_000;
const ROUNDS = 5;
const EVENTS = 40;

/** From the commit at one node to the last of 1,000 clients, half of them at another that hears of it by Redis. */
export async function twoNodes({ start, report }: Setting): Promise<void> {
  const pairs: Pair[] = [];
  for (const [name, kind] of [
    ['raw ws, one hop over Redis', 'raw'],
    ['Stepdesk', 'desk'],
    ['graphql-ws + graphql-redis-subscriptions', 'stock'],
  ] as const) {
    const redisChannel = `bench:${randomUUID()}`;
    const first = await start(name, kind, { redisChannel });
    const second = await start(name, kind, { redisChannel });
    for (const node of [first, second]) await node.open({ sockets: SUBSCRIBERS / 2, query: CHANGES });
    pairs.push({ name, first, second });
  }
  const fact = newFact();
  const told = {
    move: 'UPDATED',
    cursor: 'x'.repeat(32),
    occurredAt: new Date().toISOString(),
    ticketId: fact.ticketId,
  };
  const every = new Map<string, number[]>(pairs.map(({ name }) => [name, []]));
  for (const { first } of pairs) await first.settleCommit(fact, told, SUBSCRIBERS);
  const medians = await interleaved(pairs, ROUNDS, async ({ name, first }) => {
    const taken: number[] = [];
    for (let event = 0; event < EVENTS; event++) taken.push(await first.commit(fact, told, SUBSCRIBERS));
    every.get(name)?.push(...taken);
    return quantile(taken, 0.5);
  });
  const p99 = (name: string) => quantile(every.get(name)?.slice(EVENTS) ?? [], 0.99);
  const [raw, desk] = pairs as [Pair, Pair, Pair];
  const ratio = p99(desk.name) / p99(raw.name);
  report.add({
    title: 'From the commit to the last of 1,000 clients, over two nodes and Redis (p50)',
    unit: 'ms',
    lines: [...medians].map(([name, figures]) => ({
      name,
      figures,
      note: `p99 ${short(p99(name))} ms`,
    })),
    aims: [{ aim: 'p99 at most 2 × raw', measured: `${short(ratio)} ×`, met: ratio <= 2 }],
  });
  for (const { first, second } of pairs) for (const node of [first, second]) await node.stop();
}

interface Pair {
  name: string;
  first: Contender;
  second: Contender;
}
