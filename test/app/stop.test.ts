import { expect, test } from '@jest/globals';
import { print } from 'graphql';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { Role } from '../../src/platform/auth/viewer.js';
import { QueueChangesDocument } from '../generated/graphql.js';
import { useDesk } from '../support/desk.js';

const desk = useDesk();

/** The close event of a socket that subscribes to everything. */
async function subscribed(token: string | null) {
  const client = createClient({
    url: `${desk.app.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${token}` },
    retryAttempts: 0,
  });
  const closed = new Promise<{ code: number }>((resolve) =>
    client.on('closed', (event) => resolve(event as { code: number })),
  );
  const connected = new Promise<void>((resolve) => client.on('connected', () => resolve()));
  client.subscribe(
    { query: print(QueueChangesDocument) },
    { next: () => undefined, error: () => undefined, complete: () => undefined },
  );
  return { connected, closed };
}

test('a stop tells live clients to come back, and the next node answers', async () => {
  const agent = await desk.as(Role.AGENT);
  const socket = await subscribed(agent.token);
  await socket.connected;
  await desk.restart();
  expect((await socket.closed).code).toBe(1012);
  const response = await agent.get('/readyz');
  expect(response.status).toBe(200);
});

test('an expired token is told apart from a wrong one', async () => {
  const expired = await desk.app.tokens.sign('agent@demo.stepdesk.example', '-1 minute');
  expect((await (await subscribed(expired)).closed).code).toBe(4403);
  expect((await (await subscribed('not.a.token')).closed).code).toBe(4401);
  const soon = await desk.app.tokens.sign('agent@demo.stepdesk.example', '1 second');
  const socket = await subscribed(soon);
  await socket.connected;
  expect((await socket.closed).code).toBe(4403);
});

test('what is not GraphQL answers JSON', async () => {
  const post = (body: string, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
    fetch(`${desk.app.url}/graphql`, { method: 'POST', headers, body });
  const broken = await post('{"query":');
  expect(broken.status).toBe(400);
  expect(await broken.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  const large = await post(
    JSON.stringify({ query: '{ __typename }', variables: { x: 'x'.repeat(1_100_000) } }),
  );
  expect(large.status).toBe(413);
  expect(await large.json()).toMatchObject({ errors: [{ extensions: { code: 'PAYLOAD_TOO_LARGE' } }] });
  expect((await fetch(`${desk.app.url}/nowhere`)).status).toBe(404);
});

test('nothing internal leaves: an unexpected failure is an id that is in the log', async () => {
  const agent = await desk.as(Role.AGENT);
  const nul = await agent.send<unknown, unknown>('query ($id: ID!) { node(id: $id) { id } }', {
    id: 'ticket_\u0000',
  });
  expect(JSON.stringify(nul)).not.toMatch(/select|postgres|stack|node_modules/i);
});
