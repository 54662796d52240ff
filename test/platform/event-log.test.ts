import { afterEach, describe, expect, test } from '@jest/globals';
import type { NewEvent } from '../../src/platform/events/event.js';
import { type Batch, EventLog } from '../../src/platform/events/event-log.js';
import type { Feed } from '../../src/platform/events/feed.js';
import { ofStream } from '../../src/platform/events/interest.js';
import type { Place } from '../../src/platform/events/place.rules.js';
import { until, useDesk } from '../support/desk.js';

const desk = useDesk();
let feed: Feed | undefined;
// Also where a test fails, lest the desk wait for it.
afterEach(() => feed?.return());
const START: Place = { xid: 0n, position: 0n };
const event = (n: number): NewEvent => ({ type: 'COUNTED', visibility: 'INTERNAL', data: { n } });
const batch = (streamId: string, ...numbers: number[]): Batch => ({
  streamId,
  events: numbers.map(event),
  actorId: null,
  occurredAt: desk.clock.now(),
  change: null,
});
/** Appends in one transaction. */
const append = (...batches: Batch[]) =>
  desk.app.desk.database.fork().transactional((em) => EventLog.append(em as never, batches));
const numbers = (events: { data: Record<string, unknown> }[]) => events.map(({ data }) => data.n);

describe('the event log', () => {
  test('numbers the events of each stream without a gap, over transactions and within them', async () => {
    await append(batch('gap-a', 1, 2), batch('gap-b', 9), batch('gap-c'));
    await append(batch('gap-b', 8), batch('gap-a', 3));
    await desk.caughtUp();
    const { eventLog } = desk.app.desk;
    const [a, b, c] = await Promise.all(
      ['gap-a', 'gap-b', 'gap-c'].map((stream) => eventLog.read(START, 9, stream)),
    );
    expect(a?.events.map(({ streamSeq, data }) => [streamSeq, data.n])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
    expect(b?.events.map(({ streamSeq, data }) => [streamSeq, data.n])).toEqual([
      [1, 9],
      [2, 8],
    ]);
    expect(c?.events).toEqual([]);
  });

  test('is read page by page from any place, each event once, and says whether there is more', async () => {
    for (let n = 0; n < 10; n += 2) await append(batch('pages', n, n + 1));
    await desk.caughtUp();
    const { eventLog } = desk.app.desk;
    const taken: unknown[] = [];
    let [after, more] = [START, true];
    while (more) {
      const page = await eventLog.read(after, 3, 'pages');
      taken.push(...numbers(page.events));
      [after, more] = [page.readUpTo, page.more];
    }
    expect(taken).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const all = (await eventLog.read(START, 100, 'pages')).events.map(({ place }) => place);
    expect(numbers((await eventLog.read(all[2] as Place, 100, 'pages', all[6])).events)).toEqual([
      3, 4, 5, 6,
    ]);
    expect((await eventLog.read(after, 100, 'pages')).events).toEqual([]);
  });

  test('has nothing of what was rolled back', async () => {
    const failing = desk.app.desk.database.fork().transactional(async (em) => {
      await EventLog.append(em as never, [batch('rolled-back', 1)]);
      throw new Error('No');
    });
    await expect(failing).rejects.toThrow('No');
    await append(batch('rolled-back', 2));
    await desk.caughtUp();
    const { events } = await desk.app.desk.eventLog.read(START, 9, 'rolled-back');
    expect(events.map(({ streamSeq, data }) => [streamSeq, data.n])).toEqual([[1, 2]]);
  });

  test('keeps how the subject changed with the last event of a transaction, and whether anything of it was public', async () => {
    const change = { before: null, after: { status: 'NEW' } };
    const told: NewEvent = { ...event(2), visibility: 'PUBLIC' };
    await append({ ...batch('changes', 1, 3), change }, batch('unchanged', 1));
    await append({ ...batch('changes'), events: [event(1), told, event(3)], change });
    await desk.caughtUp();
    const { events } = await desk.app.desk.eventLog.read(START, 9, 'changes');
    expect(events.map(({ change: kept }) => kept)).toEqual([
      null,
      { ...change, public: false },
      null,
      null,
      { ...change, public: true },
    ]);
    expect((await desk.app.desk.eventLog.read(START, 9, 'unchanged')).events[0]?.change).toBeNull();
  });
});

test('a reader that does not read while a thousand events come falls back to the log, and gets each once and in order', async () => {
  const { hub, hint } = desk.app.desk;
  feed = hub.open(ofStream('slow'), hub.position);
  const first = feed.next();
  await until(() => hub.size === 1, 'the reader to be live');
  await append(batch('slow', 0));
  hint.send();
  expect((await first).value.data.n).toBe(0);
  for (let n = 1; n <= 1000; n += 100)
    await append(batch('slow', ...Array.from({ length: 100 }, (_, index) => n + index)));
  hint.send();
  await until(() => hub.size === 0, 'the slow reader to be left behind');
  const taken: unknown[] = [];
  const ids = new Set<string>();
  const take = async () => {
    const { value } = await (feed as Feed).next();
    taken.push(value.data.n);
    ids.add(value.id);
  };
  while (taken.length < 600) await take();
  // More comes while it catches up.
  await append(batch('slow', 1001, 1002));
  hint.send();
  while (taken.length < 1002) await take();
  expect(taken).toEqual(Array.from({ length: 1002 }, (_, index) => index + 1));
  const rows = await desk.app.desk.database.sql
    .selectFrom('event')
    .select('id')
    .where('stream_id', '=', 'slow')
    .execute();
  expect(rows.filter(({ id }) => ids.has(id))).toHaveLength(1002);
});
