import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Role, type StaffViewer, type Viewer } from '../../../src/platform/auth/viewer.js';
import type { EventRecord } from '../../../src/platform/events/event.js';
import { ofStream } from '../../../src/platform/events/interest.js';
import type { Frames } from '../../../src/platform/live/frames.js';
import { Group } from '../../../src/platform/live/group.js';
import { LiveStream } from '../../../src/platform/live/live-stream.js';
import type { Operation, Show } from '../../../src/platform/live/operation.js';
import type { Subscriber } from '../../../src/platform/live/subscriber.js';
import { likeness, tracked } from '../../../src/platform/live/tracked-viewer.js';
import { payloadsIn } from '../../support/frames.js';

/** Properties that a resolver may look at, in the order it does; it stops where it sees what it looks for. */
type Look = { property: keyof StaffViewer; until: string }[];

const staff = fc.record({
  kind: fc.constant('STAFF' as const),
  id: fc.constantFrom('ann', 'ben', 'cay', 'dan'),
  name: fc.constant('Somebody'),
  roles: fc.subarray([Role.AGENT, Role.MANAGER]),
  teamIds: fc.subarray(['north', 'south']),
  ledTeamIds: fc.constant([] as string[]),
  barredTeamIds: fc.subarray(['north', 'south']),
});
const look: fc.Arbitrary<Look> = fc.array(
  fc.record({
    property: fc.constantFrom('id', 'roles', 'teamIds', 'barredTeamIds'),
    until: fc.constantFrom('ann', 'MANAGER', 'north', 'nothing'),
  }),
  { maxLength: 4 },
) as fc.Arbitrary<Look>;

/** What a viewer is delivered for an event: all that was looked at. */
function answer(viewer: Viewer, looks: Look): string {
  const seen: string[] = [];
  for (const { property, until } of looks) {
    const value = JSON.stringify((viewer as StaffViewer)[property]);
    seen.push(`${property}:${value}`);
    if (value.includes(until)) break;
  }
  return seen.join(' ');
}

class Member {
  joinedAt = 0;
  readonly received: string[] = [];
  constructor(public viewer: Viewer) {}
  deliver(_group: Group, frames: Frames): void {
    for (const payload of payloadsIn(frames)) this.received.push(JSON.parse(payload.slice(0, -1)).data);
  }
  fail(error: unknown): void {
    throw error;
  }
}

test('sharing an execution never changes what anybody is delivered, and executes no more than there are kinds of people', async () => {
  const play = fc.asyncProperty(
    fc.array(staff, { minLength: 1, maxLength: 12 }),
    fc.array(fc.array(look, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
    fc.nat(11),
    async (viewers, bursts, lateBy) => {
      let executions = 0;
      const operation = {
        run: async (viewer: Viewer, shows: Show[], reads: Set<string>) => {
          executions += shows.length;
          await null;
          return Promise.all(
            shows.map(async (show) => {
              const shown = await show({ viewer: tracked(viewer, reads) } as never);
              return { result: shown ? { data: shown.root } : null, last: false };
            }),
          );
        },
      } as unknown as Operation;
      const source = {
        name: 'test',
        show: async ({ viewer }: { viewer: Viewer }, _args: unknown, record: EventRecord) => {
          const root = answer(viewer, record.data.look as Look);
          return root === '' ? undefined : { root };
        },
      };
      const stream = new LiveStream(source as never, {}, ofStream('a'), undefined);
      const group = new Group(operation, stream, () => undefined);
      const members = viewers.map((viewer) => new Member(viewer));
      const late = members[lateBy % members.length] as Member;
      const join = (member: Member) => {
        member.joinedAt = group.add(member as unknown as Subscriber);
      };
      for (const member of members) if (member !== late) join(member);
      const events = bursts.flat();
      for (const [index, burst] of bursts.entries()) {
        for (const each of burst) {
          const place = { xid: 1n, position: 1n };
          group.take({ place, data: { look: each } } as unknown as EventRecord);
        }
        // One joins while the first burst is being worked out: it gets what follows.
        if (index === 0) join(late);
        if (index % 2 === 0) await new Promise(setImmediate);
      }
      const due = (member: Member) => events.slice(member === late ? (bursts[0]?.length ?? 0) : 0);
      const wanted = members.map((member) =>
        due(member)
          .map((each) => answer(member.viewer, each))
          .filter((text) => text !== ''),
      );
      const done = () =>
        members.every((member, index) => member.received.length >= (wanted[index]?.length ?? 0));
      for (let tick = 0; tick < 200 && !done(); tick++) await new Promise(setImmediate);
      expect(members.map(({ received }) => received)).toEqual(wanted);
      const kinds = new Set(
        viewers.map((viewer) => likeness(viewer, ['id', 'roles', 'teamIds', 'barredTeamIds'])),
      );
      expect(executions).toBeLessThanOrEqual(kinds.size * events.length);
    },
  );
  await fc.assert(play, { numRuns: 400 });
});

test('people who are alike in all that is read share one execution', async () => {
  let executions = 0;
  const operation = {
    run: async (viewer: Viewer, shows: Show[], reads: Set<string>) => {
      executions += shows.length;
      await Promise.all(shows.map((show) => show({ viewer: tracked(viewer, reads) } as never)));
      return shows.map(() => ({ result: { data: null }, last: false }));
    },
  } as unknown as Operation;
  const source = { show: async ({ viewer }: { viewer: StaffViewer }) => ({ root: viewer.roles.length }) };
  const group = new Group(
    operation,
    new LiveStream(source as never, {}, ofStream('a'), undefined),
    () => undefined,
  );
  const members = Array.from(
    { length: 100 },
    (_, index) =>
      new Member({
        kind: 'STAFF',
        id: `${index}`,
        name: '',
        roles: [],
        teamIds: [],
        ledTeamIds: [],
        barredTeamIds: [],
      }),
  );
  for (const member of members) member.joinedAt = group.add(member as unknown as Subscriber);
  group.take({ place: { xid: 1n, position: 1n } } as EventRecord);
  while (members.some(({ received }) => received.length === 0)) await new Promise(setImmediate);
  expect(executions).toBe(1);
});
