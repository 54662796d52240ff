import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, jest, test } from '@jest/globals';
import WebSocket from 'ws';
import { Role } from '../../src/platform/auth/viewer.js';
import { QueueChangesDocument } from '../generated/graphql.js';
import { create } from '../modules/ticket/play.js';
import { until, useDesk } from '../support/desk.js';
import { appendFacts } from '../support/facts.js';

/** How many clients come and go. */
const CONNECTS = Number(process.env.HYGIENE_CONNECTS ?? 1_000);
const AT_ONCE = 20;
const MOST_SOCKETS = 40;
const MB = 1024 * 1024;
const desk = useDesk({ SOCKETS_PER_PERSON: String(MOST_SOCKETS) });
jest.setTimeout(120_000 + CONNECTS * 100);

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** How far a client comes before its socket breaks, or it says goodbye. */
const STAGES = ['opened', 'welcomed', 'subscribed', 'told', 'completed'] as const;
type Stage = (typeof STAGES)[number];

async function connect(token: string, subscriptions: string[], until: Stage): Promise<void> {
  const socket = new WebSocket(`${desk.app.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  const send = (message: object) => socket.send(JSON.stringify(message));
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
  socket.on('error', () => undefined);
  socket.on('open', () => {
    send({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
    if (until === 'opened') socket.terminate();
  });
  socket.on('message', (data) => {
    const { type } = JSON.parse(String(data));
    if (type === 'next' && until === 'told') socket.terminate();
    if (type !== 'connection_ack') return;
    if (until === 'welcomed') return socket.terminate();
    for (const [id, query] of subscriptions.entries())
      send({ type: 'subscribe', id: String(id), payload: { query } });
    if (until === 'subscribed') setImmediate(() => socket.terminate());
    if (until !== 'completed') return;
    for (const id of subscriptions.keys()) send({ type: 'complete', id: String(id) });
    socket.close();
  });
  await closed;
}

test(`${CONNECTS} clients that come and go, however they go, leave nothing behind`, async () => {
  const agent = await desk.as(Role.AGENT);
  const ticket = await create(agent);
  const subscriptions = [
    'subscription { queueChanges { move cursor } }',
    `subscription { ticketEvents(ticket: "${ticket}") { id } }`,
    'subscription { myWork { cursor } }',
    `subscription { ticketPresence(ticket: "${ticket}") { present { state } } }`,
  ];
  const comeAndGo = async (count: number) => {
    let left = count;
    let busy = true;
    const writing = (async () => {
      while (busy) await appendFacts(desk.app.desk, ticket, ['fact']);
    })();
    const lane = async () => {
      while (left-- > 0)
        await connect(agent.token as string, subscriptions, STAGES[left % STAGES.length] as Stage);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    busy = false;
    await writing;
    await until(() => desk.app.desk.hub.size === 0, 'every listener to be gone');
  };
  const memory = () => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  await comeAndGo(200);
  const before = memory();
  await comeAndGo(CONNECTS);
  const after = memory();
  console.log(
    `${CONNECTS} connects: ${desk.app.desk.hub.size} listeners, heap ${(before / MB).toFixed(1)} MB before, ${(after / MB).toFixed(1)} MB after`,
  );
  expect(after - before).toBeLessThan(20 * MB);
  // Of who came and went none counts as here: the person may have as many sockets as before, and not one more.
  const open = () => agent.subscribe(QueueChangesDocument, {});
  await Promise.all(Array.from({ length: MOST_SOCKETS }, open));
  await expect(open()).rejects.toMatchObject({ code: 1013 });
});
