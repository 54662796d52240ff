import { PGlite } from '@electric-sql/pglite';
import { model } from '../app.js';
import { embeddedDatabase } from '../platform/database/database.js';
import { schemaDiff } from '../platform/database/schema-diff.js';

/**
 * Prints what the entities say and the migrations don't yet: the body of the next migration.
 * `npm run migration`; with `-- --all` as if there were no migration.
 */
const fromNothing = process.argv.includes('--all');
const database = await embeddedDatabase(
  await PGlite.create(),
  fromNothing ? { ...model, migrations: [] } : model,
);
if (!fromNothing) await database.orm.migrator.up();
for (const statement of await schemaDiff(database)) process.stdout.write(`${statement};\n`);
await database.close();
