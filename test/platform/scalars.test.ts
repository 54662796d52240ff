import { beforeAll, describe, expect, test } from '@jest/globals';
import { Role } from '../../src/platform/auth/viewer.js';
import { DateScalar } from '../../src/platform/graphql/scalars.js';
import type { Client } from '../support/client.js';
import { useDesk } from '../support/desk.js';

const desk = useDesk();
let agent: Client;
beforeAll(async () => {
  agent = await desk.as(Role.AGENT);
});

const later = 'query ($than: DateTime!) { tickets(where: { createdAt: { gt: $than } }) { totalCount } }';
const asVariable = (than: string) => agent.send<unknown, unknown>(later, { than });
const asLiteral = (than: string) =>
  agent.send(`{ tickets(where: { createdAt: { gt: "${than}" } }) { totalCount } }`);

describe('a moment', () => {
  test.each([
    '0000-01-01T00:00:00Z',
    '0000-12-31T23:59:59.999Z',
    '0001-01-01T00:00:00+00:01',
    '9999-12-31T23:59:59-00:01',
    '2026-02-30T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2016-12-31T23:59:60Z',
  ])('%s is refused by what can be mended, before anything runs', async (moment) => {
    for (const ask of [asVariable, asLiteral])
      expect(await ask(moment)).toMatchObject({
        errors: [
          {
            message: expect.stringMatching(/DateTime|years 0001 to 9999/),
            extensions: { code: expect.stringMatching(/^BAD_USER_INPUT$|^GRAPHQL_VALIDATION_FAILED$/) },
          },
        ],
      });
  });

  test.each(['0001-01-01T00:00:00Z', '0000-12-31T23:59:00-00:01', '9999-12-31T23:59:59.999Z'])(
    '%s is asked for like any other',
    async (moment) => {
      for (const ask of [asVariable, asLiteral])
        expect(await ask(moment)).toMatchObject({ data: { tickets: { totalCount: expect.any(Number) } } });
    },
  );
});

test('a day is of the same years', () => {
  expect(() => DateScalar.parseValue('0000-12-31')).toThrow('A Date is within the years 0001 to 9999');
  expect(DateScalar.parseValue('0001-01-01')).toEqual(new Date('0001-01-01T00:00:00.000Z'));
});
