import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { sql } from 'kysely';
import pg from 'pg';
import { type App, model, start } from '../../src/app.js';
import type { Role } from '../../src/platform/auth/viewer.js';
import type { Clock } from '../../src/platform/clock.js';
import { loadConfig } from '../../src/platform/config.js';
import { type Database, embeddedDatabase } from '../../src/platform/database/database.js';
import { demoPerson } from '../../src/seed/demo.people.js';
import { Client } from './client.js';
import { TestClock } from './clock.js';

/** A desk of its own, as a test file sees it: its people, and nothing shared with other files. */
export interface TestDesk {
  readonly app: App;
  readonly clock: TestClock;
  /** A client that carries the token of the demo's person with that role, or of an address. */
  as(person: Role | string): Promise<Client>;
  anonymous(): Client;
  /** Another node on the same database, by the same clock unless it has its own; only on a server. */
  anotherNode(own?: Clock): Promise<App>;
  /**
   * Waits until the node has told everything that was committed so far: the cursor it gives then stands
   * behind all of it. Without, what was committed just now may still follow the cursor.
   */
  caughtUp(): Promise<void>;
  /** Stops the node and starts it again on the same data. */
  restart(): Promise<void>;
}

/**
 * Starts a desk before the tests of a file and stops it after. A feed that is still open at the end
 * fails the file: a subscriber that went must leave nothing behind.
 * @param makePlace where its data is; a copy of the template unless said otherwise
 */
export function useDesk(env: Record<string, string> = {}, makePlace = newPlace): TestDesk {
  const clock = new TestClock();
  const clients: Client[] = [];
  let place: Place;
  let app: App;
  const client = async (token: string | null) => {
    const made = new Client(() => app.url, token);
    clients.push(made);
    return made;
  };
  const boot = async () => start(place.config(env), { clock, ...(await place.parts()) });
  beforeAll(async () => {
    place = await makePlace();
    app = await boot();
  }, 60_000);
  afterAll(async () => {
    try {
      await Promise.all(clients.map((each) => each.close()));
      await until(() => app.desk.hub.size === 0, 'every feed to be closed');
    } finally {
      await app.stop();
      await place.drop();
    }
  });
  return {
    get app() {
      return app;
    },
    clock,
    as: async (person) => {
      const email = person.includes('@') ? person : demoPerson(person as Role);
      return client(await app.tokens.sign(email as string, '1 hour'));
    },
    anonymous: () => new Client(() => app.url, null),
    anotherNode: async (own = clock) => start(place.config(env), { clock: own, ...(await place.parts()) }),
    caughtUp: async () => {
      const { database, hub } = app.desk;
      const { rows } = await sql<{
        last: string | null;
      }>`select max(xid::text::bigint)::text as last from event`.execute(database.sql);
      await until(() => hub.position.xid > BigInt(rows[0]?.last ?? 0), 'the hub to catch up');
    },
    restart: async () => {
      await app.stop();
      app = await boot();
    },
  };
}

/** Waits for something to become true; fails by saying what. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  what: string,
  seconds = 10,
): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`Waited ${seconds} s in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(await holds()).toBe(true);
}

/** Where the data of a desk is, and how it is opened. */
export interface Place {
  config(env: Record<string, string>): ReturnType<typeof loadConfig>;
  parts(): Promise<{ database?: Database }>;
  drop(): Promise<void>;
}

/** What every desk of a test is started with. */
export const BASICS = {
  PORT: '0',
  LOG_LEVEL: 'error',
  DEMO: 'true',
  NODE_ENV: 'test',
  // Tests ask more than people do, and all of them may count on one Redis.
  RATE_LIMIT: '1000000000',
};

const folder = () => process.env.STEPDESK_TEST_FOLDER as string;

/** Where the data of one test file is: a copy of the template. */
async function newPlace(): Promise<Place> {
  const name = `${process.env.STEPDESK_TEST_DATABASE}_${randomBytes(4).toString('hex')}`;
  const base = { ...BASICS, DATA_DIR: join(folder(), name) };
  const server = process.env.DATABASE_URL;
  if (server) {
    await onServer(server, `create database ${name} template ${process.env.STEPDESK_TEST_DATABASE}`);
    const url = new URL(server);
    url.pathname = `/${name}`;
    const redis: Record<string, string> = process.env.REDIS_URL ? { REDIS_URL: process.env.REDIS_URL } : {};
    return {
      config: (env) => loadConfig({ ...base, DATABASE_URL: url.href, ...redis, ...env }),
      parts: async () => ({}),
      drop: () => onServer(server, `drop database ${name} with (force)`),
    };
  }
  let archive = new Blob([readFileSync(join(folder(), 'template.tar'))]);
  let pglite: PGlite | undefined;
  return {
    config: (env) => loadConfig({ ...base, ...env }),
    parts: async () => {
      pglite = await PGlite.create({ loadDataDir: archive });
      const opened = await embeddedDatabase(pglite, model);
      const { close } = opened;
      return {
        database: {
          ...opened,
          // What a data folder would keep over a restart.
          close: async () => {
            archive = (await pglite?.dumpDataDir('none')) as Blob;
            await close();
          },
        },
      };
    },
    drop: async () => undefined,
  };
}

/** Runs one statement on a server. */
export async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}
