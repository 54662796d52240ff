import { mkdirSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { answer } from '../lib/child.ts';
import type { Fact } from '../lib/desk-log.ts';

/** What a server is started with. */
export interface Options {
  /** The database of the desk; all read the same. */
  databaseUrl: string;
  /** Set where events come by Redis, from another node. */
  redisChannel?: string;
  /** Ids of the agents whose sockets the load opens; the demo's agent without. */
  agentIds?: string[];
}

/** What peers deliver: what the desk delivered, as its clients got it. */
export interface Told {
  move: string;
  cursor: string;
  occurredAt: string;
  ticketId: string;
  assigneeId?: string | null;
}

/** One of those that are measured beside one another. */
export interface Peer {
  url: string;
  /** What the load is to say who it is, in turn. */
  tokens: string[];
  /** Delivers these events. The desk has them in its log already, and is only told so. */
  fire(told: Told[]): unknown;
  /** Makes one event true and delivers it over all nodes. @returns when it was true, by the machine's clock */
  commit?(told: Told, fact: Fact): Promise<string>;
  /** How many subscriptions are ready; the desk counts groups of equal ones. */
  subscriptions(): number;
  stop(): Promise<unknown>;
}

const kinds = {
  desk: () => import('./desk.ts'),
  raw: () => import('./raw.ts'),
  stock: () => import('./stock.ts'),
  mercurius: () => import('./mercurius.ts'),
};

let peer: Peer;
let profiler: Session | undefined;

answer({
  start: async ({ kind, options }: { kind: keyof typeof kinds; options: Options }) => {
    const { start } = (await kinds[kind]()) as { start(options: Options): Promise<Peer> };
    peer = await start(options);
    return { url: peer.url, tokens: peer.tokens };
  },
  fire: async (told: Told[]) => void (await peer.fire(told)),
  commit: ({ told, fact }: { told: Told; fact: Fact }) => peer.commit?.(told, fact),
  subscriptions: () => peer.subscriptions(),
  /** Processor time that this process took so far, in microseconds. */
  cpu: () => {
    const { user, system } = process.cpuUsage();
    return user + system;
  },
  /** What is held after everything that can go has gone, in bytes. */
  memory: async () => {
    for (let times = 0; times < 3; times++) {
      globalThis.gc?.();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const { rss, heapUsed, external } = process.memoryUsage();
    return { rss, heap: heapUsed + external };
  },
  /** Profiles the processor from one call to the next, and writes that to the folder. */
  profile: async (folder: string) => {
    if (!profiler) {
      profiler = new Session();
      profiler.connect();
      await profiler.post('Profiler.enable');
      await profiler.post('Profiler.start');
      return;
    }
    const { profile } = await profiler.post('Profiler.stop');
    profiler.disconnect();
    profiler = undefined;
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${folder}/${process.argv[2]}-${Date.now()}.cpuprofile`, JSON.stringify(profile));
  },
  stop: async () => {
    await peer.stop();
    setTimeout(() => process.exit(), 100);
  },
});
