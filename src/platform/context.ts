import DataLoader from 'dataloader';
import type { Viewer } from './auth/viewer.js';
import type { Clock } from './clock.js';
import type { Config } from './config.js';
import type { Database, EntityManager } from './database/database.js';
import type { EventLog } from './events/event-log.js';
import type { Hint } from './events/hint.js';
import type { LiveHub } from './events/live-hub.js';
import type { Log } from './log.js';

/** One node of the desk: what lives as long as the process. */
export interface Desk {
  config: Config;
  clock: Clock;
  log: Log;
  database: Database;
  eventLog: EventLog;
  hub: LiveHub;
  hint: Hint;
  /** Where people reach this desk, for links. No slash at the end. */
  publicUrl: string;
}

/** How things of one kind are read by their ids, many at once. Answers in the order of the keys. */
export interface Loader<Key, Value> {
  load(ctx: Context, keys: readonly Key[]): Promise<(Value | null)[]>;
}

/**
 * What one operation works with, and one delivered event: who asks, a unit of work of its own, and
 * loaders that see one moment. Never shared between two operations.
 */
export class Context {
  private readonly loaders = new Map<Loader<any, any>, DataLoader<any, any>>();

  constructor(
    readonly desk: Desk,
    readonly viewer: Viewer,
    readonly em: EntityManager = desk.database.fork(),
    private readonly identify: () => Promise<Viewer> = async () => viewer,
  ) {}

  /** A context for the next event of a subscription: nothing read yet, the viewer's rights as they are now. */
  async renew(): Promise<Context> {
    return new Context(this.desk, await this.identify(), undefined, this.identify);
  }

  /** The thing with this key, or null where there is none that the viewer may see. Batched. */
  load<Key, Value>(loader: Loader<Key, Value>, key: Key): Promise<Value | null> {
    let batch = this.loaders.get(loader);
    if (!batch) {
      batch = new DataLoader<Key, Value | null>((keys) => loader.load(this, keys), { maxBatchSize: 500 });
      this.loaders.set(loader, batch);
    }
    return batch.load(key);
  }

  /** Forgets what was read: after a change, what follows reads anew. */
  forget(): void {
    this.loaders.clear();
    this.em.clear();
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
