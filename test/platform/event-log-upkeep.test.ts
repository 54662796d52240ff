import { describe, expect, test } from '@jest/globals';
import { type RawBuilder, sql } from 'kysely';
import { Role } from '../../src/platform/auth/viewer.js';
import { EventLog } from '../../src/platform/events/event-log.js';
import { HorizonWatch } from '../../src/platform/events/horizon-watch.js';
import { identify } from '../../src/platform/events/log-origin.js';
import { dropMonths, makeMonths } from '../../src/platform/events/log-upkeep.js';
import type { Log } from '../../src/platform/log.js';
import { EventsAfterDocument, TicketEventsDocument } from '../generated/graphql.js';
import { create } from '../modules/ticket/play.js';
import { useDesk } from '../support/desk.js';
import { appendFacts } from '../support/facts.js';

const desk = useDesk();
const query = <Row>(statement: RawBuilder<Row>) => statement.execute(desk.app.desk.database.sql);
/** What only an owner who means it can do: rows of the log don't change. */
async function rewrite(statement: RawBuilder<unknown>): Promise<void> {
  await query(sql`alter table event disable trigger event_rows_stay`);
  await query(statement);
  await query(sql`alter table event enable trigger event_rows_stay`);
}
const START = { xid: 0n, position: 0n };

describe('months of the log', () => {
  test('are there before they begin, and events go where they belong', async () => {
    await makeMonths(desk.app.desk.database);
    const { rows } = await query(sql<{ name: string }>`
      select inhrelid::regclass::text as name from pg_inherits where inhparent = 'event'::regclass order by 1`);
    expect(rows.map(({ name }) => name)).toEqual([
      expect.stringMatching(/^event_\d{4}_\d{2}$/),
      expect.stringMatching(/^event_\d{4}_\d{2}$/),
      expect.stringMatching(/^event_\d{4}_\d{2}$/),
      'event_default',
    ]);
    expect((await query(sql`select 1 from event_default`)).rows).toEqual([]);
    expect((await query(sql`select 1 from event`)).rows.length).toBeGreaterThan(0);
  });

  test('are dropped when they are old; who resumes from before them is told to read anew', async () => {
    const agent = await desk.as(Role.AGENT);
    const ticket = await create(agent, { subject: 'Long ago' });
    await appendFacts(desk.app.desk, ticket, ['long ago']);
    await desk.caughtUp();
    // All that happened so far, as if it had been in January 2020.
    await query(
      sql`create table event_2020_01 partition of event for values from ('2020-01-01Z') to ('2020-02-01Z')`,
    );
    await rewrite(sql`update event set appended_at = '2020-01-15Z'`);
    const { events: page } = await agent.ask(EventsAfterDocument, { ticket });
    const early = page.events[0]?.cursor as string;
    expect(await dropMonths(desk.app.desk.database, 1_000)).toEqual([]);
    expect(await dropMonths(desk.app.desk.database, 1)).toEqual(['event_2020_01']);
    const { events } = await agent.ask(EventsAfterDocument, { after: early });
    expect(events).toMatchObject({ resyncRequired: true, events: [] });
    const told = await (await agent.subscribe(TicketEventsDocument, { ticket, after: early })).next();
    expect(told.ticketEvents.detail.__typename).toBe('ResyncRequired');
    // The log goes on, numbered as if nothing were missing.
    const on = await agent.subscribe(TicketEventsDocument, { ticket, after: told.ticketEvents.cursor });
    await appendFacts(desk.app.desk, ticket, ['today']);
    expect((await on.next()).ticketEvents.detail).toMatchObject({ what: 'COUNTED' });
  });
});

