import { short } from '../lib/report.ts';
import { CHANGES, type Setting, settleAlike } from './setting.ts';

const SUBSCRIBERS = 2_000;
const ROUNDS = 3;

/** What subscribers cost while nothing happens, and what it costs to let them in. */
export async function idle({ start, report }: Setting): Promise<void> {
  const kinds = [
    ['Stepdesk', 'desk'],
    ['raw ws', 'raw'],
    ['graphql-ws + TypeGraphQL', 'stock'],
  ] as const;
  const heap = new Map<string, number[]>();
  const rss = new Map<string, number[]>();
  const cpu = new Map<string, number[]>();
  const note = (figures: Map<string, number[]>, name: string, figure: number) =>
    figures.set(name, [...(figures.get(name) ?? []), figure]);
  for (let round = 0; round < ROUNDS; round++) {
    // Servers of their own in each round, since what was once taken from the system is rarely given back.
    const all = await Promise.all(kinds.map(([name, kind]) => start(name, kind)));
    for (const contender of all) await contender.open({ sockets: 50, query: CHANGES });
    await settleAlike(all, 50);
    for (const contender of all) {
      const before = await contender.memory();
      const taken = await contender.cpuOf(() => contender.open({ sockets: SUBSCRIBERS, query: CHANGES }));
      const after = await contender.memory();
      note(heap, contender.name, (after.heap - before.heap) / SUBSCRIBERS / 1000);
      note(rss, contender.name, (after.rss - before.rss) / SUBSCRIBERS / 1000);
      note(cpu, contender.name, taken / SUBSCRIBERS);
    }
    await settleAlike(all, SUBSCRIBERS + 50);
    for (const contender of all) await contender.stop();
  }
  const lines = (figures: Map<string, number[]>) =>
    [...figures].map(([name, values]) => ({ name, figures: values }));
  const middle = (figures: Map<string, number[]>, name: string) =>
    [...(figures.get(name) ?? [])].sort((a, b) => a - b)[ROUNDS >> 1] as number;
  const own = middle(heap, 'Stepdesk');
  const ownRss = middle(rss, 'Stepdesk');
  const storm = middle(cpu, 'Stepdesk') / middle(cpu, 'graphql-ws + TypeGraphQL');
  report.add({
    title: 'Memory of an idle subscriber with a socket of its own: heap and buffers after collection',
    unit: 'kB',
    lines: lines(heap),
    aims: [{ aim: 'at most 20 kB', measured: `${short(own)} kB`, met: own <= 20 }],
  });
  report.add({
    title: 'The same by the resident set of the process',
    unit: 'kB',
    lines: lines(rss),
    aims: [{ aim: 'at most 20 kB', measured: `${short(ownRss)} kB`, met: ownRss <= 20 }],
  });
  report.add({
    title: 'Letting a subscriber in: connecting, token, subscribing',
    unit: 'CPU µs per subscriber',
    lines: lines(cpu),
    aims: [{ aim: 'at most 50 % of stock', measured: `${short(storm * 100)} %`, met: storm <= 0.5 }],
  });
}
