import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { print } from 'graphql';
import { sql } from 'kysely';
import WebSocket from 'ws';
import { MOST_AT_TICKET, MOST_OF_PERSON } from '../../../src/modules/presence/presence.rules.js';
import { Role } from '../../../src/platform/auth/viewer.js';
import { SetPresenceDocument, TicketPresenceDocument } from '../../generated/graphql.js';
import type { Client } from '../../support/client.js';
import { until, useDesk } from '../../support/desk.js';
import { at, hire } from '../../support/office.js';
import { assign, create, directory, refusals } from '../ticket/play.js';
import { say, there, watch } from './play.js';

const desk = useDesk();
// People come and go by the clock: a limit for what hangs, not for how fast it is.
jest.setTimeout(60_000);
let alex: Client;
let sam: Client;
beforeAll(async () => {
  [alex, sam] = [await desk.as(at('agent')), await desk.as(at('second'))];
});

const letSecondsPass = (seconds: number) => desk.clock.letDaysPass(seconds / 86_400);
const watching = () => desk.app.desk.presence.watching;

describe('presence', () => {
  test('is seen by whoever asks, who claims or types before who looks, until they leave', async () => {
    const id = await create(alex);
    expect(await there(alex, id)).toEqual([]);
    expect(await say(alex, id, 'VIEWING')).toEqual(['Alex Agent: VIEWING']);
    expect(await say(sam, id, 'TYPING')).toEqual(['Sam Second: TYPING', 'Alex Agent: VIEWING']);
    expect(await say(alex, id, 'CLAIMING')).toEqual(['Alex Agent: CLAIMING', 'Sam Second: TYPING']);
    expect(await say(alex, id, 'AWAY')).toEqual(['Sam Second: TYPING']);
    expect(await there(sam, await create(alex))).toEqual([]);
  });

  test('goes on while it is said again, and ends by itself without', async () => {
    const id = await create(alex);
    await say(alex, id, 'TYPING');
    await say(sam, id, 'VIEWING');
    letSecondsPass(9);
    expect(await there(alex, id)).toEqual(['Sam Second: VIEWING', 'Alex Agent: VIEWING']);
    letSecondsPass(10);
    await say(sam, id, 'VIEWING');
    letSecondsPass(7);
    expect(await there(alex, id)).toEqual(['Sam Second: VIEWING']);
    letSecondsPass(25);
    expect(await there(alex, id)).toEqual([]);
  });

  test('leaves no trace in the database, and the ticket is the same', async () => {
    const id = await create(alex);
    await desk.caughtUp();
    const trace = async () => {
      const db = desk.app.desk.database.sql;
      const { rows } = await sql`select count(*)::int as events, (select version from ticket where id = ${id})
        from event`.execute(db);
      return rows;
    };
    const before = await trace();
    await say(alex, id, 'TYPING');
    expect(await trace()).toEqual(before);
  });
});

