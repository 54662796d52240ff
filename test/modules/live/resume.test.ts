import { expect, test } from '@jest/globals';
import { Role } from '../../../src/platform/auth/viewer.js';
import {
  AddNoteDocument,
  CreateTicketDocument,
  EventCursorDocument,
  QueueChangesDocument,
  ReplyToTicketDocument,
  SetTicketStatusDocument,
  TicketEventsDocument,
} from '../../generated/graphql.js';
import type { Client } from '../../support/client.js';
import { useDesk } from '../../support/desk.js';

const desk = useDesk();

async function newTicket(client: Client, subject = 'It hums'): Promise<string> {
  const { createTicket } = await client.ask(CreateTicketDocument, {
    input: {
      subject,
      description: 'All day long.',
      channel: 'PHONE',
      customer: { email: 'customer@demo.stepdesk.example' },
    },
  });
  return createTicket.ticket?.id as string;
}

test('who was away for ten changes receives those ten, once and in order', async () => {
  const agent = await desk.as(Role.AGENT);
  const ticket = await newTicket(agent);
  await desk.caughtUp();
  const { eventCursor } = await agent.ask(EventCursorDocument);
  const before = await agent.subscribe(TicketEventsDocument, { ticket, after: eventCursor });
  await agent.ask(AddNoteDocument, { input: { ticketId: ticket, body: 'Note 0' } });
  const last = (await before.next()).ticketEvents;
  await before.close();

  const bodies = Array.from({ length: 10 }, (_, index) => `Note ${index + 1}`);
  for (const body of bodies) await agent.ask(AddNoteDocument, { input: { ticketId: ticket, body } });

  const after = await agent.subscribe(TicketEventsDocument, { ticket, after: last.cursor });
  await agent.ask(AddNoteDocument, { input: { ticketId: ticket, body: 'The end' } });
  const received = await after.takeUntil(
    ({ ticketEvents: { detail } }) =>
      detail.__typename === 'MessageAdded' && detail.message?.body === 'The end',
  );
  const told = received.map(({ ticketEvents: { detail } }) =>
    detail.__typename === 'MessageAdded' ? detail.message?.body : detail.__typename,
  );
  expect(told).toEqual([...bodies, 'The end']);
});

test('more than a page of the log is caught up with, and what comes meanwhile follows', async () => {
  const agent = await desk.as(Role.AGENT);
  const ticket = await newTicket(agent);
  await desk.caughtUp();
  const { eventCursor } = await agent.ask(EventCursorDocument);
  // Not all at once: a node takes on so many requests at most.
  const write = async (from: number, to: number) => {
    for (let start = from; start < to; start += 50)
      await Promise.all(
        Array.from({ length: Math.min(50, to - start) }, (_, index) =>
          agent.ask(AddNoteDocument, { input: { ticketId: ticket, body: `${start + index}` } }),
        ),
      );
  };
  await write(0, 230);
  const stream = await agent.subscribe(TicketEventsDocument, { ticket, after: eventCursor });
  await write(230, 260);
  await agent.ask(AddNoteDocument, { input: { ticketId: ticket, body: 'end' } });
  const received = await stream.takeUntil(
    ({ ticketEvents: { detail } }) => detail.__typename === 'MessageAdded' && detail.message?.body === 'end',
  );
  const notes = received.flatMap(({ ticketEvents: { detail } }) =>
    detail.__typename === 'MessageAdded' ? [detail.message?.body] : [],
  );
  expect(new Set(notes)).toEqual(new Set([...Array.from({ length: 260 }, (_, index) => `${index}`), 'end']));
  expect(notes).toHaveLength(261);
}, 60_000);

