import { expect, test } from '@jest/globals';
import { Role, type StaffViewer } from '../../../src/platform/auth/viewer.js';
import { ofStream } from '../../../src/platform/events/interest.js';
import type { LiveHub } from '../../../src/platform/events/live-hub.js';
import { Frames } from '../../../src/platform/live/frames.js';
import type { Group } from '../../../src/platform/live/group.js';
import { LiveStream } from '../../../src/platform/live/live-stream.js';
import type { Operation, Show } from '../../../src/platform/live/operation.js';
import type { Outlet } from '../../../src/platform/live/outlet.js';
import { type Delivery, Subscriber } from '../../../src/platform/live/subscriber.js';
import { payloadsIn } from '../../support/frames.js';

const viewer = (...roles: Role[]): StaffViewer => ({
  kind: 'STAFF',
  id: 'agent_1',
  name: 'Somebody',
  roles,
  teamIds: [],
  ledTeamIds: [],
  barredTeamIds: [],
});
const HERE = { xid: 5n, position: 0n };
const tick = () => new Promise((resolve) => setImmediate(resolve));

/** A subscriber that has nothing to catch up on, with what reaches its socket and the groups it joined. */
function subscribed(rightsChanged: () => Promise<{ root: unknown; last?: boolean } | undefined>) {
  const written: string[] = [];
  const joined: Group[] = [];
  const delivery = {
    hub: { position: HERE, stopping: false } as LiveHub,
    eventLog: { cursors: { encode: () => 'cursor' } },
    groupOf: () => {
      const group = { add: () => 0, remove: () => undefined } as unknown as Group;
      joined.push(group);
      return group;
    },
    onFailure: (error: unknown) => {
      throw error;
    },
  } as unknown as Delivery;
  const operation = {
    run: (_viewer: unknown, shows: Show[]) =>
      Promise.all(
        shows.map(async (show) => {
          const shown = await show({} as never);
          return { result: shown ? { data: shown.root } : null, last: shown?.last ?? false };
        }),
      ),
  } as unknown as Operation;
  const outlet = {
    drained: async () => true,
    flush: () => undefined,
    close: () => undefined,
    write: (frames: Frames) => void written.push(...payloadsIn(frames)),
  } as unknown as Outlet;
  const stream = new LiveStream({ name: 'test', rightsChanged } as never, {}, ofStream('a'), undefined);
  const subscriber = new Subscriber(
    delivery,
    operation,
    stream,
    'key',
    outlet,
    viewer(Role.AGENT),
    () => undefined,
  );
  return { subscriber, written, joined };
}

test('what a group still works out for one that has left and joined another reaches it no more', async () => {
  const { subscriber, written, joined } = subscribed(async () => undefined);
  const coming = subscriber.next();
  await tick();
  const [first] = joined as [Group];
  subscriber.deliver(first, new Frames([Buffer.from('by the first')]), HERE, false);
  // Other rights that mean nothing to it: it joins again, and the first group is still at work.
  subscriber.rightsChanged(viewer(Role.AGENT, Role.TEAM_LEAD), undefined, undefined);
  await tick();
  const [, second] = joined as [Group, Group];
  subscriber.deliver(first, new Frames([Buffer.from('too late')]), HERE, true);
  subscriber.deliver(second, new Frames([Buffer.from('by the second')]), HERE, false);
  expect(written).toEqual(['by the first', 'by the second']);
  await subscriber.return();
  expect(await coming).toEqual({ done: true, value: undefined });
});

test('a last word that waits to be sent is not lost to a further change of rights', async () => {
  const { subscriber } = subscribed(async () => ({ root: 'read anew', last: true }));
  // Two changes before graphql-ws takes what the first one means.
  subscriber.rightsChanged(viewer(Role.MANAGER), undefined, undefined);
  const first = subscriber.next();
  subscriber.rightsChanged(viewer(Role.AGENT), undefined, undefined);
  expect(await first).toEqual({ done: false, value: { data: 'read anew' } });
  expect(await subscriber.next()).toEqual({ done: true, value: undefined });
});
