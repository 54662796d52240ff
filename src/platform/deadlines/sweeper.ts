import { sql } from 'kysely';
import { system } from '../auth/viewer.js';
import { Context, type Desk } from '../context.js';
import { sqlOf } from '../database/database.js';
import { inTransaction, type Transaction } from '../database/transaction.js';
import { Loop } from '../loop.js';
import type { Deadline, DeadlineHandlers } from './deadline.js';

/** How long a node goes at most without looking, in milliseconds: how late a deadline fires at most. */
const LOOK_EVERY = 1000;
/** The same while something looks due that isn't yet by the database's clock, or that another node is firing. */
const LOOK_WHEN_HELD = 250;
/** How many due deadlines a node takes at a look; other nodes pass over the one it is at. */
const BATCH = 20;
/** After a failure it is tried again in 1, 2, 4 … seconds, and at least every five minutes. */
const RETRY_MOST = 300;

interface Due {
  key: string;
  streamId: string;
}

interface Row {
  kind: string;
  subject_id: string;
  stream_id: string;
  planned_at: Date | string;
  fire_at: Date | string;
  data: Record<string, unknown> | string;
}

/**
 * Fires deadlines, one sweeper a node, each deadline once: the effect and the mark that it fired are one
 * transaction, which holds the row.
 *
 * Which clock counts: a deadline fires when the node's clock *and* the database's have reached it. The
 * latter is one for all nodes, so one whose own clock runs ahead, or jumps, fires nothing early; one that
 * lags is late, or another node is faster. A simulated clock is believed alone.
 */
export class Sweeper {
  private readonly loop: Loop;
  private stopping = false;

  constructor(
    private readonly desk: Desk,
    private readonly handlers: DeadlineHandlers,
  ) {
    this.loop = new Loop(
      () => this.look(),
      (error) => {
        desk.log.error({ err: error }, 'Could not look for deadlines; trying again');
        return LOOK_EVERY;
      },
    );
  }

  start(): void {
    this.loop.start();
  }

  /** Lets the deadline that is firing end; the others wait for another node, or the next start. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.loop.stop();
  }

  /** Fires what is due. @returns how long to rest, in milliseconds */
  private async look(): Promise<number> {
    const due = await this.due();
    if (due.length === 0) return this.untilNext();
    for (const deadline of due) if (!this.stopping) await this.tryToFire(deadline);
    return 0;
  }

  /** Deadlines that are due and that no other node is firing at this moment. */
  private async due(): Promise<Due[]> {
    const { rows } = await sql<Due>`
      select key, stream_id as "streamId" from deadline
      where fired_at is null and ${this.isReached('fire_at')}
      order by fire_at limit ${BATCH} for update skip locked`.execute(this.desk.database.sql);
    return rows;
  }

  private async untilNext(): Promise<number> {
    const next = await this.desk.database.sql
      .selectFrom('deadline')
      .select('fire_at')
      .where('fired_at', 'is', null)
      .orderBy('fire_at')
      .limit(1)
      .executeTakeFirst();
    if (!next) return LOOK_EVERY;
    const wait = new Date(next.fire_at).getTime() - this.desk.clock.now().getTime();
    return wait > 0 ? Math.min(LOOK_EVERY, wait) : LOOK_WHEN_HELD;
  }

  private isReached(column: string) {
    const { clock } = this.desk;
    const at = sql.ref(column);
    const reached = sql<boolean>`${at} <= ${clock.now()}`;
    return clock.simulated ? reached : sql<boolean>`(${reached} and ${at} <= clock_timestamp())`;
  }

  private async tryToFire(due: Due): Promise<void> {
    try {
      await this.fire(due);
    } catch (error) {
      this.desk.log.error({ err: error, deadline: due.key }, 'A deadline could not fire; it is tried again');
      await this.retryLater(due);
    }
  }

  /**
   * The stream is locked first, then the row: in the order of every transaction that plans deadlines. Only
   * behind both locks is it sure that it is still there, still due, and that nobody else fires it.
   */
  private async fire({ key, streamId }: Due): Promise<void> {
    await inTransaction(new Context(this.desk, system), [streamId], async (tx) => {
      const deadline = await this.take(tx, key);
      if (!deadline) return;
      const handler = this.handlers[deadline.kind];
      if (!handler) throw new Error(`Nothing is registered for deadlines of the kind ${deadline.kind}`);
      await handler(tx, deadline);
    });
  }

  /** Marks it as fired, unless that is not, or no longer, its turn. */
  private async take(tx: Transaction, key: string): Promise<Deadline | null> {
    const { rows } = await sql<Row>`
      update deadline set fired_at = ${tx.now}
      where key = ${key} and fired_at is null and ${this.isReached('fire_at')}
      returning kind, subject_id, stream_id, planned_at, fire_at, data`.execute(sqlOf(tx.em));
    const [row] = rows;
    if (!row) return null;
    return {
      key,
      kind: row.kind,
      subjectId: row.subject_id,
      streamId: row.stream_id,
      plannedAt: new Date(row.planned_at),
      fireAt: new Date(row.fire_at),
      data: typeof row.data === 'string' ? JSON.parse(row.data) : row.data,
    };
  }

  private async retryLater({ key }: Due): Promise<void> {
    await sql`
      update deadline set failures = failures + 1,
        fire_at = ${this.desk.clock.now()}::timestamptz
          + make_interval(secs => least(${RETRY_MOST}, power(2, least(failures, 10))))
      where key = ${key} and fired_at is null`.execute(this.desk.database.sql);
  }
}
