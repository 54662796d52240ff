import { beforeAll, describe, expect, test } from '@jest/globals';
import { Role } from '../../src/platform/auth/viewer.js';
import { create } from '../modules/ticket/play.js';
import type { Client } from '../support/client.js';
import { useDesk } from '../support/desk.js';
import type { Message } from '../support/wire.js';
import { documents, nested, variables } from './hostile.js';
import { answer, asking, FACTS, heard, PRESENCE, useHostileWires } from './hostile-wire.js';

/** Everything hostile that comes by WebSocket, each with the answer it gets; and meanwhile others are answered. */
const desk = useDesk({ INTROSPECTION: 'false' });
const { open, beside } = useHostileWires(desk);
let agent: Client;
let customer: Client;
let ticket: string;
let foreign: string;
beforeAll(async () => {
  [agent, customer] = [await desk.as(Role.AGENT), await desk.as(Role.CUSTOMER)];
  ticket = await create(agent);
  foreign = await create(agent, { customer: { email: 'somebody-else@example.com' } });
});
const raw = (query: string, given: string) =>
  `{"type":"subscribe","id":"x","payload":{"query":${JSON.stringify(query)},"variables":${given}}}`;

describe('a document', () => {
  test.each(documents)('$what', async ({ text, socket }) => {
    const wire = await open(agent);
    const answered = await beside(() => {
      wire.say(asking(text));
      return answer(wire);
    });
    expect(answered).toBe(socket);
  });

  test('with a misspelt field gets no hint where the schema is not told', async () => {
    const wire = await open(agent);
    wire.say(asking('subscription { myWork { curser } }'));
    const { payload } = await wire.hear(({ id }) => id === 'x');
    expect(payload[0].message).toBe('Cannot query field "curser" on type "WorkUpdate".');
  });
});

describe('variables', () => {
  test.each(variables)('$what', async ({ json, code, argument, socket }) => {
    const wire = await open(agent);
    const answered = await beside(() => {
      wire.say(raw(PRESENCE, json));
      return answer(wire);
    });
    // Types are looked at when it is about to run; that it did not is an answer, and the end of it.
    expect(answered.replace('next ', 'error ')).toBe(socket ?? `error ${code}`);
    if (argument && !socket) expect(wire.of('x')[0]?.payload[0].extensions.argument).toEqual(argument);
    expect(({} as { id?: string }).id).toBeUndefined();
  });

  const filter = 'subscription ($where: TicketFilter) { queueChanges(where: $where) { cursor } }';
  test.each<[string, string, string, string]>([
    ['a filter with __proto__', filter, '{"where":{"__proto__":{"status":{}}}}', 'next BAD_USER_INPUT'],
    [
      'a filter 40 deep',
      filter,
      `{"where":${nested(40, '{"a":', '}').replace(':}', ':1}')}}`,
      'next BAD_USER_INPUT',
    ],
    ['a cursor that is none', FACTS, `{"id":"TICKET","after":"nothing"}`, 'next INVALID_INPUT'],
    [
      'a cursor of 60,000 letters',
      FACTS,
      `{"id":"TICKET","after":"${'A'.repeat(60_000)}"}`,
      'next INVALID_INPUT',
    ],
    ['a cursor that is a number', FACTS, '{"id":"TICKET","after":5}', 'next BAD_USER_INPUT'],
    ['an id of another type', PRESENCE, '{"id":"agent_01h455vb4pex5vsknk084sn02q"}', 'next NOT_FOUND'],
    ['an id with SQL', PRESENCE, `{"id":"' or 1=1 --"}`, 'next NOT_FOUND'],
    ['an id of 60,000 letters', PRESENCE, `{"id":"${'x'.repeat(60_000)}"}`, 'next INVALID_INPUT'],
  ])('%s', async (_, query, given, expected) => {
    const wire = await open(agent);
    const answered = await beside(() => {
      wire.say(raw(query, given.replace('TICKET', ticket)));
      return answer(wire);
    });
    expect(answered).toBe(expected);
  });

  test("that name another's ticket are answered as those that name none", async () => {
    const wire = await open(customer);
    const answerTo = async (name: string, id: string) => {
      wire.subscribe(name, PRESENCE, { id });
      return (await wire.hear((message) => message.id === name)).payload;
    };
    expect(await answerTo('a', foreign)).toEqual(await answerTo('b', 'ticket_01h455vb4pex5vsknk084sn02q'));
  });
});

