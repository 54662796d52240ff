import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { type RawBuilder, sql } from 'kysely';
import WebSocket from 'ws';
import { Role } from '../../../src/platform/auth/viewer.js';
import { Operation } from '../../../src/platform/live/operation.js';
import {
  CreateTicketDocument,
  EventCursorDocument,
  EventsAfterDocument,
  QueueChangesDocument,
  SetTicketStatusDocument,
  TicketEventsDocument,
} from '../../generated/graphql.js';
import type { Client } from '../../support/client.js';
import { until, useDesk } from '../../support/desk.js';
import { appendFacts, changeRights } from '../../support/facts.js';
import { type Message, Wire } from '../../support/wire.js';

const desk = useDesk({ HEARTBEAT_SECONDS: '1' });
/** Far more than a socket holds; SLOW_READER_EVENTS=20000 plays the long one. */
const SLOW_READER_EVENTS = Number(process.env.SLOW_READER_EVENTS ?? 4_000);
afterEach(() => void jest.restoreAllMocks());

async function newTicket(client: Client): Promise<string> {
  const { createTicket } = await client.ask(CreateTicketDocument, {
    input: {
      subject: 'It hums',
      description: 'All day long.',
      channel: 'PHONE',
      customer: { email: 'customer@demo.stepdesk.example' },
    },
  });
  return createTicket.ticket?.id as string;
}

type Told = { ticketEvents: { detail: { __typename?: string }; cursor: string } };
const isHeartbeat = ({ ticketEvents }: Told) => ticketEvents.detail.__typename === 'Heartbeat';
const query = <Row>(statement: RawBuilder<Row>) => statement.execute(desk.app.desk.database.sql);

describe('sharing', () => {
  test('one execution serves all who are alike in what it reads; each gets the event once, under their own id', async () => {
    const agents = await Promise.all(
      [Role.AGENT, 'second@demo.stepdesk.example', Role.TEAM_LEAD].map((person) => desk.as(person)),
    );
    const ticket = await newTicket(agents[0] as Client);
    const open = () => agents.map((agent) => agent.subscribe(TicketEventsDocument, { ticket }));
    const streams = await Promise.all([...open(), ...open(), ...open()]);
    // Heartbeats come to those who are live, and have it found out what they are alike in.
    for (const stream of streams) await stream.takeUntil(isHeartbeat);
    const run = jest.spyOn(Operation.prototype, 'run');
    await appendFacts(desk.app.desk, ticket, ['a', 'b']);
    for (const stream of streams) {
      const told = (await stream.takeUntil(({ ticketEvents: { detail } }) => 'what' in detail)).concat(
        await stream.takeUntil(({ ticketEvents: { detail } }) => 'what' in detail),
      );
      expect(told.filter((each) => !isHeartbeat(each))).toHaveLength(2);
    }
    const events = run.mock.calls.reduce((sum, [, shows]) => sum + shows.length, 0);
    // An agent and a team lead read with other roles, so there may be two kinds; heartbeats may fall in between.
    expect(events).toBeGreaterThanOrEqual(2);
    expect(events).toBeLessThanOrEqual(8);
  });

  test('a customer among staff gets what is for customers', async () => {
    const [agent, customer] = [await desk.as(Role.AGENT), await desk.as(Role.CUSTOMER)];
    const ticket = await newTicket(agent);
    const [told, shown] = await Promise.all(
      [agent, customer].map((person) => person.subscribe(QueueChangesDocument, {})),
    );
    for (const stream of [told, shown])
      await stream?.takeUntil(({ queueChanges }) => queueChanges.move === 'HEARTBEAT');
    await agent.ask(SetTicketStatusDocument, { input: { ticketId: ticket, status: 'OPEN' } });
    const moved = ({ queueChanges }: { queueChanges: { ticketId?: string | null } }) =>
      queueChanges.ticketId === ticket;
    expect((await told?.takeUntil(moved))?.at(-1)?.queueChanges.move).toBe('UPDATED');
    expect((await shown?.takeUntil(moved))?.at(-1)?.queueChanges.move).toBe('UPDATED');
  });
});

