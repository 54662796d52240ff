import { rmSync } from 'node:fs';
import pg from 'pg';

/** Drops what the run made: its folder, and on a server its template and copies. */
export default async function teardown() {
  rmSync(process.env.STEPDESK_TEST_FOLDER, { recursive: true, force: true });
  const name = process.env.STEPDESK_TEST_DATABASE;
  if (!name) return;
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  const { rows } = await client.query(`select datname from pg_database where datname like '${name}%'`);
  for (const { datname } of rows) await client.query(`drop database "${datname}" with (force)`);
  await client.end();
}
