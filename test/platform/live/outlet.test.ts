import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { WebSocket, WebSocketServer } from 'ws';
import { Frames } from '../../../src/platform/live/frames.js';
import { Outlet } from '../../../src/platform/live/outlet.js';

/** More than a kernel takes for a socket that nobody reads. */
const TIMES = 200;
const PAYLOAD = Buffer.from(`{"data":"${'x'.repeat(60_000)}"}}`);

test('who reads nothing for a while gets their own messages, whatever others were sent meanwhile', async () => {
  const server = new WebSocketServer({ port: 0, perMessageDeflate: false });
  const ids = ['slow-1', 'quick1', 'slow-2', 'quick2'];
  const got = new Map<string, string[]>(ids.map((id) => [id, []]));
  const { port } = server.address() as AddressInfo;
  const pairs = [];
  for (const id of ids) {
    const client = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
    const [[socket]] = await Promise.all([once(server, 'connection'), once(client, 'open')]);
    client.on('message', (text) => got.get(id)?.push(JSON.parse(String(text)).id));
    pairs.push({ client, outlet: new Outlet(socket as WebSocket, id) });
  }
  const slow = pairs.filter((_pair, index) => index % 2 === 0);
  for (const { client } of slow) client.pause();

  const full = new Set<Outlet>();
  for (let time = 0; time < TIMES; time++) {
    const frames = new Frames([PAYLOAD]);
    for (const { outlet } of pairs) if (outlet.write(frames)) full.add(outlet);
    // Lets the kernel hand on what it has.
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(slow.every(({ outlet }) => full.has(outlet))).toBe(true);

  for (const { client } of slow) client.resume();
  for (const { outlet } of pairs) expect(await outlet.drained()).toBe(true);
  await Promise.all(
    pairs.map(async ({ client }) => {
      client.close();
      await once(client, 'close');
    }),
  );
  for (const id of ids) expect(got.get(id)).toEqual(Array.from({ length: TIMES }, () => id));
  server.close();
});
