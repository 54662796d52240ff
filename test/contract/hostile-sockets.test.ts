import { once } from 'node:events';
import { connect } from 'node:net';
import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Role } from '../../src/platform/auth/viewer.js';
import { create } from '../modules/ticket/play.js';
import type { Client } from '../support/client.js';
import { until, useDesk } from '../support/desk.js';
import { appendFacts } from '../support/facts.js';
import type { Message } from '../support/wire.js';
import { answer, asking, FACTS, FRAME, frame, PRESENCE, tcp, useHostileWires } from './hostile-wire.js';

/** What is hostile below the messages of WebSocket and in their number; and meanwhile others are answered. */
const MOST = 5;
const desk = useDesk({ SUBSCRIPTIONS_PER_SOCKET: String(MOST), HEARTBEAT_SECONDS: '1' });
const { open, beside } = useHostileWires(desk);
let agent: Client;
let ticket: string;
const printed = jest.spyOn(console, 'error');
let logged: jest.Spied<typeof desk.app.desk.log.error>;
beforeAll(async () => {
  logged = jest.spyOn(desk.app.desk.log, 'error');
  agent = await desk.as(Role.AGENT);
  ticket = await create(agent);
});

const PINGED = '{"type":"ping"}';

describe('a frame', () => {
  test.each<[string, Buffer, number]>([
    ['that is empty', frame(FRAME.TEXT, ''), 4400],
    ['of bytes instead of text', frame(FRAME.BINARY, PINGED), 1003],
    ['that is no UTF-8', frame(FRAME.TEXT, Buffer.from([0x22, 0xff, 0xfe, 0x22])), 1007],
    ['that is not masked', frame(FRAME.TEXT, PINGED, false), 1002],
    ['of a kind that there is not', frame(0x83, PINGED), 1002],
    ['that says it is compressed', frame(FRAME.TEXT | 0x40, PINGED), 1002],
    ['that goes on with nothing', frame(FRAME.CONTINUED, PINGED), 1002],
    ['of control that is long', frame(FRAME.PING, 'x'.repeat(126)), 1002],
    [
      'of more bytes than there are',
      Buffer.from([FRAME.TEXT, 0xff, 0x7f, ...Array(7).fill(0xff), 0, 0, 0, 0]),
      1009,
    ],
    [
      'in parts that are too much together',
      Buffer.concat([frame(0x01, 'x'.repeat(60_000)), frame(FRAME.CONTINUED, 'x'.repeat(60_000))]),
      1009,
    ],
  ])('%s', async (_, bytes, code) => {
    const wire = await open(agent);
    const closed = await beside(() => {
      tcp(wire).write(bytes);
      return wire.closed;
    });
    expect(closed.code).toBe(code);
  });

  test('in 10,000 parts is put together, or refused', async () => {
    const wire = await open(agent);
    const parts = [
      frame(0x01, '{"type":"ping"'),
      ...Array(10_000).fill(frame(0x00, ' ')),
      frame(FRAME.CONTINUED, '}'),
    ];
    await beside(async () => {
      tcp(wire).write(Buffer.concat(parts));
      await until(() => wire.received.length > 1 || wire.socket.readyState !== wire.socket.OPEN, 'an answer');
    });
  });
});

describe('a flood', () => {
  test('of 10,000 subscriptions on one socket is told so, one by one, and those within the cap go on', async () => {
    const wire = await open(agent);
    await beside(async () => {
      for (let n = 0; n < 10_000; n += 1)
        wire.say({ ...asking(PRESENCE, { variables: { id: ticket } }), id: `${n}` });
      await until(() => wire.received.length > 10_000, 'every answer', 30);
    });
    const refused = wire.received.filter(({ type }) => type === 'error');
    expect(refused).toHaveLength(10_000 - MOST);
    expect(new Set(refused.map(({ payload }) => payload[0].extensions.code))).toEqual(
      new Set(['TOO_MANY_SUBSCRIPTIONS']),
    );
  }, 60_000);

  test('of 500 documents that are none costs what it is: points', async () => {
    const wire = await open(agent);
    const spent = async () => {
      const { extensions } = await agent.send<object, never>('{ __typename }');
      return 1_000_000_000 - Number((extensions?.cost as { remaining?: number } | undefined)?.remaining);
    };
    const before = await spent();
    await beside(async () => {
      for (let n = 0; n < 500; n += 1) {
        wire.say({ ...asking(`subscription { a${n} }`), id: `${n}` });
        if (n % MOST === MOST - 1) await wire.hear(({ id }) => id === `${n}`);
      }
    });
    expect(new Set(wire.received.slice(1).map(({ payload }) => payload[0].extensions.code))).toEqual(
      new Set(['GRAPHQL_VALIDATION_FAILED']),
    );
    const used = (await spent()) - before;
    expect([501, 502]).toContain(used < 0 ? 501 : used);
  }, 60_000);

  test('of pings whose answers nobody takes is not read on, until they are taken', async () => {
    const wire = await open(agent);
    const text = JSON.stringify({ type: 'ping', payload: { a: 'x'.repeat(60_000) } });
    const MANY = 500;
    tcp(wire).pause();
    for (let n = 0; n < MANY; n += 1) wire.say(text);
    // Were they read, they would be by then; what is read anyway is what the network between holds.
    for (let round = 0; round < 15; round += 1) await beside(async () => undefined);
    expect(wire.socket.bufferedAmount).toBeGreaterThan((MANY * text.length) / 2);
    tcp(wire).resume();
    await until(() => wire.received.length === MANY + 1, 'every pong', 30);
  }, 60_000);

  test('of an id that is completed and taken again, back to back, leaves the last of them, which goes on', async () => {
    const wire = await open(agent);
    const follow = { ...asking(FACTS, { variables: { id: ticket } }), id: 'a' };
    await beside(async () => {
      for (let n = 0; n < 50; n += 1) {
        wire.say(follow);
        wire.say({ type: 'complete', id: 'a' });
      }
      wire.say(follow);
      await wire.hear(isHeartbeat);
    });
    await appendFacts(desk.app.desk, ticket, ['last']);
    const facts = () =>
      wire.of('a').flatMap(({ payload }) => payload?.data?.ticketEvents.detail.subjectId ?? []);
    await until(() => facts().length > 0, 'the fact');
    expect(facts()).toEqual(['last']);
    expect(wire.of('a').filter(({ type }) => type !== 'next')).toEqual([]);
    // And it is one: once completed, nothing listens any more.
    wire.say({ type: 'complete', id: 'a' });
    await until(() => desk.app.desk.hub.size === 0, 'it to be gone');
  }, 60_000);

  test.each([1, 2, 3])('of the same, %d times and then cut off, leaves nothing', async (pairs) => {
    const wires = await Promise.all(Array.from({ length: 5 }, () => open(agent)));
    for (const wire of wires) {
      for (let n = 0; n < pairs; n += 1) {
        wire.say({ ...asking(FACTS, { variables: { id: ticket } }), id: 'a' });
        wire.say({ type: 'complete', id: 'a' });
      }
      wire.say({ ...asking(FACTS, { variables: { id: ticket } }), id: 'a' });
    }
    await Promise.all(wires.map((wire) => wire.hear(isHeartbeat)));
    for (const wire of wires) tcp(wire).resetAndDestroy();
    // What is left is looked for after each test.
  });
});

