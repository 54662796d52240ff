import type { Database } from './database.js';

/**
 * What the entities say and the database doesn't have, as SQL statements. Drops are left out: the
 * migrations also write by hand what no entity knows (references, the event log).
 */
export async function schemaDiff(database: Database): Promise<string[]> {
  const sql: string = await database.orm.schema.getUpdateSchemaSQL({ wrap: false, safe: true });
  const statements = sql.split(/;\s*\n/).map((statement) => statement.replace(/;\s*$/, '').trim());
  return statements.filter(
    (statement) => statement !== '' && !/^(drop index|alter table "\w+" drop )/.test(statement),
  );
}