describe('a message', () => {
  test.each<[string, Message | string | object, string]>([
    ['that is a mutation', asking('mutation { markAllRead }'), 'error GRAPHQL_VALIDATION_FAILED'],
    ['that is cut off', '{"type":"subscribe","id":"x","payload":{"query":"{', 'closed 4400'],
    ['that is a batch', [asking('{ __typename }'), asking('{ __typename }')], 'closed 4400'],
    ['that is null', 'null', 'closed 4400'],
    ['that is 30,000 lists', nested(30_000, '[', ']'), 'closed 4400'],
    ['whose type is in __proto__', '{"__proto__":{"type":"ping"}}', 'closed 4400'],
    ['of a type that is __proto__', '{"type":"__proto__","id":"x"}', 'closed 4400'],
    ['that is a server’s: next', { type: 'next', id: 'x', payload: {} }, 'closed 4400'],
    ['that is a server’s: connection_ack', { type: 'connection_ack' }, 'closed 4400'],
    ['with an id that is empty', { ...asking(PRESENCE), id: '' }, 'closed 4400'],
    ['with an id that is a number', { ...asking(PRESENCE), id: 1 }, 'closed 4400'],
    ['with an id of 60,000 letters', { ...asking(PRESENCE), id: 'x'.repeat(60_000) }, 'closed 4400'],
    ['that completes no id', '{"type":"complete"}', 'closed 4400'],
    ['with a query that is a list', asking(PRESENCE, { query: ['{ a }'] }), 'closed 4400'],
    ['with variables that are a list', asking(PRESENCE, { variables: [] }), 'closed 4400'],
    ['with an operation’s name that is an object', asking(PRESENCE, { operationName: {} }), 'closed 4400'],
    [
      'with an operation’s name of 60,000 letters',
      asking(PRESENCE, { operationName: 'x'.repeat(60_000) }),
      'error BAD_REQUEST',
    ],
    ['with extensions that are a list', asking(PRESENCE, { extensions: [] }), 'closed 4400'],
    [
      'with a documentId that is no text',
      asking('', { extensions: { documentId: {} } }),
      'error BAD_REQUEST',
    ],
    [
      'with a documentId of 60,000 letters',
      asking('', { extensions: { documentId: 'x'.repeat(60_000) } }),
      'error DOCUMENT_NOT_FOUND',
    ],
    [
      'with a hash alone',
      asking('', { extensions: { persistedQuery: { version: 1 } } }),
      'error BAD_REQUEST',
    ],
    [
      'with extensions 20,000 deep',
      raw('{ a }', 'null').replace('}}', `,"extensions":{"x":${nested(20_000, '[', ']')}}}}`),
      'error GRAPHQL_VALIDATION_FAILED',
    ],
    ['that is a second connection_init', { type: 'connection_init', payload: {} }, 'closed 4429'],
  ])('%s', async (_, message, expected) => {
    const wire = await open(agent);
    const answered = await beside(() => {
      wire.say(typeof message === 'string' ? message : JSON.stringify(message));
      return answer(wire);
    });
    expect(answered).toBe(expected);
  });

  test.each(['__proto__', 'constructor', '"', '\0', '💥', '\ud800'])(
    'has an id that is text, whatever it says: %j',
    async (id) => {
      const wire = await open(agent);
      wire.say({ ...asking(PRESENCE, { variables: { id: ticket } }), id });
      const { type } = await wire.hear((message) => message.type !== 'connection_ack');
      expect(type).toBe('next');
      expect(wire.received.at(-1)?.id?.toWellFormed()).toBe(id.toWellFormed());
    },
  );

  test('that completes what there is not is nothing', async () => {
    const wire = await open(agent);
    for (const id of ['x', '__proto__', 'toString']) wire.say({ type: 'complete', id });
    wire.say(asking(PRESENCE, { variables: { id: ticket } }));
    expect(await answer(wire)).toBe('next');
  });

  test('with a payload that no answer can carry is refused, or carried', async () => {
    const wire = await open(agent);
    const answered = await beside(() => {
      wire.say(`{"type":"ping","payload":{"a":${nested(30_000, '[', ']')}}}`);
      return heard(wire, ({ type }) => type === 'pong');
    });
    expect([4400, 'pong']).toContain(typeof answered === 'number' ? answered : answered.type);
  });

  test.each<[string, object | undefined]>([
    ['a token of 60,000 letters', { authorization: `Bearer ${'a'.repeat(20_000)}.${'a'.repeat(20_000)}.a` }],
    ['a token in __proto__', JSON.parse('{"__proto__":{"authorization":"Bearer x.y.z"}}') as object],
    ['a list of tokens', { authorization: ['Bearer x.y.z'] }],
    ['lists in lists', { authorization: JSON.parse(nested(20_000, '[', ']')) as object }],
    ['an API key that is none', { authorization: `Bearer sd_live_${'a'.repeat(43)}` }],
  ])('of a connection_init with %s: 4401', async (_, payload) => {
    const wire = await open(null);
    const text = `{"type":"connection_init","payload":${jsonOf(payload)}}`;
    const closed = await beside(() => {
      wire.say(text);
      return wire.closed;
    });
    expect(closed.code).toBe(4401);
  });

  test('before connection_init is refused, whatever comes after it', async () => {
    const wire = await open(null);
    wire.say(asking(PRESENCE, { variables: { id: ticket } }));
    wire.say({ type: 'connection_init', payload: { authorization: `Bearer ${agent.token}` } });
    wire.say(asking(PRESENCE, { variables: { id: ticket } }));
    expect((await beside(() => wire.closed)).code).toBe(4401);
    expect(wire.of('x')).toEqual([]);
  });
});

/** As `JSON.stringify`, which can't go so deep. */
function jsonOf(value: object | undefined): string {
  try {
    return JSON.stringify(value);
  } catch {
    return `{"authorization":${nested(20_000, '[', ']')}}`;
  }
}
