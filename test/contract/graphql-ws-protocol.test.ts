import { afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Role } from '../../src/platform/auth/viewer.js';
import { demoPerson } from '../../src/seed/demo.people.js';
import { create } from '../modules/ticket/play.js';
import type { Client } from '../support/client.js';
import { until, useDesk } from '../support/desk.js';
import { appendFacts } from '../support/facts.js';
import { type Message, Wire } from '../support/wire.js';

/** graphql-transport-ws to the letter: github.com/enisdenjo/graphql-ws, PROTOCOL.md; and what is ours beside it. */
const desk = useDesk({ SUBSCRIPTIONS_PER_SOCKET: '5', SOCKETS_PER_PERSON: '20', HEARTBEAT_SECONDS: '1' });
const quiet = useDesk({ INTROSPECTION: 'false' });
const FACTS = `subscription ($ticket: ID!, $after: Cursor) {
  ticketEvents(ticket: $ticket, after: $after) { detail { __typename ... on DeskActivity { subjectId } } } }`;
const PRESENCE = 'subscription ($ticket: ID!) { ticketPresence(ticket: $ticket) { present { state } } }';
let agent: Client;
let ticket: string;
const wires: Wire[] = [];
beforeAll(async () => {
  agent = await desk.as(Role.AGENT);
  ticket = await create(agent);
});
afterEach(async () => {
  jest.restoreAllMocks();
  for (const { socket } of wires.splice(0)) socket.terminate();
  await until(() => desk.app.desk.hub.size === 0, 'every subscription to be gone');
});

async function kept(wire: Promise<Wire>): Promise<Wire> {
  const opened = await wire;
  wires.push(opened);
  return opened;
}
const bare = (protocol?: string | string[]) => kept(Wire.to(desk.app.url, protocol));
const acknowledged = () => kept(Wire.as(agent, desk.app.url));
const init = (token: string): Message => ({
  type: 'connection_init',
  payload: { authorization: `Bearer ${token}` },
});
const token = (lifetime: string) => desk.app.tokens.sign(demoPerson(Role.AGENT) as string, lifetime);
const isHeartbeat =
  (id: string) =>
  ({ id: of, payload }: Message) =>
    of === id && payload?.data?.ticketEvents.detail.__typename === 'Heartbeat';
const facts = (wire: Wire, id: string): string[] =>
  wire.of(id).flatMap(({ payload }) => payload?.data?.ticketEvents?.detail.subjectId ?? []);
/** Subscribes to the ticket's facts, and waits until they come live. */
async function follow(wire: Wire, id: string): Promise<void> {
  wire.subscribe(id, FACTS, { ticket });
  await wire.hear(isHeartbeat(id));
}
/** What a `subscribe` message is answered with. */
async function answer(wire: Wire, id: string, query: string, variables?: object, name?: string) {
  wire.subscribe(id, query, variables, name);
  return wire.hear((message) => message.id === id);
}

