import { inspect } from 'node:util';
import { afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { print } from 'graphql';
import { apolloClient } from '../../docs/recipes/apollo.js';
import { liveClient, resuming } from '../../docs/recipes/graphql-ws.js';
import { showOpenTickets } from '../../docs/recipes/queue.js';
import { Role } from '../../src/platform/auth/viewer.js';
import { comparePlaces, type Place } from '../../src/platform/events/place.rules.js';
import { demoPerson } from '../../src/seed/demo.people.js';
import {
  AddNoteDocument,
  CreateTicketDocument,
  EventCursorDocument,
  MyWorkChangesDocument,
  QueueChangesDocument,
  SetTicketStatusDocument,
  TicketEventsDocument,
  type TicketEventsSubscription,
} from '../generated/graphql.js';
import type { Client } from '../support/client.js';
import { Way } from '../support/cut-off.js';
import { until, useDesk } from '../support/desk.js';
import { recipes } from './clients.js';

const desk = useDesk({ HEARTBEAT_SECONDS: '1' });
const FOREIGN = Buffer.alloc(24, 7).toString('base64url');
let agent: Client;
let way: Way;
beforeAll(async () => {
  agent = await desk.as(Role.AGENT);
});
beforeEach(async () => {
  way = await Way.to(desk.app.url);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await way.cut();
});

const graphql = () => `${way.url}graphql`;
const note = (ticketId: string, body: string) => agent.ask(AddNoteDocument, { input: { ticketId, body } });

async function newTicket(): Promise<string> {
  const { createTicket } = await agent.ask(CreateTicketDocument, {
    input: {
      subject: 'It hums',
      description: 'All day long.',
      channel: 'PHONE',
      customer: { email: 'customer@demo.stepdesk.example' },
    },
  });
  return createTicket.ticket?.id as string;
}

/** The present place of the log, behind everything that was done so far. */
async function here(): Promise<string> {
  await desk.caughtUp();
  return (await agent.ask(EventCursorDocument)).eventCursor;
}

const bodyOf = ({ ticketEvents: { detail } }: TicketEventsSubscription) =>
  detail.__typename === 'MessageAdded' ? detail.message?.body : detail.__typename;

describe.each(recipes)('%s, by its recipe', (_name, make) => {
  test('has every event once and in order, though the line is cut three times while they are written', async () => {
    const ticket = await newTicket();
    const after = await here();
    const bodies = Array.from({ length: 80 }, (_, index) => `Note ${index}`);
    const told: unknown[] = [];
    const ended = jest.fn();
    const client = make(graphql(), () => agent.token as string, fail);
    const stop = client.subscribe(
      TicketEventsDocument,
      { ticket, after },
      { next: (data) => told.push(bodyOf(data)), ended },
    );
    const writing = (async () => {
      for (const body of bodies) await note(ticket, body);
    })();
    for (const [cuts, reached] of [10, 30, 50].entries()) {
      // What was under way when it was cut may be more than is waited for: there must be a line to cut, too.
      await until(() => way.count > cuts && told.length >= reached, `a line, and ${reached} events`, 20);
      await way.cut();
      await way.mend();
    }
    await writing;
    await until(() => told.length >= bodies.length, 'all events', 20);
    await note(ticket, 'The end');
    await until(() => told.at(-1) === 'The end', 'the last event');
    expect(ended).not.toHaveBeenCalled();
    stop();
    expect(told).toEqual([...bodies, 'The end']);
    expect(way.count).toBe(4);
  }, 60_000);

  test('is called back where there is no resuming, once, and goes on from a new start', async () => {
    const ticket = await newTicket();
    const told: unknown[] = [];
    const resyncs: unknown[] = [];
    const follow = (after: string) =>
      client.subscribe(
        TicketEventsDocument,
        { ticket, after },
        { next: (data) => told.push(bodyOf(data)), ended: (error) => error && fail(error) },
      );
    const stops: (() => void)[] = [];
    const client = make(
      graphql(),
      () => agent.token as string,
      async ({ variables }) => {
        resyncs.push(variables);
        const after = await here();
        await note(ticket, 'After the new start');
        stops.push(follow(after));
      },
    );
    stops.push(follow(FOREIGN));
    await until(() => told.length > 0, 'an event after the new start');
    expect(told).toEqual(['After the new start']);
    expect(resyncs).toEqual([{ ticket, after: FOREIGN }]);
    for (const stop of stops) stop();
  });
});

test('the list that the guide shows is the one at the desk, before and after changes', async () => {
  const shown: string[][] = [];
  const client = apolloClient(graphql(), () => agent.token as string, fail);
  const subscription = await showOpenTickets(client, (rows) => shown.push(rows.map(({ id }) => id)));
  const ticket = await newTicket();
  await until(() => shown.at(-1)?.includes(ticket) ?? false, 'the new ticket');
  await agent.ask(SetTicketStatusDocument, { input: { ticketId: ticket, status: 'ON_HOLD' } });
  await until(() => !shown.at(-1)?.includes(ticket), 'it to leave');
  subscription.unsubscribe();
  expect(shown.at(-1)).toEqual(shown[0]);
});

describe('resuming', () => {
  const live = (token: () => string = () => agent.token as string, keepAlive?: number) =>
    liveClient({
      url: graphql().replace('http', 'ws'),
      connectionParams: () => ({ authorization: `Bearer ${token()}` }),
      keepAlive,
    });

  test('goes by heartbeats where nothing else is told, and passes none of them on', async () => {
    const next = jest.fn();
    const client = live();
    const placeOf = jest.spyOn(desk.app.desk.eventLog, 'placeOf');
    const beats: string[] = [];
    client.on('message', (message) => {
      if (message.type === 'next')
        beats.push((message.payload.data as { queueChanges: { cursor: string } }).queueChanges.cursor);
    });
    const after = await here();
    const stop = resuming(client, fail)(
      { query: print(QueueChangesDocument), variables: { where: { number: { eq: 999_999 } }, after } },
      { next, error: fail, complete: () => undefined },
    );
    await until(() => beats.length > 0, 'a heartbeat');
    await newTicket();
    await desk.caughtUp();
    const [first] = beats;
    await until(() => beats.at(-1) !== first, 'a heartbeat from farther on');
    await way.cut();
    const last = beats.at(-1);
    await way.mend();
    await until(() => placeOf.mock.calls.length === 2, 'the client to be back');
    stop();
    expect(placeOf.mock.calls).toEqual([[after], [last]]);
    const [from, on] = await Promise.all(placeOf.mock.results.map(({ value }) => value as Promise<Place>));
    expect(comparePlaces(on as Place, from as Place)).toBeGreaterThan(0);
    expect(next).not.toHaveBeenCalled();
  });

  test('outlives its token: told that it has expired, the client comes back with another', async () => {
    const ticket = await newTicket();
    const after = await here();
    const tokens = [
      await desk.app.tokens.sign(demoPerson(Role.AGENT) as string, '1s'),
      agent.token as string,
    ];
    const closed: unknown[] = [];
    const client = live(() => (tokens.length > 1 ? tokens.shift() : tokens[0]) as string);
    client.on('closed', (event) => closed.push((event as CloseEvent).code));
    const told: unknown[] = [];
    const stop = resuming(client, fail)(
      { query: print(TicketEventsDocument), variables: { ticket, after } },
      { next: ({ data }) => told.push(bodyOf(data as never)), error: fail, complete: () => undefined },
    );
    await note(ticket, 'By the first token');
    await until(() => closed.length > 0, 'the token to expire');
    await note(ticket, 'By the second');
    await until(() => told.length > 1, 'both notes');
    stop();
    expect([closed[0], told]).toEqual([4403, ['By the first token', 'By the second']]);
  });

  test('outlives a line that is silently dead', async () => {
    const ticket = await newTicket();
    const after = await here();
    const told: unknown[] = [];
    const stop = resuming(live(undefined, 200), fail)(
      { query: print(TicketEventsDocument), variables: { ticket, after } },
      { next: ({ data }) => told.push(bodyOf(data as never)), error: fail, complete: () => undefined },
    );
    await note(ticket, 'Heard');
    await until(() => told.length === 1, 'the first note');
    way.silence();
    await note(ticket, 'Said into the void');
    await until(() => told.length === 2, 'the second note');
    stop();
    expect(told).toEqual(['Heard', 'Said into the void']);
  });

  test.each([
    ['queueChanges', QueueChangesDocument],
    ['myWork', MyWorkChangesDocument],
  ])('of %s asks for a new start too', async (_name, document) => {
    const [next, onResync] = [jest.fn(), jest.fn()];
    const payload = { query: print(document), variables: { after: FOREIGN } };
    await new Promise<void>((complete, error) =>
      resuming(live(), onResync)(payload, { next, error, complete }),
    );
    expect(onResync.mock.calls).toEqual([[payload]]);
    expect(next).not.toHaveBeenCalled();
  });
});

function fail(what?: unknown): never {
  throw new Error(`Not expected: ${inspect(what)}`);
}
