import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Role } from '../../src/platform/auth/viewer.js';
import { type PageArgs, pageOfList } from '../../src/platform/graphql/connection.js';
import { TicketsDocument } from '../generated/graphql.js';
import { useDesk } from '../support/desk.js';

const desk = useDesk();

test('an empty page says that a list goes on, and where it has nothing', async () => {
  const agent = await desk.as(Role.AGENT);
  const nobody = { number: { lt: 0 } };
  const info = async (variables: Record<string, unknown>) =>
    (await agent.ask(TicketsDocument, variables)).tickets.pageInfo;
  const nowhere = { startCursor: null, endCursor: null };
  expect(await info({ first: 0 })).toEqual({ hasNextPage: true, hasPreviousPage: false, ...nowhere });
  expect(await info({ last: 0 })).toEqual({ hasNextPage: false, hasPreviousPage: true, ...nowhere });
  for (const size of [{ first: 0 }, { last: 0 }])
    expect(await info({ ...size, where: nobody })).toEqual({
      hasNextPage: false,
      hasPreviousPage: false,
      ...nowhere,
    });
});

describe('a page of a short list', () => {
  const letters = [...'abcdefgh'].map((id) => ({ id }));
  const cursor = (id: string | undefined) => id && Buffer.from(id).toString('base64url');
  const place = fc.option(fc.nat({ max: letters.length - 1 }));

  test('has what lies between its cursors, and says what lies around it', () => {
    const between = fc.property(
      place,
      place,
      fc.nat({ max: 9 }),
      fc.boolean(),
      (after, before, count, back) => {
        const args: PageArgs = {
          [back ? 'last' : 'first']: count,
          after: after === null ? undefined : cursor(letters[after]?.id),
          before: before === null ? undefined : cursor(letters[before]?.id),
        };
        const window = letters.slice((after ?? -1) + 1, before ?? undefined);
        const wanted = back ? window.slice(Math.max(0, window.length - count)) : window.slice(0, count);
        const { nodes, pageInfo } = pageOfList(letters, args);
        expect(nodes).toEqual(wanted);
        if (wanted.length > 0)
          expect(pageInfo).toMatchObject({
            hasPreviousPage: wanted[0] !== letters[0],
            hasNextPage: wanted.at(-1) !== letters.at(-1),
          });
      },
    );
    fc.assert(between);
  });

  test('that is empty says whether the list goes on behind its cursor', () => {
    const empty = fc.property(place, fc.boolean(), (at, back) => {
      const from = at === null ? undefined : cursor(letters[at]?.id);
      const { pageInfo } = pageOfList(letters, back ? { last: 0, before: from } : { first: 0, after: from });
      if (back) expect(pageInfo.hasPreviousPage).toBe(at === null || at > 0);
      else expect(pageInfo.hasNextPage).toBe(at === null || at < letters.length - 1);
    });
    fc.assert(empty);
  });

  test('is refused for a cursor of another list', () => {
    for (const name of ['after', 'before'])
      expect(() => pageOfList(letters, { [name]: 'elsewhere' })).toThrow('This cursor is not of this list.');
  });
});
