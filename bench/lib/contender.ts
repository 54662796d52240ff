import type { Database } from '../../src/platform/database/database.js';
import type { Options, Told } from '../servers/main.ts';
import { Child } from './child.ts';
import { append, built, configOf, type Fact } from './desk-log.ts';
import type { Opening } from './load.ts';

/** What the desk's log is written by, from outside of the server that is measured: what counts is the delivery. */
export class Writer {
  private readonly database: Database;

  private constructor(database: Database) {
    this.database = database;
  }

  static async open(databaseUrl: string): Promise<Writer> {
    const [{ model }, { openDatabase }] = await Promise.all([built.app(), built.database()]);
    return new Writer(await openDatabase(await configOf(databaseUrl), model));
  }

  append(facts: readonly Fact[]): Promise<void> {
    return append(this.database, facts);
  }

  close(): Promise<void> {
    return this.database.close();
  }
}

type Kind = 'desk' | 'raw' | 'stock' | 'mercurius';

/** A server that is measured, with its subscribers. */
export class Contender {
  readonly name: string;
  private readonly server: Child;
  private readonly load: Child;
  private readonly writer: Writer | undefined;
  private readonly url: string;
  private readonly tokens: string[];
  /** How many deliveries its subscribers have got so far. */
  private received = 0;
  private stopped = false;

  private constructor(
    name: string,
    server: Child,
    load: Child,
    writer: Writer | undefined,
    at: { url: string; tokens: string[] },
  ) {
    this.name = name;
    this.server = server;
    this.load = load;
    this.writer = writer;
    this.url = at.url;
    this.tokens = at.tokens;
  }

  /** @param writer of the desk's log; without it the server is told what to deliver */
  static async start(
    name: string,
    kind: Kind,
    options: Options,
    load: Child,
    writer?: Writer,
  ): Promise<Contender> {
    const server = new Child('servers/main.ts', kind);
    const at = await server.ask<{ url: string; tokens: string[] }>('start', { kind, options });
    return new Contender(name, server, load, kind === 'desk' ? writer : undefined, at);
  }

  /** Opens subscribers. */
  async open({ sockets, query, variables = [[{}]] }: Pick<Opening, 'sockets' | 'query'> & Partial<Opening>) {
    const { name, url, tokens } = this;
    await this.load.ask('open', { name, url, tokens, sockets, query, variables });
  }

  /** Delivers one event again and again until all subscribers get it. */
  async settle(fact: Fact, told: Told, subscribers: number): Promise<void> {
    for (let times = 0; times < 100; times++) {
      const before = await this.load.ask<number>('received', this.name);
      await this.send([fact], [told]);
      await this.silence();
      if (this.received - before === subscribers) return;
    }
    throw new Error(`${this.name}: not all subscribers get what they should`);
  }

  /** Makes an event true in the server again and again until all subscribers, of all nodes, get it. */
  async settleCommit(fact: Fact, told: Told, subscribers: number): Promise<void> {
    for (let times = 0; times < 100; times++) {
      const before = await this.load.ask<number>('received', this.name);
      await this.server.ask('commit', { fact, told });
      await this.silence();
      if (this.received - before === subscribers) return;
    }
    throw new Error(`${this.name}: not all subscribers get what they should`);
  }

  /** Waits until so many subscriptions are ready. */
  async ready(subscriptions: number): Promise<void> {
    while ((await this.server.ask<number>('subscriptions')) < subscriptions) await pause(100);
    await this.silence();
  }

  /** Delivers events at once, and waits until so many deliveries have come of it. */
  async deliver(facts: Fact[], told: Told[], deliveries: number): Promise<void> {
    this.received += deliveries;
    const arrived = this.load.ask('until', { name: this.name, total: this.received });
    await this.send(facts, told);
    await arrived;
  }

  /** Makes an event true in the server. @returns how long it took to the last of so many deliveries, in milliseconds */
  async commit(fact: Fact, told: Told, deliveries: number): Promise<number> {
    this.received += deliveries;
    const arrived = this.load.ask<string>('until', { name: this.name, total: this.received });
    const began = await this.server.ask<string>('commit', { fact, told });
    return Number(BigInt(await arrived) - BigInt(began)) / 1e6;
  }

  /** How much of the processor the server takes for something, in microseconds. CPU_PROF names a folder for its profile. */
  async cpuOf(work: () => Promise<void>): Promise<number> {
    const folder = process.env.CPU_PROF;
    if (folder) await this.server.ask('profile', folder);
    const before = await this.server.ask<number>('cpu');
    await work();
    const after = await this.server.ask<number>('cpu');
    if (folder) await this.server.ask('profile', folder);
    return after - before;
  }

  memory(): Promise<{ rss: number; heap: number }> {
    return this.server.ask('memory');
  }

  /** The last delivery, as it came. */
  async last(): Promise<{ payload: { data: { queueChanges: Told } } }> {
    return JSON.parse(await this.load.ask<string>('last', this.name));
  }

  async lastLength(): Promise<number> {
    return (await this.load.ask<string>('last', this.name)).length;
  }

  async close(): Promise<void> {
    await this.load.ask('close', this.name);
    this.received = 0;
    await pause(300);
  }

  async stop(): Promise<void> {
    if (this.stopped) return;
    this.stopped = true;
    await this.close();
    await this.server.ask('stop');
  }

  /** Waits until nothing is delivered any more. */
  private async silence(): Promise<void> {
    do {
      this.received = await this.load.ask<number>('received', this.name);
      await pause(500);
    } while ((await this.load.ask<number>('received', this.name)) !== this.received);
  }

  private async send(facts: Fact[], told: Told[]): Promise<void> {
    await this.writer?.append(facts);
    await this.server.ask('fire', this.writer ? [] : told);
  }
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