describe('the connection', () => {
  test('speaks graphql-transport-ws, also where others are offered beside it', async () => {
    const wire = await bare(['graphql-ws', 'graphql-transport-ws']);
    expect(wire.socket.protocol).toBe('graphql-transport-ws');
  });

  test('is closed 4406 where the client speaks something else', async () => {
    expect((await (await bare([])).closed).code).toBe(4406);
    // A client that offers others only is given none, and hangs up by itself.
    await expect(bare('graphql-ws')).rejects.toThrow('Server sent no subprotocol');
  });

  test('is acknowledged once, with nothing but the type', async () => {
    const wire = await acknowledged();
    expect(wire.received).toEqual([{ type: 'connection_ack' }]);
  });

  test('is closed 4408 where no connection_init comes', async () => {
    expect((await (await bare()).closed).code).toBe(4408);
  });

  test('is closed 4429 at a second connection_init, acknowledged or not', async () => {
    const patient = await acknowledged();
    patient.say(init(agent.token as string));
    const hasty = await bare();
    hasty.say(init(agent.token as string));
    hasty.say(init(agent.token as string));
    expect([(await patient.closed).code, (await hasty.closed).code]).toEqual([4429, 4429]);
  });

  test.each([
    ['no payload', undefined],
    ['no token', {}],
    ['a token that is no text', { authorization: { Bearer: 1 } }],
    ['a forged token', { authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.' }],
  ])('is closed 4401 for %s', async (_name, payload) => {
    const wire = await bare();
    wire.say({ type: 'connection_init', payload });
    expect((await wire.closed).code).toBe(4401);
    expect(wire.received).toEqual([]);
  });

  test('is closed 4403 for a token that has expired, before or meanwhile', async () => {
    const [late, soon] = [await bare(), await bare()];
    late.say(init(await token('-1 minute')));
    soon.say(init(await token('1 second')));
    await soon.hear(({ type }) => type === 'connection_ack');
    expect([(await late.closed).code, (await soon.closed).code]).toEqual([4403, 4403]);
  });

  test('is closed 1013, so that the client comes back, where the desk fails to look up who it is', async () => {
    const reason = 'connect ECONNREFUSED db.internal:5432';
    const log = jest.spyOn(desk.app.desk.log, 'error').mockReturnValue();
    jest.spyOn(desk.app.desk.eventLog, 'ceiling').mockRejectedValueOnce(new Error(reason));
    const wire = await bare();
    wire.say(init(await desk.app.tokens.sign(demoPerson(Role.MANAGER) as string, '1 hour')));
    const closed = await wire.closed;
    expect(closed.code).toBe(1013);
    expect(closed.reason).not.toContain('internal');
    expect(log).toHaveBeenCalledTimes(1);
  });

  test('is one of so many that a person may have, also where all come at once', async () => {
    const all = await Promise.all(Array.from({ length: 24 }, () => bare()));
    for (const wire of all) wire.say(init(agent.token as string));
    const open = () => all.filter(({ received }) => received.length > 0).length;
    const turnedAway = await Promise.all(all.map((wire) => Promise.race([wire.closed, ack(wire)])));
    expect(turnedAway.filter(Boolean).map((close) => close?.code)).toEqual([1013, 1013, 1013, 1013]);
    expect(open()).toBe(20);
  });

  test('answers a ping with its payload, at any time, and takes a pong in silence', async () => {
    const wire = await bare();
    wire.say({ type: 'ping', payload: { at: 1 } });
    expect(await wire.hear(({ type }) => type === 'pong')).toEqual({ type: 'pong', payload: { at: 1 } });
    wire.say({ type: 'pong' });
    wire.say({ type: 'ping' });
    await until(() => wire.received.length === 2, 'the second pong');
    expect(wire.received[1]).toEqual({ type: 'pong' });
  });

  test.each([
    ['no JSON', '{"type":'],
    ['no type', '{}'],
    ['a type that there is not', '{"type":"start","id":"1"}'],
    ['a subscribe without an id', '{"type":"subscribe","payload":{"query":"{ x }"}}'],
    ['a subscribe without a query', '{"type":"subscribe","id":"1","payload":{}}'],
    ['variables that are none', '{"type":"subscribe","id":"1","payload":{"query":"{ x }","variables":1}}'],
  ])('is closed 4400 at %s', async (_name, text) => {
    const wire = await acknowledged();
    wire.say(text);
    expect((await wire.closed).code).toBe(4400);
  });

  test('is closed 1009 at a message over 64 KiB; one just below is read', async () => {
    jest.spyOn(console, 'error').mockReturnValue();
    const wire = await acknowledged();
    wire.say({ type: 'ping', payload: { text: 'x'.repeat(65_000) } });
    await wire.hear(({ type }) => type === 'pong');
    wire.say({ type: 'ping', payload: { text: 'x'.repeat(65_536) } });
    expect((await wire.closed).code).toBe(1009);
  });
});

describe('a subscription', () => {
  test('is closed 4401 before the acknowledgement', async () => {
    const wire = await bare();
    wire.subscribe('1', FACTS, { ticket });
    expect((await wire.closed).code).toBe(4401);
  });

  test('delivers next until the client completes it, and nothing after', async () => {
    const [wire, other] = [await acknowledged(), await acknowledged()];
    await Promise.all([follow(wire, 'a'), follow(other, 'b')]);
    await appendFacts(desk.app.desk, ticket, ['before']);
    await until(() => facts(wire, 'a').length === 1, 'the first fact');
    wire.say({ type: 'complete', id: 'a' });
    // Answered once what was said before it is done.
    wire.say({ type: 'ping' });
    await wire.hear(({ type }) => type === 'pong');
    const sofar = wire.received.length;
    await appendFacts(desk.app.desk, ticket, ['after']);
    await until(() => facts(other, 'b').length === 2, 'another to hear it');
    expect(wire.received.slice(sofar)).toEqual([]);
    expect(facts(wire, 'a')).toEqual(['before']);
  });

  test('that the desk ends has all its next messages before its one complete', async () => {
    const wire = await acknowledged();
    const foreign = Buffer.alloc(24, 7).toString('base64url');
    wire.subscribe('a', FACTS, { ticket, after: foreign });
    await wire.hear(({ id, type }) => id === 'a' && type === 'complete');
    expect(wire.of('a').map(({ type }) => type)).toEqual(['next', 'complete']);
  });

  test('has an id of its own: 4409 while it is taken, free again once completed', async () => {
    const wire = await acknowledged();
    await follow(wire, 'a');
    wire.say({ type: 'complete', id: 'a' });
    wire.say({ type: 'ping' });
    await wire.hear(({ type }) => type === 'pong');
    wire.received.length = 0;
    await follow(wire, 'a');
    await appendFacts(desk.app.desk, ticket, ['again']);
    await until(() => facts(wire, 'a').length > 0, 'the fact');
    expect(facts(wire, 'a')).toEqual(['again']);
    wire.subscribe('a', FACTS, { ticket });
    expect((await wire.closed).code).toBe(4409);
  });

  test('shares a socket with others: each gets its own, in order, under its id', async () => {
    const wire = await acknowledged();
    const second = await create(agent);
    wire.subscribe('"b"', FACTS, { ticket: second });
    await Promise.all([follow(wire, 'a'), wire.hear(isHeartbeat('"b"'))]);
    for (const round of [1, 2, 3]) {
      await appendFacts(desk.app.desk, ticket, [`a${round}`]);
      await appendFacts(desk.app.desk, second, [`b${round}`]);
    }
    await until(() => facts(wire, 'a').length + facts(wire, '"b"').length === 6, 'six facts');
    expect([facts(wire, 'a'), facts(wire, '"b"')]).toEqual([
      ['a1', 'a2', 'a3'],
      ['b1', 'b2', 'b3'],
    ]);
  });

  test('over the cap is refused, also where all come at once, and the others go on', async () => {
    const wire = await acknowledged();
    const ids = Array.from({ length: 8 }, (_, index) => `s${index}`);
    for (const id of ids) wire.subscribe(id, PRESENCE, { ticket });
    await Promise.all(ids.map((id) => wire.hear((message) => message.id === id)));
    const refused = wire.received.filter(({ type }) => type === 'error');
    expect(refused.map(({ payload }) => payload[0].extensions.code)).toEqual(
      Array.from({ length: 3 }, () => 'TOO_MANY_SUBSCRIPTIONS'),
    );
    wire.say({ type: 'complete', id: 's0' });
    let [tries, type] = [0, 'error'];
    const room = async () => {
      if (type === 'error') ({ type } = await answer(wire, `again ${++tries}`, PRESENCE, { ticket }));
      return type === 'next';
    };
    await until(room, 'room for one more');
  });
});

describe('what is refused', () => {
  test.each([
    ['a document that does not parse', 'subscription {'],
    ['a field that there is not', 'subscription { ticketEvent { id } }'],
    ['two root fields', 'subscription { myWork { cursor } approvalRequests { cursor } }'],
    ['a query', '{ eventCursor }'],
    ['a mutation', 'mutation { markAllRead }'],
    ['no operation', 'fragment F on Ticket { id }'],
  ])('%s: one error message, and the socket goes on', async (_name, query) => {
    const wire = await acknowledged();
    const { type, payload } = await answer(wire, 'x', query);
    expect(type).toBe('error');
    expect(payload[0]).toMatchObject({
      message: expect.any(String),
      extensions: { code: expect.any(String) },
    });
    expect((await answer(wire, 'y', PRESENCE, { ticket })).type).toBe('next');
    expect(wire.of('x')).toHaveLength(1);
  });

  test('an operation that the document does not have, and none named among several', async () => {
    const wire = await acknowledged();
    const both = `subscription A { myWork { cursor } } subscription B { myWork { cursor } }`;
    for (const [id, name] of [['1', 'C'], ['2']] as const)
      expect((await answer(wire, id, both, {}, name)).type).toBe('error');
  });

  test('variables of a wrong type, missing ones, and what is not to be seen: errors, then the end', async () => {
    const wire = await acknowledged();
    const faulty = [{ ticket: { id: 1 } }, {}, { ticket: 'ticket_01h455vb4pex5vsknk084sn02q' }];
    for (const [index, variables] of faulty.entries()) {
      const id = `v${index}`;
      const { type, payload } = await answer(wire, id, FACTS, variables);
      const errors = type === 'error' ? payload : payload.errors;
      expect(errors[0].extensions.code).toEqual(expect.any(String));
      expect(JSON.stringify(payload)).not.toMatch(/at .*\.(js|ts):|select |node_modules|stacktrace/i);
    }
    expect((await answer(wire, 'y', PRESENCE, { ticket })).type).toBe('next');
  });

  test('a failure of ours says an id and nothing else', async () => {
    const wire = await acknowledged();
    const log = jest.spyOn(desk.app.desk.log, 'error').mockReturnValue();
    jest
      .spyOn(desk.app.desk.eventLog, 'placeOf')
      .mockRejectedValueOnce(new Error('relation "event" is gone'));
    const { payload } = await answer(wire, 'x', FACTS, { ticket, after: 'AAAA' });
    const [error] = payload.errors;
    expect(error.extensions).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', errorId: expect.any(String) });
    expect(JSON.stringify(payload)).not.toContain('relation');
    expect(JSON.stringify(log.mock.calls)).toContain(error.extensions.errorId);
  });

  test('introspection runs by HTTP alone; where it is off nothing is told by hints either', async () => {
    const [open, shut] = [
      await acknowledged(),
      await kept(Wire.as(await quiet.as(Role.AGENT), quiet.app.url)),
    ];
    for (const wire of [open, shut])
      for (const query of ['{ __schema { types { name } } }', 'subscription { __schema { types { name } } }'])
        expect((await answer(wire, query, query)).type).toBe('error');
    const misspelt = 'subscription { myWork { curser } }';
    expect((await answer(open, 'm', misspelt)).payload[0].message).toContain('Did you mean');
    expect((await answer(shut, 'm', misspelt)).payload[0].message).not.toContain('Did you mean');
  });
});

// The last: the desk is another one after it.
test('a desk that stops closes 1012, and completes nothing: clients come back and resume', async () => {
  const wire = await acknowledged();
  await follow(wire, 'a');
  await desk.restart();
  expect((await wire.closed).code).toBe(1012);
  expect(wire.received.filter(({ type }) => type === 'complete')).toEqual([]);
});

async function ack(wire: Wire): Promise<undefined> {
  await wire.hear(({ type }) => type === 'connection_ack');
}
