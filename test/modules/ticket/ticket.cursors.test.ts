import { beforeAll, describe, expect, test } from '@jest/globals';
import { Role } from '../../../src/platform/auth/viewer.js';
import { type TicketOrder, TicketsDocument, type TicketsQueryVariables } from '../../generated/graphql.js';
import type { Client } from '../../support/client.js';
import { useDesk } from '../../support/desk.js';
import { variedTickets } from './varied.js';

const desk = useDesk();
let manager: Client;
let count: number;
beforeAll(async () => {
  manager = await desk.as(Role.MANAGER);
  count = (await variedTickets(desk)).tickets.size;
});

const list = async (variables: TicketsQueryVariables) =>
  (await manager.ask(TicketsDocument, variables)).tickets;

test('25 unless told, and exactly as many as asked for up to 100', async () => {
  expect((await list({})).nodes).toHaveLength(25);
  expect((await list({ first: null })).nodes).toHaveLength(25);
  expect((await list({ first: 0 })).nodes).toHaveLength(0);
  expect((await list({ first: 100 })).nodes).toHaveLength(count);
});

test.each<[string, TicketsQueryVariables, string]>([
  ['more than 100', { first: 101 }, 'first'],
  ['more than 100 from the end', { last: 1_000_000_000 }, 'last'],
  ['fewer than none', { first: -1 }, 'first'],
  ['fewer than none from the end', { last: -1 }, 'last'],
  ['from both ends', { first: 1, last: 1 }, 'first'],
])('a page of %s is refused, never cut', async (_, variables, argument) => {
  const { data, errors } = await manager.send(TicketsDocument, variables);
  expect(data).toBeNull();
  expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT', argument: [argument] } }]);
});

describe('what is no cursor of the list in that order is refused', () => {
  const byNumber: TicketOrder[] = [{ field: 'NUMBER', direction: 'ASC' }];
  const forged = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');
  test.each<[string, () => Promise<string>]>([
    ['of another order', async () => (await list({ first: 1 })).pageInfo.endCursor as string],
    [
      'of the other direction',
      async () =>
        (await list({ orderBy: [{ field: 'NUMBER', direction: 'DESC' }], first: 1 })).pageInfo
          .endCursor as string,
    ],
    ['of the event log', async () => desk.app.desk.eventLog.cursors.encode(desk.app.desk.hub.position)],
    ['nothing', async () => ''],
    ['no JSON', async () => Buffer.from('{').toString('base64url')],
    ['JSON of another shape', async () => forged(null)],
    ['too few values', async () => forged('t.numberASC,t.idASC', '1001')],
    ['a text for a number', async () => forged('t.numberASC,t.idASC', "1'; drop table ticket; --", 'x')],
    ['a number out of range', async () => forged('t.numberASC,t.idASC', '99999999999', 'x')],
    ['no text at all', async () => forged('t.numberASC,t.idASC', 1001, {})],
    ['a text with NUL', async () => forged('t.numberASC,t.idASC', '1001', 'ticket_\0')],
  ])('%s', async (_, cursor) => {
    for (const [argument, size] of [
      ['after', { first: 5 }],
      ['before', { last: 5 }],
      ['before', { first: 5 }],
    ] as const) {
      const { errors } = await manager.send(TicketsDocument, {
        orderBy: byNumber,
        [argument]: await cursor(),
        ...size,
      });
      expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT', argument: [argument] } }]);
    }
  });
});
