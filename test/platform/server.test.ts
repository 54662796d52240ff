import { once } from 'node:events';
import { request, type Server } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readBody } from '../../src/platform/http/body.js';
import { type Handler, sendJson } from '../../src/platform/http/respond.js';
import { closeServer, httpServer, listen } from '../../src/platform/http/server.js';
import { createLog } from '../../src/platform/log.js';

const echo: Handler = async (incoming, response) => sendJson(response, 200, await readBody(incoming, 100));
const hasty: Handler = Object.assign((...of: Parameters<Handler>) => echo(...of), { patience: 50 });

let server: Server;
let url: string;
const logged: string[] = [];
beforeAll(async () => {
  const log = createLog({ logLevel: 'silent' } as never);
  log.error = log.warn = (...of: unknown[]) => void logged.push(String(of[1]));
  server = httpServer({ '/echo': echo, '/hasty': hasty }, log);
  url = `http://127.0.0.1:${await listen(server, '127.0.0.1', 0)}`;
});
afterAll(() => closeServer(server, 1));

/** Sends a part of a body and then waits. */
function begun(path: string) {
  const sent = request(`${url}${path}`, { method: 'POST', headers: { 'content-length': 4 } });
  const answered = once(sent, 'response').then(async ([response]) => {
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    return [response.statusCode, JSON.parse(Buffer.concat(chunks).toString())];
  });
  sent.write('ab');
  return { sent, answered };
}

test('a body that does not come is waited for as long as its route has patience, and no longer', async () => {
  const [patient, cut] = [begun('/echo'), begun('/hasty')];
  cut.sent.on('error', () => undefined);
  expect(await cut.answered).toEqual([
    408,
    {
      errors: [{ message: 'The request took too long to arrive.', extensions: { code: 'REQUEST_TIMEOUT' } }],
    },
  ]);
  // The other one has waited as long.
  patient.sent.end('cd');
  expect(await patient.answered).toEqual([200, 'abcd']);
});

test('whoever goes away in the middle of a body is no fault of the desk', async () => {
  const { sent, answered } = begun('/echo');
  answered.catch(() => undefined);
  sent.on('error', () => undefined);
  const [incoming] = (await once(server, 'request')) as [Parameters<Handler>[0]];
  const gone = new Promise((resolve) => incoming.once('close', resolve));
  sent.destroy();
  await gone;
  const { sent: next, answered: fine } = begun('/echo');
  next.end('cd');
  expect(await fine).toEqual([200, 'abcd']);
  expect(logged).toEqual([]);
});
