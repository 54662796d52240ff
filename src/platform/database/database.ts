import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { EntityClass, MigrationObject } from '@mikro-orm/core';
import { Migrator } from '@mikro-orm/migrations';
import { MikroORM as PgliteORM } from '@mikro-orm/pglite';
import { MikroORM as PostgresORM } from '@mikro-orm/postgresql';
import type { BasePostgreSqlEntityManager as PostgresEntityManager, SqlMikroORM } from '@mikro-orm/sql';
import type { Kysely } from 'kysely';
import type { Config } from '../config.js';
import { holdDataFolder } from './data-folder.js';
import { reclaimLostConnections } from './lost-connections.js';

export type EntityManager = PostgresEntityManager<any>;
type Orm = SqlMikroORM<any, EntityManager, any>;
/** Tables by their SQL names. What a hand-written query selects is checked by the tests that read it. */
export type Sql = Kysely<any>;

/** The desk's database: embedded PostgreSQL (PGlite) or a server; the same SQL either way. */
export interface Database {
  readonly orm: Orm;
  /** True when embedded: one connection, so transactions run one after another. */
  readonly embedded: boolean;
  /** A fresh unit of work. One per operation and one per delivered event; never shared between the two. */
  fork(): EntityManager;
  /** Hand-written queries that belong to no unit of work, each on any connection. */
  readonly sql: Sql;
  close(): Promise<void>;
}

export interface DatabaseModel {
  entities: EntityClass<any>[];
  migrations: MigrationObject[];
  /** Tables whose rows are never changed or deleted, beside the event log. */
  appendOnly: readonly string[];
}

/**
 * Opens the database of the configuration; makes an embedded one where there is none.
 * @throws DataFolderHeld when another process has the embedded database open
 */
export async function openDatabase(
  config: Pick<Config, 'databaseUrl' | 'databasePool' | 'dataDir' | 'load'>,
  model: DatabaseModel,
): Promise<Database> {
  if (config.databaseUrl) {
    const patience = config.load.statementSeconds * 1000;
    const orm = await PostgresORM.init({
      ...common(model),
      clientUrl: config.databaseUrl,
      pool: { min: 0, max: config.databasePool },
      driverOptions: {
        application_name: 'stepdesk',
        onPoolCreated: reclaimLostConnections,
        statement_timeout: patience,
        connectionTimeoutMillis: patience,
        // An idle transaction holds back what all nodes may read of the log.
        idle_in_transaction_session_timeout: 30_000,
      },
    });
    return databaseOf(orm as unknown as Orm, false, () => orm.close(true));
  }
  const release = holdDataFolder(config.dataDir);
  try {
    const pglite = await PGlite.create({ dataDir: join(config.dataDir, 'postgres') });
    const opened = await embeddedDatabase(pglite, model);
    return {
      ...opened,
      close: async () => {
        await opened.close();
        release();
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

/** A database on an embedded instance that is open already; closing the database closes the instance. */
export async function embeddedDatabase(pglite: PGlite, model: DatabaseModel): Promise<Database> {
  const orm = await PgliteORM.init({ ...common(model), dbName: 'postgres', driverOptions: { pglite } });
  return databaseOf(orm as unknown as Orm, true, async () => {
    await orm.close(true);
    await pglite.close();
  });
}

/** Tables that no entity describes: the migrations write them by hand. */
const HAND_WRITTEN = [
  'deadline',
  'event_log',
  'event_stream',
  'file_chunk',
  'file_key',
  'idempotency',
  /^event(_default|_\d{4}_\d{2})?$/,
];

function common(model: DatabaseModel) {
  return {
    entities: model.entities,
    extensions: [Migrator],
    migrations: {
      migrationsList: model.migrations,
      snapshot: false,
      transactional: true,
      allOrNothing: true,
    },
    forceUtcTimezone: true,
    timezone: 'Z',
    allowGlobalContext: false,
    // What the migrator and the ORM would print belongs to no one; failures are thrown.
    logger: () => undefined,
    discovery: { checkDuplicateTableNames: true },
    schemaGenerator: { skipTables: HAND_WRITTEN },
  };
}

function databaseOf(orm: Orm, embedded: boolean, close: () => Promise<void>): Database {
  const sql = orm.em.getConnection().getClient() as unknown as Sql;
  return { orm, embedded, sql, fork: () => orm.em.fork() as EntityManager, close };
}

/** Hand-written queries on the unit of work's own connection, inside its transaction where it has one. */
export function sqlOf(em: EntityManager): Sql {
  return em.getKysely<any>() as Sql;
}
