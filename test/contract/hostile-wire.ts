import type { Socket } from 'node:net';
import { afterAll, afterEach, expect } from '@jest/globals';
import { Role } from '../../src/platform/auth/viewer.js';
import type { Client } from '../support/client.js';
import { type TestDesk, until } from '../support/desk.js';
import { type Message, Wire } from '../support/wire.js';
import { expectMasked } from './hostile.js';

/** A subscription that answers at once. */
export const PRESENCE = 'subscription ($id: ID!) { ticketPresence(ticket: $id) { present { state } } }';
/** One that tells a ticket's facts, and by a heartbeat each second that it lives. */
export const FACTS =
  'subscription ($id: ID!, $after: Cursor) { ticketEvents(ticket: $id, after: $after) { detail { __typename ... on DeskActivity { subjectId } } } }';

/** A message that subscribes as `x`. */
export const asking = (query: string, rest: object = {}): Message => ({
  type: 'subscribe',
  id: 'x',
  payload: { query, ...rest },
});

/** What a wire hears for an id first: `error CODE`, `next` or `next CODE`; or `closed` and the code of the close. */
export async function answer(wire: Wire, id = 'x'): Promise<string> {
  const first = await heard(wire, (message) => message.id === id);
  if (typeof first === 'number') return `closed ${first}`;
  expectMasked(JSON.stringify(first));
  const errors = first.type === 'error' ? first.payload : first.payload?.errors;
  return [first.type, errors?.[0].extensions.code].filter(Boolean).join(' ');
}

/** The first message of which it holds, or the code of the close that came before one. */
export async function heard(wire: Wire, holds: (message: Message) => boolean): Promise<Message | number> {
  let found: Message | number | undefined;
  void wire.closed.then(({ code }) => {
    found ??= code;
  });
  const look = () => {
    found ??= wire.received.find(holds);
    return found !== undefined;
  };
  await until(look, 'a message or the close');
  return found as Message | number;
}

/**
 * Sockets of a desk for those who mean no good, and somebody beside them who must be answered as ever. After each
 * test the sockets are cut off, and nothing of theirs may be left.
 */
export function useHostileWires(desk: TestDesk) {
  const sockets: { terminate(): void }[] = [];
  let neighbour: Wire | undefined;
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.terminate();
    await until(() => desk.app.desk.hub.size === 0, 'every subscription to be gone');
  });
  afterAll(() => neighbour?.socket.terminate());
  return {
    /** A socket that has been acknowledged; one that has said nothing yet where there is no client. */
    open: async (client: Client | null): Promise<Wire> => {
      const wire = await (client ? Wire.as(client, desk.app.url) : Wire.to(desk.app.url));
      sockets.push(wire.socket);
      return wire;
    },
    /** Does it while another asks by HTTP and by a socket that is open all the time; and both again afterwards. */
    beside: async <Result>(work: () => Promise<Result>): Promise<Result> => {
      const admin = await desk.as(Role.ADMIN);
      neighbour ??= await Wire.as(admin, desk.app.url);
      const wire = neighbour;
      const asks = async () => {
        wire.received.length = 0;
        wire.say({ type: 'ping' });
        const { data } = await admin.send<object, never>('{ teams { totalCount } }');
        await wire.hear(({ type }) => type === 'pong');
        return data;
      };
      const [result, meanwhile] = await Promise.all([work(), asks()]);
      expect(meanwhile).toMatchObject({ teams: { totalCount: expect.any(Number) } });
      expect(await asks()).toEqual(meanwhile);
      return result;
    },
  };
}

/** The TCP connection under a wire, which `ws` keeps in this property. */
export const tcp = (wire: Wire) => (wire.socket as unknown as { _socket: Socket })._socket;

/** First bytes of whole frames, and of the last of several that are one (RFC 6455, 5.2). */
export const FRAME = { TEXT: 0x81, BINARY: 0x82, CONTINUED: 0x80, PING: 0x89 };

/** A frame as a client sends it, its payload masked with zeros, which leave it as it is. */
export function frame(first: number, payload: string | Buffer, masked = true): Buffer {
  const body = Buffer.from(payload);
  const length = body.length < 126 ? [body.length] : [126, body.length >> 8, body.length & 0xff];
  length[0] = (length[0] as number) | (masked ? 0x80 : 0);
  return Buffer.concat([Buffer.from([first, ...length]), Buffer.alloc(masked ? 4 : 0), body]);
}
