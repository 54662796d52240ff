import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type Database, type EntityManager, sqlOf } from '../database/database.js';
import type { Place } from './place.rules.js';

/** The identity of a log, and the place of the last event that it has forgotten. */
export interface LogIdentity {
  id: string;
  floor: Place;
}

/**
 * Who the log is. It has a new id once it is found elsewhere than it was: restored from a dump (another
 * table), copied (another database or cluster), or recovered to an earlier moment or taken over by a
 * standby (another timeline). Then what clients hold cursors of may not be in it, and they must read anew.
 *
 * A log from another cluster may have transaction ids that are yet to come here; they would never be
 * behind the horizon. Its events are numbered anew, in the order they had.
 */
export async function identify(database: Database): Promise<LogIdentity> {
  return database.fork().transactional(async (em) => {
    const db = sqlOf(em as EntityManager);
    const { rows } = await sql<{
      id: string;
      origin: string | null;
      here: string;
      floorXid: string;
      floorPosition: string;
      ahead: boolean;
    }>`
      select id, origin, floor_xid::text as "floorXid", floor_position::text as "floorPosition",
        concat_ws('/', (select system_identifier from pg_control_system()),
          (select timeline_id from pg_control_checkpoint()),
          (select oid from pg_database where datname = current_database()),
          'event_log'::regclass::oid) as here,
        coalesce((select xid from event order by xid desc limit 1) >= pg_snapshot_xmax(pg_current_snapshot()), false)
          as ahead
      from event_log for update`.execute(db);
    const [log] = rows;
    if (!log) throw new Error('The event log has no identity: the table event_log is empty');
    const floor = { xid: BigInt(log.floorXid), position: BigInt(log.floorPosition) };
    if (log.origin === log.here) return { id: log.id, floor };
    // A log that has not been anywhere yet keeps the id it was made with.
    const id = log.origin === null && !log.ahead ? log.id : randomUUID();
    await db.updateTable('event_log').set({ id, origin: log.here }).execute();
    if (!log.ahead) return { id, floor };
    await sql`select event_number_anew()`.execute(db);
    return { id, floor: { xid: 0n, position: 0n } };
  });
}
