import { beforeAll, expect, test } from '@jest/globals';
import { Role } from '../../../src/platform/auth/viewer.js';
import {
  AddNoteDocument,
  AnyNodeDocument,
  AnyNodesDocument,
  CreateTicketDocument,
  EventCursorDocument,
  OwnTicketsDocument,
  QueueChangesDocument,
  ReplyToTicketDocument,
  TicketEventsDocument,
} from '../../generated/graphql.js';
import type { Client } from '../../support/client.js';
import { useDesk } from '../../support/desk.js';
import { Walk } from '../../support/walk.js';
import { announced } from '../file/uploads.js';

const desk = useDesk();
const other = 'other@demo.stepdesk.example';
let agent: Client;
let customer: Client;
/** A ticket of another customer, with a note, a run, a survey and everything else that hangs on a ticket. */
let theirs: string;
/** The customer's own, with an internal note. */
let own: string;

beforeAll(async () => {
  agent = await desk.as(Role.AGENT);
  customer = await desk.as(Role.CUSTOMER);
  const make = async (email: string) =>
    (
      await agent.ask(CreateTicketDocument, {
        input: { subject: 'Secret', description: 'Secret', channel: 'EMAIL', customer: { email } },
      })
    ).createTicket.ticket?.id as string;
  theirs = await make(other);
  own = await make('customer@demo.stepdesk.example');
  for (const ticketId of [theirs, own]) {
    await agent.ask(AddNoteDocument, { input: { ticketId, body: 'INTERNAL' } });
    await agent.ask(ReplyToTicketDocument, { input: { ticketId, body: 'PUBLIC' } });
  }
});

test("no id of the desk opens another's thing, or an internal one, to a customer", async () => {
  const walk = await Walk.start(desk, 'six-stage');
  await walk.complete('ticket-creation');
  await walk.complete('ticket-categorization-and-prioritization', { Issue_Type: 'Technical issue' });
  await walk.complete('ticket-assignment-and-routing');
  await walk.complete('issue-resolution', { Resolution_Outcome: 'Needs a higher level of support' });
  await walk.complete('escalate-to-higher-level');
  await walk.complete('ticket-closure');
  await walk.complete('reporting-and-analysis');
  for (const [client, ticketId] of [
    [agent, own],
    [agent, theirs],
    [customer, own],
  ] as const)
    await announced(client, { ticketId, size: 1 });
  const { viewer } = {
    viewer: await desk.app.desk.database.sql
      .selectFrom('customer')
      .select('id')
      .where('email', '=', 'customer@demo.stepdesk.example')
      .executeTakeFirstOrThrow(),
  };
  const tables = [
    'ticket',
    'customer',
    'team',
    'organization',
    'absence',
    'approval_delegation',
    'assignment',
    'process',
    'process_version',
    'run',
    'step',
    'message',
    'file',
    'survey',
    'report',
    'escalation',
    'coordination_request',
    'quality_review',
    'feedback',
    'retrospective',
    'event',
  ];
  const opened: string[] = [];
  const db = desk.app.desk.database.sql;
  for (const table of tables) {
    const rows = await db.selectFrom(table).select('id').limit(100).execute();
    const { nodes } = await customer.ask(AnyNodesDocument, { ids: rows.map(({ id }) => id as string) });
    opened.push(...nodes.flatMap((node) => (node ? [node.id] : [])));
  }
  const mine = new Set(
    (
      await Promise.all(
        ['ticket', 'run', 'step', 'message', 'file', 'survey'].map(async (table) => {
          const owner = table === 'ticket' ? 'x.id' : 'x.ticket_id';
          let query = db
            .selectFrom(`${table} as x`)
            .innerJoin('ticket as t', 't.id', owner)
            .where('t.customer_id', '=', viewer.id)
            .select('x.id');
          if (table === 'message') query = query.where('x.visibility', '=', 'PUBLIC');
          if (table === 'file') query = query.where('x.customer_visible', '=', true);
          if (table === 'step') query = query.where('x.customer_visible', '=', true);
          return (await query.execute()).map(({ id }) => id as string);
        }),
      )
    ).flat(),
  );
  expect(opened.filter((id) => !mine.has(id) && id !== viewer.id)).toEqual([]);
  expect(opened).toContain(own);
  // The very ids, one by one, answer like ids that lead nowhere.
  const answer = async (id: string) => {
    const { extensions, ...rest } = await customer.send(AnyNodeDocument, { id });
    // What is left to spend goes down with every request; what this one cost must tell nothing.
    const { requested, actual } = (extensions as { cost: Record<string, unknown> }).cost;
    return { ...rest, requested, actual };
  };
  expect(await answer(theirs)).toEqual(await answer(theirs.replace(/.{4}$/, '0000')));
});

