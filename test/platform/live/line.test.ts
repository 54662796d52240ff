import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { WebSocket, WebSocketServer } from 'ws';
import { Frames } from '../../../src/platform/live/frames.js';
import { Line } from '../../../src/platform/live/line.js';
import { Outlet } from '../../../src/platform/live/outlet.js';

/** More than a kernel takes for a socket that nobody reads. */
const TIMES = 200;
const LARGE = Buffer.from(`{"data":"${'x'.repeat(60_000)}"}}`);
const small = (number: number) => Buffer.from(`{"data":${number}}}`);

let server: WebSocketServer;
beforeEach(() => {
  server = new WebSocketServer({ port: 0, perMessageDeflate: false });
});
afterEach(() => void server.close());

/** A client, its line at the server, and what it has received. */
async function connected() {
  const { port } = server.address() as AddressInfo;
  const client = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
  const [[socket]] = await Promise.all([once(server, 'connection'), once(client, 'open')]);
  const received: { id: string; payload?: { data: unknown } }[] = [];
  client.on('message', (text) => received.push(JSON.parse(String(text))));
  const line = new Line(socket as WebSocket);
  const all = async () => {
    client.close();
    await once(client, 'close');
    return received;
  };
  return { client, line, all };
}

/** Lets all that was to be done in this turn of the event loop be done. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('who reads nothing for a while gets their own messages, whatever others were sent meanwhile', async () => {
  const ids = ['slow-1', 'quick1', 'slow-2', 'quick2'];
  const clients: Awaited<ReturnType<typeof connected>>[] = [];
  for (const _each of ids) clients.push(await connected());
  const outlets = clients.map(({ line }, index) => new Outlet(line, ids[index] as string));
  const [first, , third] = clients;
  const slow = [first, third];
  for (const each of slow) each?.client.pause();

  const full = new Set<Outlet>();
  for (let time = 0; time < TIMES; time++) {
    const frames = new Frames([LARGE]);
    for (const outlet of outlets) if (outlet.write(frames)) full.add(outlet);
    // The kernel hands on what it has.
    await turn();
  }
  expect([outlets[0], outlets[2]].every((outlet) => full.has(outlet as Outlet))).toBe(true);

  for (const each of slow) each?.client.resume();
  for (const outlet of outlets) expect(await outlet.drained()).toBe(true);
  for (const [index, { all }] of clients.entries())
    expect((await all()).map(({ id }) => id)).toEqual(Array.from({ length: TIMES }, () => ids[index]));
});

test('what several subscriptions of a socket deliver at once leaves in one write, in order', async () => {
  const { line, all } = await connected();
  const [one, other] = [new Outlet(line, 'one'), new Outlet(line, 'other')];
  let writes = 0;
  const write = line.socket.write.bind(line.socket);
  line.socket.write = ((bytes: Buffer) => {
    writes += 1;
    return write(bytes);
  }) as typeof line.socket.write;
  for (const number of [1, 2, 3]) {
    const frames = new Frames([small(number)]);
    one.write(frames);
    other.write(frames);
  }
  await turn();
  expect(writes).toBe(1);
  // Nothing waits for one that has left.
  other.close();
  one.write(new Frames([small(4)]));
  expect(writes).toBe(2);
  const received = (await all()).map(({ id, payload }) => `${id} ${payload?.data}`);
  expect(received).toEqual(['one 1', 'other 1', 'one 2', 'other 2', 'one 3', 'other 3', 'one 4']);
});

test('what waits goes out before what is sent past it, and overtakes nothing of one that is left alone', async () => {
  const { line, all } = await connected();
  const [one, other] = [new Outlet(line, 'one'), new Outlet(line, 'other')];
  one.write(new Frames([small(1)]));
  other.close();
  // Alone now, but something of its own waits.
  one.write(new Frames([small(2)]));
  one.flush();
  line.webSocket.send('{"id":"one","type":"complete"}');
  await turn();
  expect((await all()).map(({ payload }) => payload?.data)).toEqual([1, 2, undefined]);
});

test('nothing follows the frame that closes a socket', async () => {
  const { client, line } = await connected();
  const [one] = [new Outlet(line, 'one'), new Outlet(line, 'other')];
  one?.write(new Frames([small(1)]));
  line.webSocket.close(1012, 'The node restarts; reconnect');
  const errors: unknown[] = [];
  client.on('error', (error) => errors.push(error));
  const [code] = await once(client, 'close');
  expect([code, errors]).toEqual([1012, []]);
});