test('a live list tells what entered, what changed in it and what left', async () => {
  const agent = await desk.as(Role.AGENT);
  await desk.caughtUp();
  const { eventCursor } = await agent.ask(EventCursorDocument);
  const where = { status: { in: ['NEW' as const, 'OPEN' as const] }, channel: { eq: 'PHONE' as const } };
  const list = await agent.subscribe(QueueChangesDocument, { where, after: eventCursor });
  const ticketId = await newTicket(agent, 'For the list');
  expect((await list.next()).queueChanges).toMatchObject({
    move: 'ENTERED',
    ticketId,
    ticket: { status: 'NEW' },
  });
  await agent.ask(AddNoteDocument, { input: { ticketId, body: 'Looking into it' } });
  expect((await list.next()).queueChanges).toMatchObject({ move: 'UPDATED', ticketId });
  await agent.ask(SetTicketStatusDocument, { input: { ticketId, status: 'ON_HOLD' } });
  const left = (await list.next()).queueChanges;
  expect(left).toMatchObject({ move: 'LEFT', ticketId, ticket: null });
  await agent.ask(SetTicketStatusDocument, { input: { ticketId, status: 'OPEN' } });
  expect((await list.next()).queueChanges).toMatchObject({ move: 'ENTERED', ticketId });
  // Resumed after the LEFT, the list tells the return again, and only that.
  const resumed = await agent.subscribe(QueueChangesDocument, { where, after: left.cursor });
  expect((await resumed.next()).queueChanges).toMatchObject({ move: 'ENTERED', ticketId });
});

test('a customer hears of a reply and of the status, and of no internal work', async () => {
  const agent = await desk.as(Role.AGENT);
  const customer = await desk.as(Role.CUSTOMER);
  const ticket = await newTicket(agent);
  await desk.caughtUp();
  const { eventCursor } = await customer.ask(EventCursorDocument);
  const events = await customer.subscribe(TicketEventsDocument, { ticket, after: eventCursor });
  const list = await customer.subscribe(QueueChangesDocument, { where: {}, after: eventCursor });
  await agent.ask(AddNoteDocument, { input: { ticketId: ticket, body: 'Between us' } });
  await agent.ask(ReplyToTicketDocument, { input: { ticketId: ticket, body: 'Please restart it.' } });
  const message = (await events.next()).ticketEvents;
  expect(message.detail).toMatchObject({
    __typename: 'MessageAdded',
    message: { body: 'Please restart it.' },
  });
  expect(message.actor).toMatchObject({ __typename: 'Agent', name: 'Alex Agent' });
  expect((await events.next()).ticketEvents.detail).toEqual({
    __typename: 'TicketChanged',
    reason: null,
    changes: [{ field: 'status', from: 'NEW', to: 'OPEN' }],
  });
  expect((await list.next()).queueChanges).toMatchObject({
    move: 'UPDATED',
    ticketId: ticket,
    ticket: { status: 'OPEN' },
  });
});

test('a node that restarts loses nothing: the cursor holds', async () => {
  const agent = await desk.as(Role.AGENT);
  const ticket = await newTicket(agent);
  await desk.caughtUp();
  const { eventCursor } = await agent.ask(EventCursorDocument);
  await agent.ask(AddNoteDocument, { input: { ticketId: ticket, body: 'Before' } });
  await desk.restart();
  await agent.ask(AddNoteDocument, { input: { ticketId: ticket, body: 'After' } });
  const stream = await agent.subscribe(TicketEventsDocument, { ticket, after: eventCursor });
  const bodies = [(await stream.next()).ticketEvents.detail, (await stream.next()).ticketEvents.detail];
  expect(bodies).toMatchObject([{ message: { body: 'Before' } }, { message: { body: 'After' } }]);
});

test('a cursor of another log asks for a new start, and ends there', async () => {
  const agent = await desk.as(Role.AGENT);
  const ticket = await newTicket(agent);
  const foreign = Buffer.alloc(24, 7).toString('base64url');
  const events = await agent.subscribe(TicketEventsDocument, { ticket, after: foreign });
  expect((await events.next()).ticketEvents.detail).toMatchObject({ __typename: 'ResyncRequired' });
  expect(await events.end()).toBeUndefined();
  const list = await agent.subscribe(QueueChangesDocument, { after: foreign });
  expect((await list.next()).queueChanges).toMatchObject({ move: 'RESYNC_REQUIRED', ticketId: null });
});
