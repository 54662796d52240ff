import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { App } from '../../src/app.js';
import { Role } from '../../src/platform/auth/viewer.js';
import { AddNoteDocument, TicketEventsDocument } from '../generated/graphql.js';
import { create } from '../modules/ticket/play.js';
import { Client } from '../support/client.js';
import { until, useDesk } from '../support/desk.js';
import { PrivateRedis } from '../support/history/private-redis.js';
import { pause } from '../support/history/writers.js';

/** How long Redis is away. */
const SECONDS = Number(process.env.REDIS_AWAY_SECONDS ?? 5);
/** How late a delivery may be at most without hints: nodes look every half second. */
const LATEST = 5_000;
jest.setTimeout(60_000 + SECONDS * 2_000);

const redis = await PrivateRedis.start();
let other: App;
let [here, there]: Client[] = [];
// Before the desk's own end, which takes the database away.
afterAll(async () => {
  await there?.close();
  await other?.stop();
});
const desk = useDesk({ REDIS_URL: redis.url });
beforeAll(async () => {
  other = await desk.anotherNode();
  here = await desk.as(Role.AGENT);
  there = new Client(() => other.url, here.token);
});
afterAll(() => redis.kill());

test(`while Redis is away for ${SECONDS} s, no mutation fails and streams go on, on both nodes`, async () => {
  const clients = [here, there] as [Client, Client];
  const ticket = await create(clients[0]);
  await desk.caughtUp();
  const streams = await Promise.all(
    clients.map((client) => client.subscribe(TicketEventsDocument, { ticket })),
  );
  /** When each note was written, and when it was told on each node. */
  const written = new Map<string, number>();
  const told = streams.map(() => new Map<string, number>());
  const reading = streams.map(async (stream, index) => {
    for (;;) {
      const { detail } = (await stream.next(30)).ticketEvents;
      const body = 'message' in detail ? detail.message?.body : undefined;
      if (body === undefined) continue;
      // Each once.
      expect(told[index]?.has(body)).toBe(false);
      told[index]?.set(body, Date.now());
      if (body === 'last') return;
    }
  });
  const note = async (body: string) => {
    const client = clients[written.size % 2] as Client;
    const { addNote } = await client.ask(AddNoteDocument, { input: { ticketId: ticket, body } });
    expect(addNote.userErrors).toEqual([]);
    written.set(body, Date.now());
  };
  await note('before');
  await until(async () => (await redis.listeners()) >= 2, 'both nodes to listen for hints');
  await redis.kill();
  const end = Date.now() + SECONDS * 1000;
  for (let number = 0; Date.now() < end; number++) {
    await note(`${number}`);
    await pause(50);
  }
  await until(() => told.every((each) => each.size >= written.size), 'all of it to be told without Redis');
  await redis.start();
  await until(async () => (await redis.listeners()) >= 2, 'both nodes to find Redis again');
  await note('last');
  await Promise.all(reading);

  for (const each of told) expect([...each.keys()]).toEqual([...written.keys()]);
  const delays = told.flatMap((each) => [...each].map(([body, at]) => at - (written.get(body) as number)));
  delays.sort((a, b) => a - b);
  const share = (of: number) => delays[Math.floor(delays.length * of)];
  console.log(
    `Redis away for ${SECONDS} s: ${written.size} mutations, none failed; told after ${share(0.5)} ms (p50), ${share(0.99)} ms (p99), ${delays.at(-1)} ms at most`,
  );
  expect(delays.at(-1)).toBeLessThan(LATEST);
});
