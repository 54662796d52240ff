import { randomUUID } from 'node:crypto';
import { Child } from '../lib/child.ts';
import { Contender, Writer } from '../lib/contender.ts';
import { type Fact, newDatabase } from '../lib/desk-log.ts';
import type { Report } from '../lib/report.ts';
import type { Options, Told } from '../servers/main.ts';

/** Where the parts of the workload are played: one database, one process of clients. */
export interface Setting {
  databaseUrl: string;
  load: Child;
  report: Report;
  start(
    name: string,
    kind: 'desk' | 'raw' | 'stock' | 'mercurius',
    options?: Partial<Options>,
  ): Promise<Contender>;
}

export async function inSetting(report: Report, play: (setting: Setting) => Promise<void>): Promise<void> {
  const { url, drop } = await newDatabase();
  const load = new Child('lib/load.ts');
  const started: Contender[] = [];
  let writer: Writer | undefined;
  try {
    await play({
      databaseUrl: url,
      load,
      report,
      start: async (name, kind, options = {}) => {
        if (kind === 'desk' && !writer) {
          // The first node makes the schema.
          const first = await Contender.start(name, kind, { databaseUrl: url }, load);
          await first.stop();
          writer = await Writer.open(url);
        }
        const contender = await Contender.start(name, kind, { databaseUrl: url, ...options }, load, writer);
        started.push(contender);
        return contender;
      },
    });
  } finally {
    for (const contender of started) await contender.stop().catch(() => undefined);
    await writer?.close();
    await drop();
  }
}

export const CHANGES = 'subscription { queueChanges { move cursor occurredAt ticketId } }';

/** What happens in the comparisons: something about a ticket changed. */
export function newFact(): Fact {
  return { ticketId: `ticket_${randomUUID()}`, facets: {} };
}

/**
 * Settles everybody's subscribers. What the desk delivered is what the peers are given to deliver, so all are
 * to answer with the same bytes; fails where they don't.
 */
export async function settleAlike(
  contenders: Contender[],
  subscribers: number,
  what = newFact(),
): Promise<Told> {
  const [desk, ...peers] = contenders as [Contender, ...Contender[]];
  const nothing = { move: '', cursor: '', occurredAt: '', ticketId: '' };
  await desk.settle(what, nothing, subscribers);
  await desk.deliver([what], [nothing], subscribers);
  const answer = await desk.last();
  const told = answer.payload.data.queueChanges;
  for (const peer of peers) {
    await peer.settle(what, told, subscribers);
    await peer.deliver([what], [told], subscribers);
    const other = await peer.last();
    if (JSON.stringify(other.payload) !== JSON.stringify(answer.payload))
      throw new Error(
        `${peer.name} answers ${JSON.stringify(other.payload)}, the desk ${JSON.stringify(answer.payload)}`,
      );
    if ((await peer.lastLength()) !== (await desk.lastLength()))
      throw new Error(`${peer.name} and the desk send messages of different length`);
  }
  return told;
}
