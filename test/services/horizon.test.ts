import { beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { systemContext } from '../../src/modules/directory/identity.service.js';
import { addMessage } from '../../src/modules/message/message.service.js';
import { MessageDirection, MessageVisibility } from '../../src/modules/message/message.vocabulary.js';
import { changeTicket } from '../../src/modules/ticket/ticket.service.js';
import { Role } from '../../src/platform/auth/viewer.js';
import { sqlOf } from '../../src/platform/database/database.js';
import {
  AddNoteDocument,
  CreateTicketDocument,
  EventCursorDocument,
  QueueChangesDocument,
  TicketEventsDocument,
} from '../generated/graphql.js';
import type { Client } from '../support/client.js';
import { useDesk } from '../support/desk.js';

/** What takes several connections at once: transactions that overlap. */
const desk = useDesk();
let agent: Client;
let [early, late] = ['', ''];
beforeAll(async () => {
  agent = await desk.as(Role.AGENT);
  const input = {
    subject: 'S',
    description: 'D',
    channel: 'EMAIL',
    customer: { email: 'customer@demo.stepdesk.example' },
  } as const;
  const create = async () =>
    (await agent.ask(CreateTicketDocument, { input })).createTicket.ticket?.id as string;
  [early, late] = [await create(), await create()];
});

const note = (ticketId: string, body: string) => agent.ask(AddNoteDocument, { input: { ticketId, body } });
const committed = async (ticketId: string) =>
  (
    await desk.app.desk.database.sql
      .selectFrom('event')
      .select('id')
      .where('stream_id', '=', ticketId)
      .execute()
  ).length;

/** Writes a note in a transaction that has its id at once, and is committed when `commit` is called. */
async function openTransaction(ticketId: string, body: string) {
  let [begun, goOn] = [() => {}, () => {}];
  const open = new Promise<void>((resolve) => (begun = resolve));
  const gate = new Promise<void>((resolve) => (goOn = resolve));
  const done = changeTicket(systemContext(desk.app.desk), ticketId, async (tx, ticket) => {
    await sql`select pg_current_xact_id()`.execute(sqlOf(tx.em));
    begun();
    await gate;
    addMessage(tx, ticket, {
      visibility: MessageVisibility.INTERNAL,
      direction: MessageDirection.OUTBOUND,
      body,
    });
  });
  await Promise.race([open, done]);
  return {
    commit: async () => {
      goOn();
      await done;
    },
  };
}

describe('a transaction that began earlier and is still open', () => {
  test('holds back what others commit meanwhile, and is then told first', async () => {
    const { eventLog, hub } = desk.app.desk;
    await desk.caughtUp();
    const { eventCursor: after } = await agent.ask(EventCursorDocument);
    const [queue, thread] = [
      await agent.subscribe(QueueChangesDocument, { after }),
      await agent.subscribe(TicketEventsDocument, { ticket: late, after }),
    ];
    const place = hub.position;
    const count = await committed(late);
    const { commit } = await openTransaction(early, 'Began first');
    await note(late, 'Committed first');
    // It is there for everyone who asks the database, and yet not behind the horizon.
    expect(await committed(late)).toBe(count + 1);
    expect(await eventLog.read(place, 100)).toMatchObject({ events: [], held: true });
    await commit();
    const told = [await queue.next(), await queue.next()].map(({ queueChanges }) => queueChanges);
    expect(told.map(({ ticketId }) => ticketId)).toEqual([early, late]);
    expect((await thread.next()).ticketEvents.detail).toMatchObject({ message: { body: 'Committed first' } });
    expect(await eventLog.read(place, 100)).toMatchObject({
      events: [{ streamId: early }, { streamId: late }],
      held: false,
    });
  });

  test('holds them back by its mere id, and lets go when it is given up', async () => {
    const { eventLog, hub, database } = desk.app.desk;
    await desk.caughtUp();
    const { eventCursor: after } = await agent.ask(EventCursorDocument);
    const thread = await agent.subscribe(TicketEventsDocument, { ticket: late, after });
    const place = hub.position;
    const idle = database.fork();
    await idle.begin();
    await sql`select pg_current_xact_id()`.execute(sqlOf(idle));
    await note(late, 'One');
    await note(late, 'Two');
    expect(await eventLog.read(place, 100, late)).toMatchObject({ events: [], held: true });
    await idle.rollback();
    const bodies = [await thread.next(), await thread.next()].map(
      ({ ticketEvents: { detail } }) => 'message' in detail && detail.message?.body,
    );
    expect(bodies).toEqual(['One', 'Two']);
  });

  test('leaves no gap for who subscribes while it is open', async () => {
    const { commit } = await openTransaction(early, 'Behind the snapshot');
    const { eventCursor: after } = await agent.ask(EventCursorDocument);
    const thread = await agent.subscribe(TicketEventsDocument, { ticket: early, after });
    await commit();
    expect((await thread.next()).ticketEvents.detail).toMatchObject({
      message: { body: 'Behind the snapshot' },
    });
  });
});
