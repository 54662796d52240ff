import DataLoader from 'dataloader';
import type { Viewer } from './auth/viewer.js';
import type { Clock } from './clock.js';
import type { Config } from './config.js';
import type { Database, EntityManager } from './database/database.js';
import type { Transaction } from './database/transaction.js';
import type { EventLog } from './events/event-log.js';
import type { Hint } from './events/hint.js';
import type { LiveHub } from './events/live-hub.js';
import type { Log } from './log.js';
import type { PresenceBoard } from './presence/presence-board.js';

/** One node of the desk: what lives as long as the process. */
export interface Desk {
  config: Config;
  clock: Clock;
  log: Log;
  database: Database;
  eventLog: EventLog;
  hub: LiveHub;
  hint: Hint;
  presence: PresenceBoard;
  /** Where people reach this desk, for links. No slash at the end. */
  publicUrl: string;
}

/** How things of one kind are read by their ids, many at once. Answers in the order of the keys. */
export interface Loader<Key, Value> {
  load(ctx: Context, keys: readonly Key[]): Promise<(Value | null)[]>;
  /**
   * For whom it reads the same: viewers with the same answer share what it read in one `Moment`. It must look
   * at nothing else of the viewer. Without it, nothing is shared.
   */
  alike?(viewer: Viewer): string;
}

/** What is read of the desk at one time, for all to whom an event is shown then. */
export class Moment {
  private readonly loaders = new Map<string, Map<Loader<any, any>, DataLoader<any, any>>>();

  of(alike: string): Map<Loader<any, any>, DataLoader<any, any>> {
    const kept = this.loaders.get(alike);
    if (kept) return kept;
    const made = new Map<Loader<any, any>, DataLoader<any, any>>();
    this.loaders.set(alike, made);
    return made;
  }
}

/**
 * What one operation works with, and one delivered event: who asks, a unit of work of its own, and
 * loaders that see one moment. Never shared between two operations.
 */
export class Context {
  /**
   * Writes a record of what is being done, in the transaction that does it and as its last work. For whoever
   * has something recorded; at most once, since the first transaction that is committed takes it.
   */
  witness: ((tx: Transaction) => Promise<void>) | null = null;

  private readonly loaders = new Map<Loader<any, any>, DataLoader<any, any>>();
  private unitOfWork: EntityManager | undefined;

  constructor(
    readonly desk: Desk,
    readonly viewer: Viewer,
    em?: EntityManager,
    private readonly identify: () => Promise<Viewer> = async () => viewer,
    private readonly moment?: Moment,
  ) {
    this.unitOfWork = em;
  }

  /** Made when it is first needed: many a delivery reads nothing. */
  get em(): EntityManager {
    this.unitOfWork ??= this.desk.database.fork();
    return this.unitOfWork;
  }

  /** A context for the next event of a subscription: nothing read yet, the viewer's rights as they are now. */
  async renew(): Promise<Context> {
    return new Context(this.desk, await this.identify(), undefined, this.identify);
  }

  /** The thing with this key, or null where there is none that the viewer may see. Batched. */
  load<Key, Value>(loader: Loader<Key, Value>, key: Key): Promise<Value | null> {
    const loaders = this.moment && loader.alike ? this.moment.of(loader.alike(this.viewer)) : this.loaders;
    let batch = loaders.get(loader);
    if (!batch) {
      batch = new DataLoader<Key, Value | null>((keys) => loader.load(this, keys), { maxBatchSize: 500 });
      loaders.set(loader, batch);
    }
    return batch.load(key);
  }

  /** Forgets what was read: after a change, what follows reads anew. */
  forget(): void {
    this.loaders.clear();
    this.unitOfWork?.clear();
  }
}

/** Puts rows in the order of the keys that asked for them. */
export function inOrder<Value>(keys: readonly string[], values: Value[], keyOf: (value: Value) => string) {
  const byKey = new Map(values.map((value) => [keyOf(value), value]));
  return keys.map((key) => byKey.get(key) ?? null);
}

/** The same for lists: the rows of each key, in the order they came. */
export function grouped<Value>(
  keys: readonly string[],
  values: Value[],
  keyOf: (value: Value) => string,
): Value[][] {
  const groups = new Map<string, Value[]>(keys.map((key) => [key, []]));
  for (const value of values) groups.get(keyOf(value))?.push(value);
  return keys.map((key) => groups.get(key) ?? []);
}
