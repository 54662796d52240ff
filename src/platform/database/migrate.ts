import { sql } from 'kysely';
import { PlainError } from '../plainly.js';
import type { Database, DatabaseModel } from './database.js';
import { grantService } from './service-role.js';

/** Any number that no one else uses for an advisory lock: the letters "SDMG". */
const MIGRATION_LOCK = 0x53_44_4d_47;
/** SQLSTATE: the role is not granted what it asks for. */
const INSUFFICIENT_PRIVILEGE = '42501';

/** A database and, where another role owns its tables, the same database by that role. */
export interface Migrated {
  database: Database;
  owner: Database | null;
}

/**
 * Brings the schema up to date, and grants the role that serves what it needs of it. Several nodes may start at
 * once: one migrates, the others wait for it and find nothing left to do.
 * @param prepare what must be there before anyone serves, under the same lock
 * @returns what `prepare` returns
 * @throws PlainError where there is something to migrate and the role may not do it; nothing is done then
 */
export async function migrate<Result>(
  { database, owner }: Migrated,
  { appendOnly }: Pick<DatabaseModel, 'appendOnly'>,
  prepare: () => Promise<Result>,
): Promise<Result> {
  const by = owner ?? database;
  const run = async () => {
    await bringUpToDate(by);
    if (owner) await grantService(owner, database, appendOnly);
    return prepare();
  };
  if (by.embedded) return run();
  return by.sql.connection().execute(async (connection) => {
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

async function bringUpToDate(database: Database): Promise<void> {
  try {
    await database.orm.migrator.up();
  } catch (error) {
    if (sqlStateOf(error) !== INSUFFICIENT_PRIVILEGE) throw error;
    throw new PlainError(
      'The schema is not up to date, and the role of DATABASE_URL may not change it: ' +
        'run "stepdesk migrate" with MIGRATION_DATABASE_URL, the same database by the role that owns its tables.',
      { cause: error },
    );
  }
}

/** The SQLSTATE of an error or of one that it wraps. */
function sqlStateOf(error: unknown): string | undefined {
  for (let at = error as { code?: string; cause?: unknown } | undefined; at; at = at.cause as typeof at)
    if (typeof at.code === 'string' && /^[0-9A-Z]{5}$/.test(at.code)) return at.code;
  return undefined;
}
