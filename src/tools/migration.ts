import { PGlite } from '@electric-sql/pglite';
import { model } from '../app.js';
import { embeddedDatabase } from '../platform/database/database.js';

/**
 * Prints what the entities say and the migrations don't yet, as SQL: the body of the next migration.
 * `npm run migration`
 */
const from = process.argv[2] === '--all' ? { ...model, migrations: [] } : model;
const database = await embeddedDatabase(await PGlite.create(), from);
if (from === model) await database.orm.migrator.up();
const statements = await database.orm.schema.getUpdateSchemaSQL({ wrap: false, safe: true });
process.stdout.write(statements);
await database.close();
