import { afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { systemContext } from '../../../src/modules/directory/identity.service.js';
import { changeTicket } from '../../../src/modules/ticket/ticket.service.js';
import { Role } from '../../../src/platform/auth/viewer.js';
import { DeskCountsDocument } from '../../generated/graphql.js';
import type { Client } from '../../support/client.js';
import { until, useDesk } from '../../support/desk.js';
import { changeRights } from '../../support/facts.js';
import { at } from '../../support/office.js';
import { hours, publish, Timed, timedSteps } from '../deadlines/timed.js';
import { assign, create, directory, resolve } from '../ticket/play.js';
import { Dashboard } from './dashboard.js';

const desk = useDesk({ HEARTBEAT_SECONDS: '3' });
jest.setTimeout(60_000);
let manager: Client;
let teams: Record<string, string>;
let open: Dashboard[] = [];

beforeAll(async () => {
  manager = await desk.as(Role.MANAGER);
  teams = (await directory(manager)).teams;
});
afterEach(async () => {
  await Promise.all(open.map((dashboard) => dashboard.close()));
  open = [];
});

async function watch(client: Client, every?: number): Promise<Dashboard> {
  const dashboard = await Dashboard.open(client, every);
  open.push(dashboard);
  return dashboard;
}

test('all counts come first, then those that changed, together and no oftener than asked for', async () => {
  const [dashboard, seldom] = [await watch(manager, 250), await watch(manager, 60_000)];
  expect(dashboard.by).toEqual(await dashboard.asked());
  const before = dashboard.total;
  const ids: string[] = [];
  for (let n = 0; n < 5; n += 1) ids.push(await create(manager));
  await assign(manager, ids[0] as string, { teamId: teams.Billing });
  await dashboard.until(
    () => dashboard.total === before + 5 && dashboard.by.TEAM[teams.Billing as string] === 1,
  );
  expect(dashboard.by).toEqual(await dashboard.asked());
  expect(seldom.delivered).toBe(1);
  const changes = dashboard.told.slice(1);
  expect(changes.every(({ complete }) => !complete)).toBe(true);
  // Nothing became resolved, so nothing says how many are.
  expect(changes.flatMap(({ byStatus }) => byStatus.map(({ key }) => key))).not.toContain('RESOLVED');
  await resolve(await desk.as(Role.AGENT), ids[1] as string);
  await dashboard.until(() => (dashboard.by.STATUS.RESOLVED ?? 0) > 0);
  expect(dashboard.by).toEqual(await dashboard.asked());
});

test('a ticket of a restricted team is counted for those who may see it, from the moment that rights change', async () => {
  const billing = await desk.as(at('billing'));
  const senior = teams['Senior support'] as string;
  await assign(manager, await create(manager), { teamId: senior });
  const [all, some] = [await watch(manager, 250), await watch(billing, 250)];
  await some.until(() => some.by.TEAM[senior] === 1);
  const restrict = (restricted: boolean) =>
    changeRights(desk.app.desk, `update team set restricted = ${restricted} where id = '${senior}'`, null);
  await restrict(true);
  await some.until(() => some.told.at(-1)?.complete === true && some.told.length > 1);
  expect(some.by.TEAM[senior]).toBeUndefined();
  expect(some.by).toEqual(await some.asked());
  await assign(manager, await create(manager), { teamId: senior });
  await all.until(() => all.by.TEAM[senior] === 2);
  expect(all.by).toEqual(await all.asked());
  // What is told next is told after it: of the second ticket there nothing came.
  const [before, beforeSome] = [all.total, some.total];
  await create(manager);
  await all.until(() => all.total === before + 1);
  await some.until(() => some.total === beforeSome + 1);
  const keys = some.told.flatMap(({ byTeam }) => byTeam.map(({ key }) => key));
  expect(keys.filter((key) => key === senior)).toHaveLength(1);
  expect(some.by).toEqual(await some.asked());
  await restrict(false);
  await some.until(() => some.by.TEAM[senior] === 2);
  expect(some.told.at(-1)?.complete).toBe(true);
});

test('what was promised by now, or has a step past its due date, is overdue until it is done', async () => {
  await publish(
    desk,
    'soon',
    ...timedSteps({ after: { from: 'RUN_START' }, hours: 3, counting: 'ALL_DAYS' }),
  );
  const promised = await create(manager);
  await changeTicket(systemContext(desk.app.desk), promised, async (tx, ticket) => {
    ticket.promisedResolutionAt = new Date(tx.now.getTime() + 3_600_000);
  });
  const dashboard = await watch(manager, 250);
  expect(dashboard.overdue).toBe(0);
  desk.clock.letDaysPass(hours(2));
  await dashboard.until(() => dashboard.overdue === 1);
  const timed = await Timed.start(desk, 'soon');
  desk.clock.letDaysPass(hours(4));
  await dashboard.until(() => dashboard.overdue === 2);
  await resolve(await desk.as(Role.AGENT), promised);
  await dashboard.until(() => dashboard.overdue === 1);
  expect((await timed.step('first')).overdue).toBe(true);
  await timed.watcher.close();
  expect(dashboard.by).toEqual(await dashboard.asked());
});

test('any number of dashboards, of whatever rights, cost one counter, and none when the last has left', async () => {
  const { hub } = desk.app.desk;
  await until(() => hub.size === 0, 'the others to leave');
  for (const person of [Role.MANAGER, Role.AGENT, Role.QA_MANAGER, Role.TEAM_LEAD])
    await watch(await desk.as(person));
  expect(hub.size).toBe(1);
  await Promise.all(open.slice(1).map((dashboard) => dashboard.close()));
  expect(hub.size).toBe(1);
  await open[0]?.close();
  await until(() => hub.size === 0, 'the counter to stop');
  const again = await watch(manager);
  expect(again.by).toEqual(await again.asked());
});

test('customers are refused, and so is a rate that is none', async () => {
  const first = async (client: Client, everyMilliseconds: number) =>
    (await client.subscribe(DeskCountsDocument, { everyMilliseconds })).next();
  await expect(first(await desk.as(Role.CUSTOMER), 1000)).rejects.toThrow('FORBIDDEN');
  await expect(first(manager, 10)).rejects.toThrow('INVALID_INPUT');
});

test('a desk where nothing happens says so, and how far it has read', async () => {
  const dashboard = await watch(manager);
  const { total } = dashboard;
  await dashboard.until(() => dashboard.told.at(-1)?.byStatus.length === 0);
  expect(dashboard.told.at(-1)).toMatchObject({ complete: false, total, byTeam: [], byPriority: [] });
  expect(dashboard.by).toEqual(await dashboard.asked());
});
