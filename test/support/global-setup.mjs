import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Redis } from 'ioredis';
import pg from 'pg';
import { closeDesk, model, openDesk } from '../../dist/app.js';
import { loadConfig } from '../../dist/platform/config.js';
import { embeddedDatabase } from '../../dist/platform/database/database.js';

/**
 * Makes one desk with its schema, processes and demo people, and keeps it as a template: an archive of
 * the embedded database, or a template database of the server. Each test file starts from a copy.
 */
export default async function setup() {
  const folder = mkdtempSync(join(tmpdir(), 'stepdesk-test-'));
  process.env.STEPDESK_TEST_FOLDER = folder;
  const server = process.env.DATABASE_URL;
  const env = { DATA_DIR: join(folder, 'template'), LOG_LEVEL: 'error', DEMO: 'true' };
  if (!server) {
    const pglite = await PGlite.create();
    const desk = await openDesk(loadConfig(env), { database: await embeddedDatabase(pglite, model) });
    const archive = await pglite.dumpDataDir('none');
    writeFileSync(join(folder, 'template.tar'), Buffer.from(await archive.arrayBuffer()));
    await closeDesk(desk);
    return;
  }
  const name = `stepdesk_test_${process.pid}`;
  process.env.STEPDESK_TEST_DATABASE = name;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  if (process.env.REDIS_URL) await answering(process.env.REDIS_URL);
  const url = new URL(server);
  url.pathname = `/${name}`;
  await closeDesk(await openDesk(loadConfig({ ...env, DATABASE_URL: url.href })));
}

/** Fails where Redis is asked for and does not answer: the suite must not pass without it. */
async function answering(url) {
  const redis = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 1 });
  await redis.connect();
  await redis.ping();
  redis.disconnect();
}