describe('a connection', () => {
  const head = (lines: string[]) => ['GET /graphql HTTP/1.1', 'host: desk', ...lines, '', ''].join('\r\n');
  const UPGRADE = ['connection: upgrade', 'upgrade: websocket'];
  const KEY = 'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==';
  const tcpTo = () => connect(Number(new URL(desk.app.url).port), '127.0.0.1');

  test.each<[string, string, RegExp]>([
    ['without a key', head([...UPGRADE, 'sec-websocket-version: 13']), /^HTTP\/1\.1 400 /],
    ['of another version', head([...UPGRADE, KEY, 'sec-websocket-version: 99']), /^HTTP\/1\.1 4\d\d /],
    [
      'with a key that is none',
      head([...UPGRADE, 'sec-websocket-key: x', 'sec-websocket-version: 13']),
      /^HTTP\/1\.1 400 /,
    ],
    [
      'with a protocol that is none',
      head([...UPGRADE, KEY, 'sec-websocket-version: 13', 'sec-websocket-protocol: ,,,']),
      /^HTTP\/1\.1 400 /,
    ],
    [
      'from another origin',
      head([...UPGRADE, KEY, 'sec-websocket-version: 13', 'origin: https://evil.example']),
      /^HTTP\/1\.1 403 /,
    ],
    [
      'by POST',
      head([...UPGRADE, KEY, 'sec-websocket-version: 13']).replace('GET', 'POST'),
      /^HTTP\/1\.1 405 /,
    ],
    [
      'somewhere else',
      head([...UPGRADE, KEY, 'sec-websocket-version: 13']).replace('/graphql', '/nowhere'),
      /^HTTP\/1\.1 400 /,
    ],
    [
      'with 20 KB of protocols',
      head([...UPGRADE, KEY, `sec-websocket-protocol: ${'x,'.repeat(10_000)}`]),
      /^HTTP\/1\.1 431 /,
    ],
  ])('%s is refused before it is one', async (_, text, status) => {
    const socket = tcpTo();
    let said = '';
    socket.on('data', (data) => (said += data)).on('error', () => undefined);
    await beside(async () => {
      socket.write(text);
      await until(() => /\r\n/.test(said), 'an answer');
    });
    expect(said).toMatch(status);
    expect(said).not.toMatch(/\bat \w+ \(/);
    socket.destroy();
  });

  test('that is half there, 200 of them, keeps nobody else out', async () => {
    const halves = Array.from({ length: 200 }, tcpTo);
    await Promise.all(halves.map((socket) => once(socket, 'connect')));
    for (const [n, socket] of halves.entries()) {
      socket.on('error', () => undefined);
      const whole = head([
        ...UPGRADE,
        KEY,
        'sec-websocket-version: 13',
        'sec-websocket-protocol: graphql-transport-ws',
      ]);
      socket.write(whole.slice(0, n % 2 ? whole.length : whole.length / 2));
    }
    const wire = await open(agent);
    wire.say(asking(PRESENCE, { variables: { id: ticket } }));
    expect(await beside(() => answer(wire))).toBe('next');
    for (const socket of halves) socket.resetAndDestroy();
  });

  test('that breaks off in the middle of a subscription leaves nothing', async () => {
    const wires = await Promise.all(Array.from({ length: 10 }, () => open(agent)));
    for (const wire of wires) wire.say({ ...asking(FACTS, { variables: { id: ticket } }), id: 'a' });
    await Promise.all(wires.map((wire) => wire.hear(isHeartbeat)));
    expect(desk.app.desk.hub.size).toBeGreaterThan(0);
    await beside(async () => {
      for (const wire of wires) tcp(wire).resetAndDestroy();
      await until(() => desk.app.desk.hub.size === 0, 'all of them to be gone');
    });
  });
});

test('nothing of all this was a fault of ours', () => {
  expect(logged).not.toHaveBeenCalled();
  expect(printed).not.toHaveBeenCalled();
});

function isHeartbeat({ payload }: Message): boolean {
  return payload?.data?.ticketEvents.detail.__typename === 'Heartbeat';
}
