import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { type Mishaps, playFaults } from '../support/history/faults.js';
import type { Follower } from '../support/history/follower.js';
import { checkList } from '../support/history/list-check.js';
import { openPlay, type Play } from '../support/history/play.js';
import { checkTicket, seesAtLast } from '../support/history/ticket-check.js';
import { Truth } from '../support/history/truth.js';
import { Verdict } from '../support/history/verdict.js';
import { pause } from '../support/history/writers.js';

/**
 * The history test: whatever goes wrong on the way, everybody receives what SQL says they may see, each event
 * once and in order, and nothing else. A short history in every run; `npm run test:history` plays one as long as
 * HISTORY_EVENTS says.
 */
const EVENTS = Number(process.env.HISTORY_EVENTS ?? 1_000);
/** How long the last of it may take to arrive once nothing goes wrong any more, in seconds. */
const SETTLED_WITHIN = 60;
// A limit for what hangs, not for how fast it is.
jest.setTimeout(3_600_000);

let play: Play;
beforeAll(async () => {
  // So that a long history has more to every transaction, and not only more of them.
  play = await openPlay(Math.max(8, EVENTS / 1_000));
}, 120_000);
afterAll(() => play?.close(), 60_000);

test(`${EVENTS} events reach fifty subscribers through three nodes, whatever goes wrong`, async () => {
  const { db, followers, director, writers } = play;
  await director.look();
  for (const follower of followers) follower.start();
  let mishaps: Mishaps | undefined;
  const began = Date.now();
  await play.write(async () => {
    mishaps = await playFaults(play, EVENTS);
  });
  const writtenAt = Date.now();
  const truth = await Truth.read(db, director.snapshots);
  await settled(followers, truth, writtenAt);
  const settledAt = Date.now();
  await Promise.all(followers.map((follower) => follower.stop()));

  const verdict = new Verdict();
  for (const follower of followers) {
    const found = (follower.wanted.kind === 'LIST' ? checkList : checkTicket)(follower, truth);
    verdict.include(found, `${follower.person.email} `);
  }
  const ends = Object.groupBy(
    followers.flatMap(({ segments }) => segments),
    ({ end, lastWord }) => lastWord?.what ?? end,
  );
  const figures = {
    events: truth.rows.length,
    changes: truth.changes.length,
    rightsChanges: truth.rules.length - 1,
    mutations: writers.mutations,
    cutOff: writers.cutOff,
    lateCommits: writers.lateCommits,
    ...mishaps,
    delivered: followers.flatMap(({ segments }) => segments).reduce((sum, { told }) => sum + told.length, 0),
    segments: Object.fromEntries(Object.entries(ends).map(([end, all]) => [end, all?.length])),
    writingSeconds: (writtenAt - began) / 1000,
    settlingSeconds: (settledAt - writtenAt) / 1000,
  };
  console.log(JSON.stringify({ figures, verdict: verdict.counts, words: verdict.words }, null, 1));

  expect(followers.flatMap(({ faults }) => faults).slice(0, 5)).toEqual([]);
  expect(writers.failures.slice(0, 5)).toEqual([]);
  expect(verdict.words).toEqual([]);
  expect(verdict.total).toBe(0);
  expect(mishaps).toMatchObject({ redisRestarts: 1, listenersKilled: 10, nodesKilled: 1 });
  expect(figures.events).toBeGreaterThanOrEqual(EVENTS);
  // It was put to the test at all: all that may happen to a stream happened, and much was told.
  expect(figures.delivered).toBeGreaterThan(figures.changes * 5);
  expect(Object.keys(ends)).toEqual(
    expect.arrayContaining(['CUT', 'RESYNC_REQUIRED', 'AccessEnded', 'REFUSED']),
  );
});

/** Waits until everybody who may see something has read the log to its end; who hasn't in time misses the rest. */
async function settled(followers: Follower[], truth: Truth, writtenAt: number): Promise<void> {
  const done = (follower: Follower) => {
    const last = follower.last;
    if (!last || last.readUpTo.xid > truth.end.xid) return true;
    return !seesAtLast(follower, truth) && last.end === 'REFUSED' && last.began > writtenAt;
  };
  const until = Date.now() + SETTLED_WITHIN * 1000;
  while (!followers.every(done) && Date.now() < until) await pause(50);
}