describe('rights that change while somebody listens', () => {
  test('end what may no longer be seen, have lists read anew, and let nothing through that follows', async () => {
    const [agent, manager] = [await desk.as('billing@demo.stepdesk.example'), await desk.as(Role.MANAGER)];
    const ticket = await newTicket(manager);
    await query(
      sql`update ticket set team_id = (select id from team where name = 'Senior support') where id = ${ticket}`,
    );
    const one = await agent.subscribe(TicketEventsDocument, { ticket });
    const list = await agent.subscribe(QueueChangesDocument, {});
    const other = await manager.subscribe(TicketEventsDocument, { ticket });
    // A heartbeat says that a subscription is live.
    for (const stream of [one, other]) await stream.takeUntil(isHeartbeat);
    await appendFacts(desk.app.desk, ticket, ['before']);
    await one.takeUntil(({ ticketEvents: { detail } }) => 'what' in detail);
    await list.takeUntil(({ queueChanges }) => queueChanges.move === 'HEARTBEAT');
    await changeRights(
      desk.app.desk,
      "update team set restricted = true where name = 'Senior support'",
      null,
    );
    await appendFacts(desk.app.desk, ticket, ['after']);
    expect(await one.end()).toBeUndefined();
    expect(await list.end()).toBeUndefined();
    const last = one.received.at(-1)?.ticketEvents;
    expect(last).toMatchObject({ ticket: null, detail: { __typename: 'AccessEnded' } });
    expect(one.received.filter(({ ticketEvents: { detail } }) => 'what' in detail)).toHaveLength(1);
    expect(list.received.at(-1)?.queueChanges).toMatchObject({ move: 'RESYNC_REQUIRED', ticket: null });
    await other.takeUntil(({ ticketEvents: { detail } }) => 'what' in detail);
    await other.takeUntil(({ ticketEvents: { detail } }) => 'what' in detail);
    // Who was away meanwhile is told on coming back.
    const { eventCursor } = await agent.ask(EventCursorDocument);
    await changeRights(
      desk.app.desk,
      "update team set restricted = false where name = 'Senior support'",
      null,
    );
    await desk.caughtUp();
    const back = await agent.subscribe(QueueChangesDocument, { after: eventCursor });
    expect((await back.next()).queueChanges.move).toBe('RESYNC_REQUIRED');
  });

  test('say their last word to each subscription of a socket before it is completed', async () => {
    const [agent, manager] = [await desk.as('billing@demo.stepdesk.example'), await desk.as(Role.MANAGER)];
    const ticket = await newTicket(manager);
    const restrict = (restricted: boolean) =>
      changeRights(
        desk.app.desk,
        `update team set restricted = ${restricted} where name = 'Senior support'`,
        null,
      );
    await restrict(true);
    await desk.caughtUp();
    const wire = await Wire.as(agent, desk.app.url);
    const events = 'subscription ($ticket: ID!) { ticketEvents(ticket: $ticket) { detail { __typename } } }';
    const ids = ['one', 'other'];
    const isOf = (id: string, kind: string) => (message: Message) =>
      message.id === id && message.payload?.data?.ticketEvents.detail.__typename === kind;
    for (const id of ids) wire.subscribe(id, events, { ticket });
    for (const id of ids) await wire.hear(isOf(id, 'Heartbeat'));
    // Nothing tells of it but what happens next.
    await query(
      sql`update ticket set team_id = (select id from team where name = 'Senior support') where id = ${ticket}`,
    );
    await appendFacts(desk.app.desk, ticket, ['out of sight']);
    for (const id of ids) await wire.hear(({ id: of, type }) => of === id && type === 'complete');
    for (const id of ids) {
      const [last, complete] = wire.of(id).slice(-2) as [Message, Message];
      expect([isOf(id, 'AccessEnded')(last), complete.type]).toEqual([true, 'complete']);
    }
    wire.socket.close();
    await restrict(false);
  });

  test('that are gone altogether close the socket, so that the client signs in anew', async () => {
    const agent = await desk.as('second@demo.stepdesk.example');
    const list = await agent.subscribe(QueueChangesDocument, {});
    const { rows } = await query(
      sql<{ id: string }>`select id from agent where email = 'second@demo.stepdesk.example'`,
    );
    await changeRights(
      desk.app.desk,
      "update agent set active = false where email = 'second@demo.stepdesk.example'",
      [rows[0]?.id as string],
    );
    expect(await list.end()).toMatchObject({ code: 4403 });
  });
});