test('lists, counts, filters and nested paths show a customer its own, without internal messages', async () => {
  const { tickets } = await customer.ask(OwnTicketsDocument, {});
  expect(tickets.totalCount).toBe(tickets.nodes.length);
  expect(tickets.nodes.map(({ id }) => id)).toContain(own);
  expect(tickets.nodes.map(({ id }) => id)).not.toContain(theirs);
  for (const { messages } of tickets.nodes) {
    expect(messages.nodes.every(({ visibility }) => visibility === 'PUBLIC')).toBe(true);
    expect(messages.totalCount).toBe(messages.nodes.length);
  }
  const byNumber = await customer.ask(OwnTicketsDocument, { where: { number: { gt: 0 } } });
  expect(byNumber.tickets.totalCount).toBe(tickets.totalCount);
  for (const where of [
    { priority: { eq: 'LOW' } },
    { not: { assignee: { isNull: true } } },
    { or: [{ customer: { eq: 'x' } }] },
  ]) {
    const { errors } = await customer.send(OwnTicketsDocument, { where } as never);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  }
});

test.each([
  'ticketCounts(by: STATUS) { count }',
  'satisfaction { answered }',
  'customers { totalCount }',
  'agents { totalCount }',
  'processes { totalCount }',
])('%s is refused to a customer', async (field) => {
  const { data, errors } = await customer.send<Record<string, unknown>, never>(`{ ${field} }`);
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  expect(data ?? null).toBeNull();
});

test.each([
  'priority',
  'version',
  'updatedAt',
  'escalationLevel',
  'team { name }',
  'assignments { reason }',
  'reports { id }',
  'reviews { id }',
  'escalations { id }',
])('Ticket.%s is refused to a customer, and the rest is answered', async (field) => {
  const { data, errors } = await customer.send<{ ticket: Record<string, unknown> }, unknown>(
    `query ($id: ID!) { ticket(by: {id: $id}) { id ${field} } }`,
    { id: own },
  );
  expect(data?.ticket).toMatchObject({ id: own, [field.split(' ')[0] as string]: null });
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
});

test("subscriptions: another's ticket is not found, and a customer's list never moves for it", async () => {
  await desk.caughtUp();
  const { eventCursor } = await customer.ask(EventCursorDocument);
  const refused = await customer.subscribe(TicketEventsDocument, { ticket: theirs, after: eventCursor });
  await expect(refused.next()).rejects.toThrow('NOT_FOUND');
  const list = await customer.subscribe(QueueChangesDocument, { after: eventCursor });
  const events = await customer.subscribe(TicketEventsDocument, { ticket: own, after: eventCursor });
  await agent.ask(ReplyToTicketDocument, { input: { ticketId: theirs, body: 'For the other' } });
  await agent.ask(AddNoteDocument, { input: { ticketId: own, body: 'INTERNAL again' } });
  await agent.ask(ReplyToTicketDocument, { input: { ticketId: own, body: 'For you' } });
  expect((await list.next()).queueChanges).toMatchObject({ move: 'UPDATED', ticketId: own });
  expect((await events.next()).ticketEvents.detail).toMatchObject({ message: { body: 'For you' } });
  expect(list.received).toHaveLength(1);
});

test('without a token nothing but the schema and a survey link is open', async () => {
  const { errors } = await desk.anonymous().send('{ tickets { totalCount } }');
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
  await expect(desk.anonymous().subscribe(QueueChangesDocument, {})).rejects.toMatchObject({ code: 4401 });
  const forged = `${agent.token?.slice(0, -4)}AAAA`;
  const response = await fetch(`${desk.app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${forged}` },
    body: JSON.stringify({ query: '{ tickets { totalCount } }' }),
  });
  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
});
