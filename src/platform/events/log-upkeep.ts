import { sql } from 'kysely';
import { type Database, type EntityManager, sqlOf } from '../database/database.js';
import type { Log } from '../log.js';
import { Loop } from '../loop.js';

/** Months that are made ahead of time. */
const AHEAD = 2;
const HOUR = 3_600_000;

/**
 * Keeps the log's months: makes those to come, and drops those that are older than it is to be kept. Every
 * node does it; a second one finds nothing left to do.
 */
export class LogUpkeep {
  private readonly loop: Loop;

  /** @param keepMonths whole months that are kept besides the present one; 0 keeps all */
  constructor(
    private readonly database: Database,
    private readonly keepMonths: number,
    log: Log,
  ) {
    this.loop = new Loop(
      async () => {
        await makeMonths(this.database);
        const dropped = this.keepMonths > 0 ? await dropMonths(this.database, this.keepMonths) : [];
        if (dropped.length > 0) log.info({ dropped }, 'Dropped old months of the event log');
        return HOUR;
      },
      (error) => {
        log.warn({ err: error }, 'Could not keep the months of the event log; trying again in a minute');
        return 60_000;
      },
    );
  }

  start(): void {
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }
}

/** Waits for no one: a month is made long before it begins, so there is always another time. */
async function locked(database: Database, work: (em: EntityManager) => Promise<void>): Promise<void> {
  await database.fork().transactional(async (em) => {
    await sql`set local lock_timeout = '2s'`.execute(sqlOf(em as EntityManager));
    await work(em as EntityManager);
  });
}

export function makeMonths(database: Database): Promise<void> {
  return locked(
    database,
    async (em) => void (await sql`select event_make_months(${AHEAD})`.execute(sqlOf(em))),
  );
}

/** Drops whole months, and notes the place of the last event in them. @returns the names of the tables dropped */
export async function dropMonths(database: Database, keepMonths: number): Promise<string[]> {
  const dropped: string[] = [];
  await locked(database, async (em) => {
    const db = sqlOf(em);
    const { rows } = await sql<{ name: string }>`
      select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = 'event'::regclass and c.relname ~ '^event_\\d{4}_\\d{2}$'
        and c.relname < 'event_' || to_char(date_trunc('month', now() at time zone 'UTC')
          - make_interval(months => ${keepMonths}), 'YYYY_MM')
      order by 1`.execute(db);
    for (const { name } of rows) {
      await sql`
        update event_log set floor_xid = last.xid, floor_position = last.position
        from (select xid, position from ${sql.table(name)} order by xid desc, position desc limit 1) as last
        where (last.xid, last.position) > (floor_xid, floor_position)`.execute(db);
      await sql`drop table ${sql.table(name)}`.execute(db);
      dropped.push(name);
    }
  });
  return dropped;
}
