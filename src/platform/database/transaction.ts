import { sql } from 'kysely';
import type { Viewer } from '../auth/viewer.js';
import { Context, type Desk } from '../context.js';
import type { Change, NewEvent } from '../events/event.js';
import { type Batch, EventLog } from '../events/event-log.js';
import { type EntityManager, sqlOf } from './database.js';

/**
 * A change of the desk under way: everything in it happens, or nothing. Events that are appended here
 * are written at its end, in the same transaction as what they tell.
 */
export class Transaction extends Context {
  private readonly batches = new Map<string, Batch>();
  private readonly closers: (() => Promise<void> | void)[] = [];
  /** What a record of the change should say. */
  readonly notes: Record<string, unknown> = {};
  /** The change was made before, by an earlier request with the same idempotency key. */
  repeats = false;

  constructor(
    desk: Desk,
    viewer: Viewer,
    em: EntityManager,
    /** When the change happens: one moment for all of it. */
    readonly now: Date,
    private readonly locked: Set<string>,
  ) {
    super(desk, viewer, em);
  }

  /** Keeps everyone else who locks the same name waiting until this transaction ends. */
  async lock(name: string): Promise<void> {
    await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(sqlOf(this.em));
  }

  /** Says that this transaction makes the stream's subject, so that no one else can know of it yet. */
  created(streamId: string): void {
    this.locked.add(streamId);
  }

  append(streamId: string, ...events: NewEvent[]): void {
    this.batch(streamId).events.push(...events);
  }

  /** Tells live lists how the stream's subject looked before (kept from the first call) and looks now. */
  changed(streamId: string, change: Change): void {
    const batch = this.batch(streamId);
    const { before = change.before, more } = batch.change ?? {};
    batch.change = { before, after: change.after, ...(more ? { more } : {}) };
  }

  /** Tells live lists what else changed with the stream's subject; to be called after `changed`. */
  changedToo(streamId: string, name: string, value: unknown): void {
    const batch = this.batch(streamId);
    const change = batch.change ?? { before: null, after: null };
    batch.change = { ...change, more: { ...change.more, [name]: value } };
  }

  /** Whether something was appended to the stream. */
  tells(streamId: string): boolean {
    return (this.batches.get(streamId)?.events.length ?? 0) > 0;
  }

  /** Has something done once the work is over and before the events are written. */
  atEnd(closer: () => Promise<void> | void): void {
    this.closers.push(closer);
  }

  /** Adds to what a record of the change says: ids, flags, words of vocabularies; no names or texts of people. */
  note(what: Record<string, unknown>): void {
    Object.assign(this.notes, what);
  }

  /** Ends the work: flushes the entities and writes the events. Called by `inTransaction` and `rehearse` alone. */
  async finish(): Promise<boolean> {
    for (let closer = this.closers.shift(); closer; closer = this.closers.shift()) await closer();
    await this.em.flush();
    const batches = [...this.batches.values()];
    await EventLog.append(this.em, batches);
    return batches.some((batch) => batch.events.length > 0);
  }

  private batch(streamId: string): Batch {
    if (!this.locked.has(streamId))
      throw new Error(`The stream ${streamId} was not locked at the start of the transaction`);
    let batch = this.batches.get(streamId);
    if (!batch) {
      batch = { streamId, events: [], actorId: this.viewer.id, occurredAt: this.now, change: null };
      this.batches.set(streamId, batch);
    }
    return batch;
  }
}

/** Carries what a rehearsal came to out of the transaction that is undone. */
class Rehearsed extends Error {
  constructor(readonly result: unknown) {
    super('rehearsed');
  }
}

/**
 * Runs a use case to its end and undoes all of it: what it would come to, without doing it. Nobody hears
 * of it. Streams are locked for as long, since the use case may count on that.
 * @returns what `look` sees when everything is written
 */
export async function rehearse<Result>(
  ctx: Context,
  streams: string[],
  work: (tx: Transaction) => Promise<void>,
  look: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  try {
    return await inTransaction(ctx, streams, async (tx): Promise<Result> => {
      await work(tx);
      await tx.finish();
      throw new Rehearsed(await look(tx));
    });
  } catch (error) {
    if (error instanceof Rehearsed) return error.result as Result;
    throw error;
  }
}

/**
 * Runs a use case in one transaction and tells the nodes when it is committed. Nobody hears of
 * uncommitted work.
 *
 * The streams are locked before anything is written. That is what keeps a stream's events in order:
 * PostgreSQL gives a transaction its id at its first write, so of two that change the same stream the
 * later one has the higher id, and the log is read by that id.
 * @param streams ids of the streams (tickets) that the work changes, known before it starts
 */
export async function inTransaction<Result>(
  ctx: Context,
  streams: string[],
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  const { desk } = ctx;
  const locked = new Set([...streams].sort());
  let grew = false;
  const result = await desk.database.fork().transactional(async (em) => {
    const tx = new Transaction(desk, ctx.viewer, em as EntityManager, desk.clock.now(), locked);
    for (const stream of locked) await tx.lock(stream);
    const value = await work(tx);
    if (ctx.witness && !tx.repeats) await ctx.witness(tx);
    grew = await tx.finish();
    return value;
  });
  ctx.witness = null;
  if (grew) desk.hint.send();
  ctx.forget();
  return result;
}
