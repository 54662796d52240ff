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
  let dropped: string[] = [];
  await locked(database, async (em) => {
    const { rows } = await sql<{ name: string }>`select event_drop_months(${keepMonths}) as name`.execute(
      sqlOf(em),
    );
    dropped = rows.map(({ name }) => name);
  });
  return dropped;
}
