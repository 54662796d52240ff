import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { sql } from 'kysely';
import type { App } from '../../src/app.js';
import { Role } from '../../src/platform/auth/viewer.js';
import { EventCursorDocument, QueueChangesDocument, TicketEventsDocument } from '../generated/graphql.js';
import { create } from '../modules/ticket/play.js';
import { Client } from '../support/client.js';
import { until, useDesk } from '../support/desk.js';
import { appendFacts, changeRights } from '../support/facts.js';
import { at } from '../support/office.js';

/** Clients that come to a node which has not read as far in the log as another. */
let behind: App;
afterAll(() => behind?.stop());
const desk = useDesk({ HEARTBEAT_SECONDS: '1' });
beforeAll(async () => {
  behind = await desk.anotherNode();
});
afterEach(() => void jest.restoreAllMocks());

/** Keeps the node's tailer from reading on. @returns lets it go on */
async function hold(app: App): Promise<() => void> {
  const { eventLog } = app.desk;
  const read = eventLog.read.bind(eventLog);
  let [letGo, reached] = [() => {}, false];
  const gate = new Promise<void>((resolve) => (letGo = resolve));
  // The tailer reads to the horizon; subscribers look at their place, and read to where the tailer is.
  jest.spyOn(eventLog, 'read').mockImplementation(async (...args) => {
    if (args[1] === 0 || args[3] !== undefined) return read(...args);
    reached = true;
    await gate;
    return read(...args);
  });
  await until(() => reached, 'the tailer to be held');
  return letGo;
}

test('whoever has read further than the node gets nothing twice, and all that follows', async () => {
  const agent = await desk.as(Role.AGENT);
  const there = new Client(() => behind.url, agent.token);
  const ticket = await create(agent);
  await desk.caughtUp();
  const ahead = await agent.subscribe(TicketEventsDocument, { ticket });
  const letGo = await hold(behind);
  await appendFacts(desk.app.desk, ticket, ['one']);
  const facts = ({ ticketEvents: { detail } }: Awaited<ReturnType<typeof ahead.next>>) =>
    'subjectId' in detail;
  const cursor = (await ahead.takeUntil(facts)).at(-1)?.ticketEvents.cursor as string;
  const stream = await there.subscribe(TicketEventsDocument, { ticket, after: cursor });
  // Long enough for it to have gone live.
  const started = behind.desk.hub.position;
  await until(async () => Boolean(await there.ask(EventCursorDocument)), 'the node to answer');
  expect(behind.desk.hub.position).toEqual(started);
  letGo();
  await appendFacts(desk.app.desk, ticket, ['two']);
  const told = (await stream.takeUntil(facts)).filter(facts);
  expect(told.map(({ ticketEvents: { detail } }) => 'subjectId' in detail && detail.subjectId)).toEqual([
    'two',
  ]);
  await there.close();
});

test('whoever comes by rights that the node has not read of yet is told to read anew when it has', async () => {
  const email = at('second');
  const agent = await desk.as(email);
  const there = new Client(() => behind.url, agent.token);
  const db = desk.app.desk.database.sql;
  const { rows } = await sql<{ id: string }>`select id from agent where email = ${email}`.execute(db);
  const { eventCursor: after } = await there.ask(EventCursorDocument);
  const letGo = await hold(behind);
  await changeRights(desk.app.desk, "update team set restricted = true where name = 'Billing'", [
    rows[0]?.id as string,
  ]);
  // Half a second later nobody's rights of before are remembered any more.
  await new Promise((resolve) => setTimeout(resolve, 600));
  const list = await there.subscribe(QueueChangesDocument, { after });
  await list.takeUntil(({ queueChanges }) => queueChanges.move === 'HEARTBEAT');
  letGo();
  const told = await list.takeUntil(({ queueChanges }) => queueChanges.move === 'RESYNC_REQUIRED');
  expect(told.at(-1)?.queueChanges.move).toBe('RESYNC_REQUIRED');
  await there.close();
});
