import { sql } from 'kysely';
import { sqlOf } from '../database/database.js';
import type { Transaction } from '../database/transaction.js';

/**
 * A moment at which something is to happen, kept as a row of the table `deadline` by the transaction that
 * makes it true, so that neither a restart nor a lost message forgets it.
 */
export interface NewDeadline {
  /** Names it: of deadlines with one key the last one planned counts. */
  key: string;
  /** What fires: the name that its handler is registered under. */
  kind: string;
  /** Id of what it is about, to take it back by. */
  subjectId: string;
  /** The stream (ticket) that firing it changes; the transaction that plans it must have locked it. */
  streamId: string;
  at: Date;
  /** What the handler needs besides, as JSON. */
  data?: Record<string, unknown>;
}

/** A deadline that fires. */
export interface Deadline extends Required<Omit<NewDeadline, 'at'>> {
  /** The moment it was planned for, however late it fires. */
  plannedAt: Date;
  /** The same, or the moment a repetition was asked for. */
  fireAt: Date;
}

/** What happens when a deadline fires, within the transaction that marks it as fired. May fail: it is tried again. */
export type DeadlineHandler = (tx: Transaction, deadline: Deadline) => Promise<void>;

/** By kind. */
export type DeadlineHandlers = Readonly<Record<string, DeadlineHandler>>;

/**
 * Plans deadlines. One that is there already for the same moment is left as it is, fired or not; one for
 * another moment is replaced, and fires then.
 */
export async function planDeadlines(tx: Transaction, deadlines: NewDeadline[]): Promise<void> {
  if (deadlines.length === 0) return;
  const rows = deadlines.map(({ key, kind, subjectId, streamId, at, data = {} }) => ({
    key,
    kind,
    subject_id: subjectId,
    stream_id: streamId,
    planned_at: at,
    fire_at: at,
    data: JSON.stringify(data),
  }));
  await sqlOf(tx.em)
    .insertInto('deadline')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet({
          planned_at: sql`excluded.planned_at`,
          fire_at: sql`excluded.fire_at`,
          data: sql`excluded.data`,
          fired_at: null,
          failures: 0,
        })
        .where(sql<boolean>`deadline.planned_at <> excluded.planned_at`),
    )
    .execute();
}

/** Has a deadline that just fired fire again at that moment. It stays planned for what it was. */
export async function repeatDeadline(tx: Transaction, key: string, at: Date): Promise<void> {
  await sqlOf(tx.em)
    .updateTable('deadline')
    .set({ fire_at: at, fired_at: null })
    .where('key', '=', key)
    .execute();
}

/** Has a deadline that waits for a repetition fire now; one that was planned for later is left alone. */
export async function hastenDeadline(tx: Transaction, key: string): Promise<void> {
  await sqlOf(tx.em)
    .updateTable('deadline')
    .set({ fire_at: tx.now })
    .where('key', '=', key)
    .where('fired_at', 'is', null)
    .where('planned_at', '<=', tx.now)
    .where('fire_at', '>', tx.now)
    .execute();
}

/** Takes back what was planned for a subject, fired or not: all, or what has one of these kinds. */
export async function dropDeadlines(tx: Transaction, subjectId: string, kinds?: string[]): Promise<void> {
  let query = sqlOf(tx.em).deleteFrom('deadline').where('subject_id', '=', subjectId);
  if (kinds) query = query.where('kind', 'in', kinds);
  await query.execute();
}

/** Plans what is to happen to these subjects, and takes back whatever else was planned for them. */
export async function replanDeadlines(
  tx: Transaction,
  subjectIds: string[],
  deadlines: NewDeadline[],
): Promise<void> {
  let query = sqlOf(tx.em).deleteFrom('deadline').where('subject_id', 'in', subjectIds);
  if (deadlines.length > 0)
    query = query.where(
      'key',
      'not in',
      deadlines.map(({ key }) => key),
    );
  await query.execute();
  await planDeadlines(tx, deadlines);
}
