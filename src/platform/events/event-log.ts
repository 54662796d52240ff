import { sql } from 'kysely';
import { type Database, type EntityManager, sqlOf } from '../database/database.js';
import { newId } from '../ids.js';
import { CursorCodec, ForeignCursor } from './cursor.js';
import type { Change, EventRecord, NewEvent } from './event.js';
import { identify } from './log-origin.js';
import { comparePlaces, type Place } from './place.rules.js';

/** Events of one stream that one transaction appends together. */
export interface Batch {
  streamId: string;
  events: NewEvent[];
  actorId: string | null;
  occurredAt: Date;
  change: Change | null;
}

/** What a read returns: events in order, and the place up to which nothing was left out. */
export interface Page {
  events: EventRecord[];
  /** True when the page was cut by its limit. */
  more: boolean;
  /** True when committed events wait behind the horizon for an older transaction to end: look again soon. */
  held: boolean;
  /** Every event at or before this place, of the streams asked for, is in this page or came before it. */
  readUpTo: Place;
  /** True when events after the place asked for have been dropped: the page has a gap before it. */
  gap: boolean;
}

/** A transaction that holds the horizon back: nothing that was committed after it began is told. */
export interface Holder {
  pid: number;
  application: string;
  state: string;
  seconds: number;
}

/**
 * The append-only log of everything that happened, in PostgreSQL.
 *
 * Readers stay behind the *commit horizon*: they see an event only when every transaction with a lower
 * id has ended (`xid < pg_snapshot_xmin`). So nothing can turn up later before a place already read,
 * which reading by a sequence number cannot promise, since sequence order is not commit order.
 */
export class EventLog {
  private constructor(
    private readonly database: Database,
    readonly cursors: CursorCodec,
    /** Identity of this log; another one after a restore (see `log-origin.ts`). */
    readonly id: string,
  ) {}

  static async open(database: Database): Promise<EventLog> {
    const { id } = await identify(database);
    return new EventLog(database, new CursorCodec(id), id);
  }

