import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { type App, start } from '../../src/app.js';
import { Role } from '../../src/platform/auth/viewer.js';
import type { Config, Load } from '../../src/platform/config.js';
import { create } from '../modules/ticket/play.js';
import { until, useDesk } from '../support/desk.js';

/** What becomes of requests while something that the desk depends on is slow, busy or away. */
const desk = useDesk();
let token: string;
beforeAll(async () => {
  token = (await desk.as(Role.AGENT)).token as string;
});

/** What is to be undone after a test, the last first. */
const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (let step = undo.pop(); step; step = undo.pop()) await step();
});

/** Another node of the desk, with less patience or by another way to the database. */
async function node(load: Partial<Load>, more: Partial<Config> = {}): Promise<App> {
  const { config, clock } = desk.app.desk;
  const app = await start(
    { ...config, ...more, logLevel: 'silent', load: { ...config.load, ...load } },
    { clock },
  );
  undo.push(() => app.stop());
  return app;
}

async function ask(app: App, query: string) {
  const response = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      authorization: `Bearer ${token}`,
    },
    body: JSON.stringify({ query }),
  });
  const body = (await response.json()) as {
    data?: Record<string, unknown> | null;
    errors?: { message: string; extensions: Record<string, unknown> }[];
  };
  const { code, retryable } = body.errors?.[0]?.extensions ?? {};
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    code,
    retryable,
    ...body,
  };
}

const claim = (ticketId: string) =>
  `mutation { claimTicket(input: {ticketId: "${ticketId}"}) { ticket { id } userErrors { code } } }`;

/** Somebody else's transaction that has the ticket locked until it is ended. */
async function locked(ticketId: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: desk.app.desk.config.databaseUrl });
  await client.connect();
  await client.query('begin');
  await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [ticketId]);
  await client.query('select id from ticket where id = $1 for update', [ticketId]);
  let ended = false;
  const end = async () => {
    if (ended) return;
    ended = true;
    await client.query('rollback');
    await client.end();
  };
  undo.push(end);
  return end;
}

test('a statement that waits too long for a locked row is stopped: TIMEOUT, and nothing of it is kept', async () => {
  const app = await node({ statementSeconds: 1 });
  const ticketId = await create(await desk.as(Role.AGENT));
  const unlock = await locked(ticketId);
  const start = performance.now();
  const answer = await ask(app, claim(ticketId));
  expect(performance.now() - start).toBeLessThan(10_000);
  expect(answer).toMatchObject({ status: 294, code: 'TIMEOUT', retryable: true });
  expect(JSON.stringify(answer)).not.toMatch(/select|pg_advisory|statement timeout/i);
  await unlock();
  // The same again does what it says, so nothing was left behind.
  expect(await ask(app, claim(ticketId))).toMatchObject({
    status: 200,
    data: { claimTicket: { ticket: { id: ticketId }, userErrors: [] } },
  });
});

test('a request that takes too long as a whole is answered: 504 TIMEOUT', async () => {
  const app = await node({ requestSeconds: 1 });
  const ticketId = await create(await desk.as(Role.AGENT));
  const unlock = await locked(ticketId);
  expect(await ask(app, claim(ticketId))).toMatchObject({ status: 504, code: 'TIMEOUT', retryable: true });
  // Others are answered meanwhile.
  expect(await ask(app, '{ __typename }')).toMatchObject({ status: 200 });
  await unlock();
});

test('more requests than a node takes on are refused at once: 503 OVERLOADED; then it has room again', async () => {
  const app = await node({ requests: 2 });
  const ticketId = await create(await desk.as(Role.AGENT));
  const unlock = await locked(ticketId);
  const waiting = [1, 2].map(() => ask(app, claim(ticketId)));
  const refused = await (async () => {
    for (;;) {
      const answer = await ask(app, '{ __typename }');
      if (answer.status !== 200) return answer;
    }
  })();
  expect(refused).toMatchObject({ status: 503, code: 'OVERLOADED', retryable: true, retryAfter: '1' });
  // Whether it lives is not a question of how busy it is.
  expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
  await unlock();
  expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([200, 200]);
  expect(await ask(app, '{ __typename }')).toMatchObject({ status: 200 });
});

test('without the database requests are answered: 503 UNAVAILABLE; with it again, as ever', async () => {
  const way = await wayToDatabase();
  const app = await node({ statementSeconds: 2 }, { databaseUrl: way.url });
  const query = '{ tickets(first: 1) { nodes { id } } }';
  expect(await ask(app, query)).toMatchObject({ status: 200 });
  await way.cut();
  const seen = new Set<unknown>();
  for (let n = 0; n < 20; n += 1) {
    const answer = await ask(app, query);
    // Signed in by memory it comes to the field; else not even so far.
    expect([294, 503]).toContain(answer.status);
    expect(answer).toMatchObject({ code: 'UNAVAILABLE', retryable: true });
    if (answer.status === 503) expect(answer.retryAfter).toBe('1');
    expect(JSON.stringify(answer)).not.toMatch(/ECONN|127\.0\.0\.1|terminated|select/i);
    seen.add(answer.status);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(seen).toContain(503);
  expect((await fetch(`${app.url}/readyz`)).status).toBe(503);
  await way.mend();
  expect(await ask(app, query)).toMatchObject({ status: 200 });
});

test('connections that are ended in mid-request fail what was on them, and no place in the pool is lost', async () => {
  const app = await node({ statementSeconds: 5 }, { databasePool: 2 });
  const ticketId = await create(await desk.as(Role.AGENT));
  const unlock = await locked(ticketId);
  const admin = new pg.Client({ connectionString: desk.app.desk.config.databaseUrl });
  await admin.connect();
  undo.push(() => admin.end());
  const waits = `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  // More often than there are places.
  for (let round = 0; round < 5; round += 1) {
    const waiting = ask(app, claim(ticketId));
    await until(
      async () => ((await admin.query(waits)).rowCount ?? 0) > 0,
      'the request to wait for the lock',
    );
    await admin.query(`select pg_terminate_backend(pid) from (${waits}) as waiting`);
    expect(await waiting).toMatchObject({ status: 294, code: 'UNAVAILABLE', retryable: true });
  }
  await unlock();
  expect(await ask(app, claim(ticketId))).toMatchObject({ status: 200 });
});

/** A way to the database that can be cut, as a network can. */
async function wayToDatabase() {
  const target = new URL(desk.app.desk.config.databaseUrl as string);
  const sockets = new Set<Socket>();
  let server: Server;
  let port = 0;
  const open = () =>
    new Promise<void>((resolve) => {
      server = createServer((near) => {
        const far = connect(Number(target.port || 5432), target.hostname);
        for (const socket of [near, far]) {
          sockets.add(socket);
          socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
        }
        near.pipe(far).pipe(near);
        near.on('close', () => far.destroy());
        far.on('close', () => near.destroy());
      }).listen(port, '127.0.0.1', () => {
        port = (server.address() as { port: number }).port;
        resolve();
      });
    });
  const cut = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  await open();
  undo.push(cut);
  const url = new URL(target);
  url.host = `127.0.0.1:${port}`;
  return { url: url.href, cut, mend: open };
}
