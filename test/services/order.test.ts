import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { sql } from 'kysely';
import pg from 'pg';
import type { App } from '../../src/app.js';
import { Role } from '../../src/platform/auth/viewer.js';
import {
  AddNoteDocument,
  CreateTicketDocument,
  EventCursorDocument,
  QueueChangesDocument,
  type QueueChangesSubscription,
  SetTicketPriorityDocument,
  TicketEventsDocument,
  type TicketEventsSubscription,
} from '../generated/graphql.js';
import { Client, type Stream } from '../support/client.js';
import { useDesk } from '../support/desk.js';

const desk = useDesk();
// Many requests: a limit for what hangs, not for how fast it is.
jest.setTimeout(120_000);
const WRITERS = 16;

describe('on two nodes, with 16 writers at once and a transaction that stays open', () => {
  let other: App;
  let nodes: Client[];
  beforeAll(async () => {
    other = await desk.anotherNode();
    const manager = await desk.as(Role.MANAGER);
    nodes = [manager, new Client(() => other.url, manager.token)];
  });
  afterAll(async () => {
    await nodes[1]?.close();
    await other.stop();
  });

  const [one, two] = [() => nodes[0] as Client, () => nodes[1] as Client];
  const create = async () => {
    const input = {
      subject: 'S',
      description: 'D',
      channel: 'EMAIL',
      customer: { email: 'customer@demo.stepdesk.example' },
    } as const;
    return (await one().ask(CreateTicketDocument, { input })).createTicket.ticket?.id as string;
  };

  /** One mutation of each writer, at once: notes and assessments, by turns through one node and the other. */
  async function everybodyWrites(tickets: string[], round: number): Promise<void> {
    const all = Array.from({ length: WRITERS }, async (_, writer) => {
      const ticketId = tickets[(writer + round) % tickets.length] as string;
      const client = nodes[writer % 2] as Client;
      const note = async () =>
        (await client.ask(AddNoteDocument, { input: { ticketId, body: `${round} ${writer}` } })).addNote;
      const assess = async () =>
        (
          await client.ask(SetTicketPriorityDocument, {
            input: { ticketId, priority: round % 2 ? 'HIGH' : 'LOW', reason: `${round} ${writer}` },
          })
        ).setTicketPriority;
      expect((await (writer % 3 ? note() : assess())).userErrors).toEqual([]);
    });
    await Promise.all(all);
  }

  /** What the log has of a ticket from the first event on, in its order. */
  async function logOf(ticketId: string): Promise<string[]> {
    const db = desk.app.desk.database.sql;
    const rows = await db
      .selectFrom('event')
      .select(['id', 'stream_seq'])
      .where('stream_id', '=', ticketId)
      .orderBy('stream_seq')
      .execute();
    expect(rows.map(({ stream_seq }) => stream_seq)).toEqual(rows.map((_, index) => index + 1));
    return rows.map(({ id }) => id as string);
  }

  const idsOf = (received: TicketEventsSubscription[]) => received.map(({ ticketEvents }) => ticketEvents.id);
  const follow = (client: Client, ticket: string, after: string) =>
    client.subscribe(TicketEventsDocument, { ticket, after });

  test('every subscriber gets every event of its ticket once and in order, also one that changes nodes', async () => {
    const { eventCursor: start } = await one().ask(EventCursorDocument);
    const startPlace = desk.app.desk.eventLog.cursors.decode(start);
    const tickets = [await create(), await create(), await create(), await create(), await create()];
    const [hot] = tickets as [string];
    const watchers = await Promise.all(
      nodes.flatMap((client) =>
        tickets.map(async (ticket) => [ticket, await follow(client, ticket, start)] as const),
      ),
    );
    const queues: Stream<QueueChangesSubscription>[] = await Promise.all(
      nodes.map((client) => client.subscribe(QueueChangesDocument, { after: start })),
    );
    const mover = await follow(one(), hot, start);

    await everybodyWrites([hot], 0);
    const holder = new pg.Client({ connectionString: desk.app.desk.config.databaseUrl });
    await holder.connect();
    await holder.query('begin');
    await holder.query('select pg_current_xact_id()');
    await everybodyWrites(tickets, 1);
    await everybodyWrites([hot], 2);
    const before = [await mover.next(), await mover.next(), await mover.next()];
    await mover.close();
    const moved = await follow(two(), hot, before.at(-1)?.ticketEvents.cursor as string);
    await holder.query('commit');
    await holder.end();
    await everybodyWrites(tickets, 3);

    for (const [ticket, watcher] of watchers) {
      const log = await logOf(ticket);
      await watcher.takeUntil(({ ticketEvents }) => ticketEvents.id === log.at(-1));
      expect(idsOf(watcher.received)).toEqual(log);
    }
    const log = await logOf(hot);
    expect(log.length).toBeGreaterThan(2 * 10);
    await moved.takeUntil(({ ticketEvents }) => ticketEvents.id === log.at(-1));
    expect(idsOf([...before, ...moved.received])).toEqual(log);

    const { rows } = await sql<{ xid: string; position: string }>`
      select xid::text, position::text from event where change is not null and xid >= ${String(startPlace.xid)}::xid8
      order by event.xid, event.position`.execute(desk.app.desk.database.sql);
    const { cursors } = desk.app.desk.eventLog;
    const places = rows.map(({ xid, position }) =>
      cursors.encode({ xid: BigInt(xid), position: BigInt(position) }),
    );
    for (const queue of queues) {
      await queue.takeUntil(({ queueChanges }) => queueChanges.cursor === places.at(-1));
      expect(queue.received.map(({ queueChanges }) => queueChanges.cursor)).toEqual(places);
    }
  });
});