  /** Appends within the caller's transaction. The stream must be locked by it (see `inTransaction`). */
  static async append(em: EntityManager, batches: Batch[]): Promise<void> {
    const db = sqlOf(em);
    const filled = batches.filter((batch) => batch.events.length > 0);
    if (filled.length === 0) return;
    const heads = await db
      .insertInto('event_stream')
      .values(filled.map((batch) => ({ id: batch.streamId, last_seq: batch.events.length })))
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet({ last_seq: sql`event_stream.last_seq + excluded.last_seq` }),
      )
      .returning(['id', 'last_seq'])
      .execute();
    const lastSeq = new Map(heads.map((head) => [head.id, head.last_seq as number]));
    const rows = filled.flatMap((batch) =>
      batch.events.map((event, index) => ({
        id: newId('event'),
        stream_id: batch.streamId,
        stream_seq: (lastSeq.get(batch.streamId) ?? 0) - batch.events.length + 1 + index,
        type: event.type,
        visibility: event.visibility,
        actor_id: batch.actorId,
        occurred_at: batch.occurredAt,
        data: JSON.stringify(event.data),
        // Once a transaction: live lists learn from its last event how all of it left the subject.
        change:
          batch.change && index === batch.events.length - 1 ? JSON.stringify(withPublicity(batch)) : null,
      })),
    );
    for (let start = 0; start < rows.length; start += 1000)
      await db
        .insertInto('event')
        .values(rows.slice(start, start + 1000))
        .execute();
  }

  /**
   * Reads behind the commit horizon.
   * @param after exclusive
   * @param streamId only this stream; all of them without it
   * @param until inclusive; the horizon without it
   */
  async read(after: Place, limit: number, streamId?: string, until?: Place): Promise<Page> {
    // The horizon is a value before the log is read, and what else is asked of it stands in selects of its own:
    // joined, the planner would multiply its guesses, and compile at length what is done in a millisecond.
    const { rows } = await sql<any>`
      with horizon as (select pg_snapshot_xmin(pg_current_snapshot()) as xmin)
      select h.xmin::text as horizon,
             (select xid from event order by xid desc, position desc limit 1) >= h.xmin as held,
             (select floor_xid::text from event_log) as "floorXid",
             (select floor_position::text from event_log) as "floorPosition",
             e.id, e.xid::text as xid, e.position::text as position, e.stream_id, e.stream_seq, e.type, e.visibility,
             e.actor_id, e.occurred_at, e.data, e.change
      from horizon h left join (
        select id, xid, position, stream_id, stream_seq, type, visibility, actor_id, occurred_at, data, change
        from event
        where (xid, position) > (${String(after.xid)}::xid8, ${String(after.position)}::bigint)
          and xid < (select xmin from horizon)
          ${streamId === undefined ? sql`` : sql`and stream_id = ${streamId}`}
          ${until === undefined ? sql`` : sql`and (xid, position) <= (${String(until.xid)}::xid8, ${String(until.position)}::bigint)`}
        order by event.xid, event.position
        limit ${limit}
      ) e on true
      order by e.xid, e.position`.execute(this.database.sql);
    const events: EventRecord[] = rows.filter((row) => row.id !== null).map(toRecord);
    const more = events.length === limit;
    const last = events.at(-1)?.place;
    const [row] = rows;
    const end = until ?? { xid: BigInt(row?.horizon ?? 0), position: 0n };
    const floor = { xid: BigInt(row?.floorXid ?? 0), position: BigInt(row?.floorPosition ?? 0) };
    return {
      events,
      more,
      held: Boolean(row?.held),
      readUpTo: more && last ? last : end,
      gap: comparePlaces(after, floor) < 0,
    };
  }

  /** Which transactions hold the horizon back, the oldest first; empty where the database doesn't tell. */
  async holders(): Promise<Holder[]> {
    const { rows } = await sql<Holder>`
      select pid, application_name as application, state,
        extract(epoch from clock_timestamp() - xact_start)::float8 as seconds
      from pg_stat_activity where backend_xid is not null and pid <> pg_backend_pid()
      order by xact_start limit 3`.execute(this.database.sql);
    return rows;
  }

  /**
   * The place of a cursor that a subscriber comes back with; null where the log can't be read on from it.
   * @throws DomainError INVALID_INPUT when the text is no cursor at all
   */
  async placeOf(cursor: string): Promise<Place | null> {
    try {
      const place = this.cursors.decode(cursor);
      return (await this.read(place, 0)).gap ? null : place;
    } catch (error) {
      if (error instanceof ForeignCursor) return null;
      throw error;
    }
  }

  /** The place of the last event that was dropped: the log begins after it. */
  async floor(): Promise<Place> {
    const { rows } = await sql<{ xid: string; position: string }>`
      select floor_xid::text as xid, floor_position::text as position from event_log`.execute(
      this.database.sql,
    );
    return { xid: BigInt(rows[0]?.xid ?? 0), position: BigInt(rows[0]?.position ?? 0) };
  }

  /** Whatever was read until now shows nothing of transactions with this id or a higher one. */
  async ceiling(): Promise<bigint> {
    const { rows } = await sql<{
      xmax: string;
    }>`select pg_snapshot_xmax(pg_current_snapshot())::text as xmax`.execute(this.database.sql);
    return BigInt(rows[0]?.xmax ?? 0);
  }

  /** When the last event at or before a place happened; undefined where the log has none. */
  async timeOf(place: Place): Promise<Date | undefined> {
    const { rows } = await sql<{ occurred_at: string | Date }>`
      select occurred_at from event
      where (xid, position) <= (${String(place.xid)}::xid8, ${String(place.position)}::bigint)
      order by xid desc, position desc limit 1`.execute(this.database.sql);
    return rows[0] && new Date(rows[0].occurred_at);
  }

  /** The place before which everything is readable now: what a new subscriber starts from. */
  async now(): Promise<Place> {
    const { rows } = await sql<{
      xmin: string;
    }>`select pg_snapshot_xmin(pg_current_snapshot())::text as xmin`.execute(this.database.sql);
    return { xid: BigInt(rows[0]?.xmin ?? 0), position: 0n };
  }
}

function withPublicity({ change, events }: Batch) {
  return { ...change, public: events.some((event) => event.visibility === 'PUBLIC') };
}

function toRecord(row: any): EventRecord {
  return {
    id: row.id,
    place: { xid: BigInt(row.xid), position: BigInt(row.position) },
    streamId: row.stream_id,
    streamSeq: Number(row.stream_seq),
    type: row.type,
    visibility: row.visibility,
    actorId: row.actor_id,
    occurredAt: new Date(row.occurred_at),
    data: typeof row.data === 'string' ? JSON.parse(row.data) : row.data,
    change: typeof row.change === 'string' ? JSON.parse(row.change) : row.change,
  };
}
