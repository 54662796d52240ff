import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import { closeDesk, openDesk } from '../../../src/app.js';
import { tokensFor } from '../../../src/platform/auth/secret.js';
import { Role } from '../../../src/platform/auth/viewer.js';
import { loadConfig } from '../../../src/platform/config.js';
import type { Desk } from '../../../src/platform/context.js';
import { demoPerson } from '../../../src/seed/demo.people.js';
import { EventCursorDocument } from '../../generated/graphql.js';
import { Client } from '../client.js';
import { onServer } from '../desk.js';
import { type Cast, castPlay } from './cast.js';
import { Director } from './director.js';
import { Follower } from './follower.js';
import { Nodes } from './node-process.js';
import { PrivateRedis } from './private-redis.js';
import { subscriptions } from './wanted.js';
import { pause, Writers } from './writers.js';

/** How long a change of rights follows another, in milliseconds. */
const RIGHTS_EVERY = 150;

/** Three nodes, a database and a Redis of their own, fifty who listen, and everybody who writes. */
export interface Play {
  nodes: Nodes;
  redis: PrivateRedis;
  db: pg.Client;
  followers: Follower[];
  writers: Writers;
  director: Director;
  /** Begins to write and to change rights; resolves, once it is told to stop, when that is done. */
  write(until: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** @param mostFacts that a service tells in one transaction */
export async function openPlay(mostFacts: number): Promise<Play> {
  const server = process.env.DATABASE_URL as string;
  const name = `${process.env.STEPDESK_TEST_DATABASE}_${randomBytes(4).toString('hex')}`;
  await onServer(server, `create database ${name} template ${process.env.STEPDESK_TEST_DATABASE}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const redis = await PrivateRedis.start();
  const env = {
    DATABASE_URL: url.href,
    REDIS_URL: redis.url,
    DATA_DIR: join(process.env.STEPDESK_TEST_FOLDER as string, name),
    JWT_SECRET: randomBytes(32).toString('hex'),
    NODE_ENV: 'test',
    DEMO: 'true',
    LOG_LEVEL: 'error',
    HEARTBEAT_SECONDS: '1',
  };
  const config = loadConfig({ ...env, DATABASE_POOL: '6' });
  const desk = await openDesk(config);
  const db = new pg.Client({ connectionString: url.href });
  await db.connect();
  const cast = await castPlay(desk);
  const nodes = await Nodes.start(3, env);
  const sign = (email: string) => tokensFor(config).sign(email, '6 hours');
  const followers = await listen(cast, nodes, sign);
  const director = new Director(new Client(() => steady(nodes), await signFor(sign, Role.ADMIN)), db, cast);
  const writers = await hire(desk, nodes, cast, sign, mostFacts);
  return {
    nodes,
    redis,
    db,
    followers,
    writers,
    director,
    write: async (until) => {
      let over = false;
      const directing = (async () => {
        while (!over) {
          await director.change();
          await pause(RIGHTS_EVERY);
        }
      })();
      writers.start();
      try {
        await Promise.race([until(), directing]);
      } finally {
        over = true;
        await writers.stop();
      }
      await directing;
    },
    close: async () => {
      await Promise.all(followers.map((follower) => follower.stop()));
      await nodes.stop();
      await closeDesk(desk);
      await db.end();
      await redis.kill();
      await onServer(server, `drop database ${name} with (force)`);
    },
  };
}

type Sign = (email: string) => Promise<string>;
const signFor = (sign: Sign, role: Role) => sign(demoPerson(role) as string);

/** A node that nobody kills: a change of rights of which nobody knows whether it was made would be in no snapshot. */
const steady = ({ all }: Nodes) => (all[Math.random() < 0.5 ? 0 : 1] as (typeof all)[number]).url;

async function listen(cast: Cast, nodes: Nodes, sign: Sign): Promise<Follower[]> {
  const manager = new Client(() => steady(nodes), await signFor(sign, Role.MANAGER));
  const { eventCursor } = await manager.ask(EventCursorDocument);
  return Promise.all(
    subscriptions(cast).map(
      async ({ person, wanted }) =>
        new Follower(person, wanted, await sign(person.email), eventCursor, nodes),
    ),
  );
}

async function hire(desk: Desk, nodes: Nodes, cast: Cast, sign: Sign, mostFacts: number): Promise<Writers> {
  const tokens = {
    manager: await signFor(sign, Role.MANAGER),
    customers: await Promise.all(cast.customers.map(({ email }) => sign(email))),
  };
  return new Writers(desk, nodes, cast, tokens, mostFacts);
}