test('a list that nothing happens in still advances its cursor, and is resumed from there', async () => {
  const agent = await desk.as(Role.AGENT);
  const list = await agent.subscribe(QueueChangesDocument, { where: { number: { eq: 999_999 } } });
  const first = (await list.next()).queueChanges;
  const ticket = await newTicket(agent);
  await desk.caughtUp();
  const second = (await list.next()).queueChanges;
  expect([first.move, second.move]).toEqual(['HEARTBEAT', 'HEARTBEAT']);
  expect(second.cursor).not.toBe(first.cursor);
  const { events } = await agent.ask(EventsAfterDocument, { after: second.cursor });
  expect(events.events.filter((event) => event.ticket?.id === ticket)).toEqual([]);
  const pulled = await agent.ask(EventsAfterDocument, { after: first.cursor, ticket });
  expect(pulled.events.events.map(({ detail }) => detail.__typename)).toContain('TicketCreated');
});

test('who reads nothing holds up nobody, costs a bounded amount, and gets all of it later', async () => {
  const agent = await desk.as(Role.AGENT);
  const ticket = await newTicket(agent);
  const [quick, slow] = await Promise.all([follow(agent, ticket), follow(agent, ticket)]);
  slow.socket.pause();
  const padding = 'x'.repeat(2_000);
  const names = Array.from({ length: SLOW_READER_EVENTS }, (_, index) => `${index}-${padding}`);
  for (let start = 0; start < names.length; start += 1_000)
    await appendFacts(desk.app.desk, ticket, names.slice(start, start + 1_000));
  await until(() => quick.facts.length >= names.length, 'the quick one to have it all', 120);
  expect(quick.facts).toEqual(names);
  expect(slow.facts.length).toBeLessThan(names.length);
  // What the node holds for the slow one: at most the cap and one batch.
  expect(waitingInSockets()).toBeLessThan(2 * 1024 * 1024);
  slow.socket.resume();
  await until(() => slow.facts.length >= names.length, 'the slow one to have it all', 120);
  expect(slow.facts).toEqual(names);
  for (const { socket } of [quick, slow]) socket.close();
}, 300_000);

/** A bare socket that follows a ticket's facts; resolves once it is live. */
async function follow(client: Client, ticket: string): Promise<{ socket: WebSocket; facts: string[] }> {
  const socket = new WebSocket(`${desk.app.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  const facts: string[] = [];
  const query = `subscription ($ticket: ID!) {
    ticketEvents(ticket: $ticket) { detail { __typename ... on DeskActivity { subjectId } } } }`;
  const send = (message: object) => socket.send(JSON.stringify(message));
  socket.on('open', () =>
    send({ type: 'connection_init', payload: { authorization: `Bearer ${client.token}` } }),
  );
  await new Promise<void>((live) =>
    socket.on('message', (data) => {
      const { type, payload } = JSON.parse(String(data));
      if (type === 'connection_ack')
        send({ type: 'subscribe', id: 'x', payload: { query, variables: { ticket } } });
      const detail = payload?.data?.ticketEvents.detail;
      if (detail?.subjectId) facts.push(detail.subjectId);
      if (detail?.__typename === 'Heartbeat') live();
    }),
  );
  return { socket, facts };
}

/** Bytes that wait in the node's sockets, all together. */
function waitingInSockets(): number {
  const handles = (
    process as unknown as { _getActiveHandles(): { writableLength?: number }[] }
  )._getActiveHandles();
  return handles.reduce((sum, { writableLength }) => sum + (writableLength ?? 0), 0);
}