describe('a log that is found elsewhere than it was', () => {
  test('has another identity, so that cursors of before are refused; elsewhere again, another still', async () => {
    const { database } = desk.app.desk;
    const before = await identify(database);
    expect(await identify(database)).toEqual(before);
    await query(sql`update event_log set origin = 'another place'`);
    const after = await identify(database);
    expect(after.id).not.toBe(before.id);
    expect(await identify(database)).toEqual(after);
  });

  test('is numbered anew where its transactions are yet to come here, in the order it had', async () => {
    const { database } = desk.app.desk;
    const ticket = await create(await desk.as(Role.AGENT), { subject: 'Restored' });
    for (const name of ['one', 'two', 'three']) await appendFacts(desk.app.desk, ticket, [name]);
    await desk.caughtUp();
    const facts = async () => {
      const log = await EventLog.open(database);
      const { events } = await log.read(START, 1_000, ticket);
      return events.map(({ data, type }) => data.factId ?? type);
    };
    const inOrder = await facts();
    await rewrite(sql`update event set xid = (xid::text::bigint + 5000000000)::text::xid8`);
    await query(sql`update event_log set origin = 'another cluster'`);
    expect(await facts()).toEqual(inOrder);
    await appendFacts(desk.app.desk, ticket, ['four']);
    expect(await facts()).toEqual([...inOrder, 'four']);
    // That was the one time: there is nothing to number any more, and the rows stay as they are.
    await expect(query(sql`select event_number_anew()`)).rejects.toThrow(
      'no event is ahead of this database',
    );
  });
});

describe('the rows of the log stay as they are, whoever tries', () => {
  const month = `event_${new Date().toISOString().slice(0, 7).replace('-', '_')}`;
  test.each(
    ['event', month, 'event_default'].flatMap((table) => [
      `update ${table} set type = 'OTHER'`,
      `delete from ${table}`,
      `truncate ${table}`,
    ]),
  )('%s', async (statement) => {
    const count = async () => (await query(sql`select 1 from event`)).rows.length;
    const before = await count();
    // A trigger of rows has something to refuse where there are rows.
    if (statement.includes('default') && !statement.startsWith('truncate'))
      await query(sql`insert into event (id, stream_id, stream_seq, type, visibility, occurred_at, appended_at, data)
        values (${statement}, 'somebody', 1, 'EARLY', 'INTERNAL', now(), '1999-01-01Z', '{}')`);
    const kept = Math.max(before, await count());
    await expect(query(sql.raw(statement))).rejects.toThrow('the event log is only ever added to');
    expect(await count()).toBe(kept);
  });

  test('months to come are no exception, and the present one is never dropped', async () => {
    const { rows } = await query(sql<{ name: string }>`
      select relname as name from pg_class c where relispartition and relkind = 'r' and not exists
        (select from pg_trigger t where t.tgrelid = c.oid and tgname = 'event_stays')`);
    expect(rows).toEqual([]);
    for (const keep of ['0', '-1', 'null'])
      await expect(query(sql`select event_drop_months(${sql.raw(keep)})`)).rejects.toThrow('whole months');
  });
});

test('an open transaction that holds live delivery back is named once, and so is its end', async () => {
  const said: string[] = [];
  const note = (_fields: object | string, words?: string) => void said.push(words ?? String(_fields));
  let now = 0;
  const holders = async () => [{ pid: 7, application: 'psql', state: 'idle in transaction', seconds: 9 }];
  const watch = new HorizonWatch(
    { holders } as unknown as EventLog,
    { warn: note, info: note } as unknown as Log,
    () => now,
  );
  const at = async (time: number, held: boolean, horizon: bigint) => {
    now = time;
    await watch.look(held, horizon);
  };
  await at(0, true, 5n);
  await at(4_000, true, 6n);
  await at(8_000, true, 6n);
  expect(said).toEqual([]);
  expect(watch.heldSeconds).toBe(4);
  await at(9_000, true, 6n);
  await at(10_000, true, 6n);
  expect(said).toEqual(['An open transaction holds live delivery back']);
  await at(11_000, false, 9n);
  expect(said).toEqual(['An open transaction holds live delivery back', 'Live delivery goes on']);
  expect(watch.heldSeconds).toBe(0);
});
