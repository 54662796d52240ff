import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { EventRecord } from '../../src/platform/events/event.js';
import type { EventLog, Page } from '../../src/platform/events/event-log.js';
import { everything, ofStream } from '../../src/platform/events/interest.js';
import { LiveHub } from '../../src/platform/events/live-hub.js';
import { comparePlaces, type Place } from '../../src/platform/events/place.rules.js';

const NOWHERE: Place = { xid: 0n, position: 0n };
const interest = (stream: string | undefined) => (stream === undefined ? everything : ofStream(stream));
const over = { done: true, value: undefined };
const record = (index: number, streamId: string): EventRecord =>
  ({
    id: `event_${index}`,
    streamId,
    place: { xid: BigInt(1 + Math.floor(index / 3)), position: BigInt(index + 1) },
  }) as EventRecord;

/** A log in memory that reads as the real one does, when `answer` lets it. */
function logOf(events: EventRecord[], answer: (page: Page) => Promise<Page>) {
  const read = async (after: Place, limit: number, streamId?: string, until?: Place) => {
    const within = events.filter(
      (event) =>
        comparePlaces(event.place, after) > 0 &&
        (streamId === undefined || event.streamId === streamId) &&
        (until === undefined || comparePlaces(event.place, until) <= 0),
    );
    const page = within.slice(0, limit);
    const more = page.length === limit;
    return answer({
      events: page,
      more,
      held: false,
      gap: false,
      readUpTo: (more && page.at(-1)?.place) || until || NOWHERE,
    });
  };
  return { read } as unknown as EventLog;
}

/** How many events follow one another in one stream; long enough to overflow a reader and to fill pages. */
const spell = fc.tuple(
  fc.constantFrom('a', 'b'),
  fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(100, 199, 200, 201, 255, 256, 257, 500)),
);

test('a reader gets each event once and in order, however slow it is, whatever comes while it reads, and across reconnects', async () => {
  const plan = fc.record({
    batches: fc.array(fc.array(spell, { maxLength: 3 }), { maxLength: 6 }),
    stream: fc.constantFrom('a', undefined),
    missed: fc.nat(5),
    pauses: fc.array(fc.nat(300), { maxLength: 6 }),
    reconnects: fc.array(fc.nat(300), { maxLength: 3 }),
  });
  const holds = fc.asyncProperty(
    fc.scheduler(),
    plan,
    async (scheduler, { batches, stream, missed, pauses, reconnects }) => {
      const spells: EventRecord[][] = [];
      let count = 0;
      for (const batch of batches) {
        const streams = batch.flatMap(([of, many]) => Array<string>(many).fill(of));
        spells.push(streams.map((of, index) => record(count + index + 1, of)));
        count += streams.length;
      }
      const events: EventRecord[] = [];
      const hub = new LiveHub(logOf(events, (page) => scheduler.schedule(Promise.resolve(page))));
      const write = (batch: EventRecord[]) => {
        events.push(...batch);
        hub.advance(batch, batch.at(-1)?.place ?? hub.position);
      };
      // What the reader missed before it came is there already.
      for (const batch of spells.slice(0, missed)) write(batch);
      const writeOn = async () => {
        for (const batch of spells.slice(missed)) {
          await scheduler.schedule(Promise.resolve());
          write(batch);
        }
      };
      const wanted = spells.flat().filter(({ streamId }) => stream === undefined || streamId === stream);
      const taken: EventRecord[] = [];
      const read = async () => {
        let feed = hub.open(interest(stream), NOWHERE);
        while (taken.length < wanted.length) {
          if (pauses.includes(taken.length)) await scheduler.schedule(Promise.resolve());
          if (reconnects.includes(taken.length)) {
            await feed.return();
            feed = hub.open(interest(stream), taken.at(-1)?.place ?? NOWHERE);
          }
          taken.push((await feed.next()).value);
        }
        await feed.return();
      };
      await scheduler.waitFor(Promise.all([writeOn(), read()]));
      expect(taken.map(({ id }) => id)).toEqual(wanted.map(({ id }) => id));
      expect(hub.size).toBe(0);
    },
  );
  await fc.assert(holds, { numRuns: 200 });
});

describe('a feed', () => {
  const liveHub = () => new LiveHub(logOf([], async (page) => page));
  /** A feed that has given an event and waits for its next one. */
  async function waiting(hub: LiveHub, stream: string) {
    const feed = hub.open(interest(stream), NOWHERE);
    const first = feed.next();
    feed.take(record(1, stream));
    expect((await first).value.id).toBe('event_1');
    return { feed, pending: feed.next() };
  }

  test('that is ended while its next event is awaited ends at once, and leaves nothing behind', async () => {
    const hub = liveHub();
    const { feed, pending } = await waiting(hub, 'a');
    expect(hub.size).toBe(1);
    expect(await feed.return()).toEqual(over);
    expect(await pending).toEqual(over);
    expect(hub.size).toBe(0);
    hub.advance([record(2, 'a')], record(2, 'a').place);
    expect(await feed.next()).toEqual(over);
  });

  test('hears only of its stream, and of nothing before its place', async () => {
    const hub = liveHub();
    const [feed, all] = [hub.open(ofStream('a'), record(2, 'a').place), hub.open(everything)];
    const [mine, any] = [feed.next(), all.next()];
    for (const event of [record(1, 'b'), record(2, 'a'), record(3, 'b'), record(4, 'a')])
      hub.advance([event], event.place);
    expect([(await mine).value.id, (await any).value.id]).toEqual(['event_4', 'event_1']);
    await Promise.all([feed.return(), all.return()]);
  });

  test('whose log cannot be read gives the error and ends', async () => {
    const events = [record(1, 'a')];
    const hub = new LiveHub(logOf(events, () => Promise.reject(new Error('The database is away'))));
    hub.advance(events, record(1, 'a').place);
    const feed = hub.open(ofStream('a'), NOWHERE);
    await expect(feed.next()).rejects.toThrow('The database is away');
    expect(hub.size).toBe(0);
    expect(await feed.next()).toEqual(over);
  });

  test('ends with its hub, and none opens afterwards', async () => {
    const hub = liveHub();
    const feeds = [await waiting(hub, 'a'), await waiting(hub, 'a')];
    expect(hub.size).toBe(2);
    await hub.close();
    expect(await Promise.all(feeds.map(({ pending }) => pending))).toEqual([over, over]);
    expect(await hub.open(ofStream('a')).next()).toEqual(over);
    expect(hub.size).toBe(0);
  });
});
