import { describe, expect, test } from '@jest/globals';
import type { Authenticator } from '../../../src/platform/auth/authenticator.js';
import { rightsChanged } from '../../../src/platform/auth/rights.events.js';
import { Role, type StaffViewer, type Viewer } from '../../../src/platform/auth/viewer.js';
import type { EventRecord } from '../../../src/platform/events/event.js';
import type { EventLog } from '../../../src/platform/events/event-log.js';
import { LiveViewers } from '../../../src/platform/live/live-viewers.js';
import type { Log } from '../../../src/platform/log.js';

const someone = (role: Role): StaffViewer => ({
  kind: 'STAFF',
  id: 'agent_1',
  name: 'Somebody',
  roles: [role],
  teamIds: [],
  ledTeamIds: [],
  barredTeamIds: [],
});

test('what was looked up before rights changed does not undo what the log says of them', async () => {
  const answers: ((viewer: Viewer) => void)[] = [];
  const authenticator = {
    viewer: async () => someone(Role.MANAGER),
    forget: () => undefined,
    viewers: () =>
      new Promise((resolve) => answers.push((viewer) => resolve(new Map([['agent_1', viewer]])))),
  } as unknown as Authenticator;
  const viewers = new LiveViewers(
    authenticator,
    { ceiling: async () => 5n } as unknown as EventLog,
    {} as Log,
  );
  const tick = () => new Promise((resolve) => setImmediate(resolve));
  const person = await viewers.enter('agent_1', () => undefined);
  // The look without a reason is under way when the log tells that they are no manager any more.
  viewers.start();
  await tick();
  const place = { xid: 7n, position: 1n };
  const heeded = viewers.heed([{ ...rightsChanged(['agent_1']), place } as EventRecord], place);
  await tick();
  const [first] = answers;
  if (answers.length > 1) answers[1]?.(someone(Role.AGENT));
  await tick();
  first?.(someone(Role.MANAGER));
  await tick();
  answers[1]?.(someone(Role.AGENT));
  await heeded;
  await tick();
  expect((person.viewer as StaffViewer).roles).toEqual([Role.AGENT]);
  await viewers.stop();
});

describe('a change of rights that was looked up and is not given out yet', () => {
  const place = { xid: 7n, position: 1n };
  const readUpTo = { xid: 9n, position: 0n };
  const change = { ...rightsChanged(['agent_1']), place } as EventRecord;

  async function atTheDesk(ceilings: bigint[]) {
    const roles = [Role.MANAGER, Role.AGENT];
    const authenticator = {
      viewer: async () => someone(roles.at(0) as Role),
      forget: () => roles.splice(0, roles.length - 1),
      viewers: async () => new Map([['agent_1', someone(roles.at(0) as Role)]]),
    } as unknown as Authenticator;
    const eventLog = { ceiling: async () => ceilings.shift() as bigint } as unknown as EventLog;
    return new LiveViewers(authenticator, eventLog, {} as Log);
  }

  test('is known of who comes meanwhile, with the new rights already', async () => {
    const viewers = await atTheDesk([9n]);
    await viewers.heed([change], readUpTo);
    const person = await viewers.enter('agent_1', () => undefined);
    expect(person.lastChange).toEqual({ since: readUpTo, foreseen: place });
  });

  test('is known of who was here: what they subscribe to now begins by the new rights', async () => {
    const viewers = await atTheDesk([6n, 9n]);
    const person = await viewers.enter('agent_1', () => undefined);
    await viewers.heed([change], readUpTo);
    expect(person.lastChange).toEqual({ since: readUpTo, foreseen: place });
  });

  test('is nothing to who comes when all of it was given out', async () => {
    const viewers = await atTheDesk([9n]);
    await viewers.heed([change], readUpTo);
    await viewers.heed([], { xid: 12n, position: 0n });
    expect((await viewers.enter('agent_1', () => undefined)).lastChange).toBeUndefined();
  });
});