describe('a subscriber', () => {
  test('is told who is there at once, then of each change, and of nothing that only goes on', async () => {
    const id = await create(alex);
    await say(alex, id, 'VIEWING');
    const told = await watch(sam, id);
    expect(told.first).toEqual(['Alex Agent: VIEWING']);
    await say(alex, id, 'VIEWING');
    await say(sam, id, 'CLAIMING');
    expect(await told.next()).toEqual(['Sam Second: CLAIMING', 'Alex Agent: VIEWING']);
    await say(alex, id, 'TYPING');
    expect(await told.next()).toEqual(['Sam Second: CLAIMING', 'Alex Agent: TYPING']);
    await say(alex, id, 'AWAY');
    expect(await told.next()).toEqual(['Sam Second: CLAIMING']);
    await told.stream.close();
  });

  test('is told what runs out, though nobody says anything', async () => {
    const id = await create(alex);
    await say(alex, id, 'TYPING');
    const told = await watch(sam, id);
    expect(told.first).toEqual(['Alex Agent: TYPING']);
    expect(await told.next()).toEqual(['Alex Agent: VIEWING']);
    letSecondsPass(25);
    expect(await told.next()).toEqual([]);
    await told.stream.close();
  });

  test('that may no longer see the ticket is told so, of nobody, and of nothing more', async () => {
    const id = await create(alex);
    const told = await watch(sam, id);
    await say(alex, id, 'VIEWING');
    expect(await told.next()).toEqual(['Alex Agent: VIEWING']);
    const manager = await desk.as(Role.MANAGER);
    const db = desk.app.desk.database.sql;
    const team = (await directory(manager)).teams['Senior support'] as string;
    await sql`update team set restricted = true where id = ${team}`.execute(db);
    await assign(manager, id, { teamId: team });
    expect(await told.next()).toBe('access ended');
    expect(await told.stream.end()).toBeUndefined();
    expect(told.stream.received.at(-1)?.ticketPresence).toEqual({
      ticketId: id,
      accessEnded: true,
      present: [],
    });
    const { setPresence } = await sam.ask(SetPresenceDocument, { input: { ticketId: id, state: 'VIEWING' } });
    expect(refusals(setPresence)).toEqual(['NOT_FOUND input ticketId']);
    await expect(watch(sam, id)).rejects.toThrow('There is no ticket');
    await sql`update team set restricted = false where id = ${team}`.execute(db);
  });

  test('leaves nothing behind, also where its socket dies', async () => {
    const id = await create(alex);
    await until(() => watching() === 0, 'earlier watches to end');
    const socket = new WebSocket(`${desk.app.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    await new Promise((resolve) => socket.once('open', resolve));
    const send = (message: object) => socket.send(JSON.stringify(message));
    send({ type: 'connection_init', payload: { authorization: `Bearer ${sam.token}` } });
    await new Promise((resolve) => socket.once('message', resolve));
    const payload = { query: print(TicketPresenceDocument), variables: { ticket: id } };
    send({ type: 'subscribe', id: '1', payload });
    await new Promise((resolve) => socket.once('message', resolve));
    expect(watching()).toBe(1);
    socket.terminate();
    await until(() => watching() === 0, 'the watch to end');
  });
});

describe('is for staff', () => {
  test('a customer neither sees it, nor is seen', async () => {
    const id = await create(alex);
    const customer = await desk.as(Role.CUSTOMER);
    await say(alex, id, 'VIEWING');
    const { data, errors } = await customer.send<{ ticket: unknown }, unknown>(
      'query ($id: ID!) { ticket(by: { id: $id }) { id presence { state } } }',
      { id },
    );
    expect(data?.ticket).toEqual({ id, presence: null });
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(
      await customer.send(SetPresenceDocument, { input: { ticketId: id, state: 'VIEWING' } }),
    ).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    await expect(watch(customer, id)).rejects.toThrow('FORBIDDEN');
  });
});

describe('is bounded', () => {
  test('at one ticket', async () => {
    const id = await create(alex);
    const names = Array.from({ length: MOST_AT_TICKET + 1 }, (_, n) => `many${n}`);
    await hire(desk, names, [Role.AGENT]);
    for (const name of names) await say(await desk.as(at(name)), id, 'VIEWING');
    const present = await there(alex, id);
    expect(present).toHaveLength(MOST_AT_TICKET);
    expect(present).not.toContain(`many${MOST_AT_TICKET}: VIEWING`);
  });

  test('of one person', async () => {
    const tickets: string[] = [];
    for (let n = 0; n <= MOST_OF_PERSON; n += 1) tickets.push(await create(alex));
    for (const id of tickets) await say(alex, id, 'VIEWING');
    expect(await there(alex, tickets[0] as string)).toEqual([]);
    for (const id of [tickets[1], tickets.at(-1)])
      expect(await there(alex, id as string)).toEqual(['Alex Agent: VIEWING']);
  });
});
