import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { test } from '@jest/globals';
import { redisHint } from '../../src/platform/events/hint.js';
import { createLog } from '../../src/platform/log.js';
import { until } from '../support/desk.js';

test('a hint that is closed while it subscribes fails nothing: there is nobody left to hear of it', async () => {
  // Takes what it is told, and answers nothing but to whom introduces itself.
  const sockets = new Set<Socket>();
  let told = '';
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('data', (data) => {
      told += data;
      for (const _ of String(data).matchAll(/\r\nclient\r\n/gi)) socket.write('+OK\r\n');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const hint = redisHint(`redis://127.0.0.1:${port}`, 'a-desk', createLog({ logLevel: 'silent' }));
  await hint.onHint(() => undefined);
  await until(() => /\r\nsubscribe\r\n/i.test(told), 'a SUBSCRIBE');
  const gone = [...sockets].map((socket) => once(socket, 'close'));
  await hint.close();
  await Promise.all(gone);
  server.close();
  // A rejection that nobody took fails the test, in the turn after it.
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
});
