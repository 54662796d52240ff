import { sql } from 'kysely';
import { type Database, sqlOf } from './database.js';

/** Any number that no one else uses for an advisory lock: the letters "SDMG". */
const MIGRATION_LOCK = 0x53_44_4d_47;

/**
 * Brings the schema up to date. Several nodes may start at once: one migrates, the others wait for it
 * and find nothing left to do.
 * @param prepare what must be there before anyone serves, under the same lock
 * @returns what `prepare` returns
 */
export async function migrate<Result>(database: Database, prepare: () => Promise<Result>): Promise<Result> {
  const run = async () => {
    await database.orm.migrator.up();
    return prepare();
  };
  if (database.embedded) return run();
  return sqlOf(database.fork())
    .connection()
    .execute(async (connection) => {
      // Another node's migration takes as long as it takes.
      await sql`set statement_timeout = 0`.execute(connection);
      await sql`select pg_advisory_lock(${MIGRATION_LOCK})`.execute(connection);
      try {
        return await run();
      } finally {
        await sql`select pg_advisory_unlock(${MIGRATION_LOCK})`.execute(connection);
        await sql`reset statement_timeout`.execute(connection);
      }
    });
}
