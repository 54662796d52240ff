import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { PRIORITIES } from '../../../src/modules/ticket/priority.rules.js';
import type { TicketFacets } from '../../../src/modules/ticket/ticket.facets.js';
import { Role } from '../../../src/platform/auth/viewer.js';
import { type TicketOrder, TicketsDocument, type TicketsQueryVariables } from '../../generated/graphql.js';
import type { Client } from '../../support/client.js';
import { useDesk } from '../../support/desk.js';
import { variedTickets } from './varied.js';

const desk = useDesk();
// Many requests: a limit for what hangs, not for how fast it is.
jest.setTimeout(120_000);
let manager: Client;
let tickets: [string, TicketFacets][];
beforeAll(async () => {
  manager = await desk.as(Role.MANAGER);
  tickets = [...(await variedTickets(desk)).tickets];
});

const list = async (variables: TicketsQueryVariables) =>
  (await manager.ask(TicketsDocument, variables)).tickets;

const key = (orderBy: TicketOrder, facets: TicketFacets): number => {
  const keys: Record<TicketOrder['field'], number> = {
    CREATED_AT: Date.parse(facets.createdAt),
    UPDATED_AT: Date.parse(facets.updatedAt),
    NUMBER: facets.number,
    PRIORITY: PRIORITIES.indexOf(facets.priority),
  };
  return orderBy.direction === 'ASC' ? keys[orderBy.field] : -keys[orderBy.field];
};

/** The ids of all tickets in an order; where all its keys are equal the id decides, the way the last key runs. */
function inOrder(given: TicketOrder[] | null): string[] {
  const orderBy = given?.length ? given : [{ field: 'CREATED_AT', direction: 'DESC' } as const];
  const way = orderBy.at(-1)?.direction === 'ASC' ? 1 : -1;
  const compared = ([id, a]: [string, TicketFacets], [otherId, b]: [string, TicketFacets]) =>
    orderBy.map((each) => key(each, a) - key(each, b)).find((difference) => difference !== 0) ??
    (id < otherId ? -way : way);
  return [...tickets].sort(compared).map(([id]) => id);
}

const field = fc.constantFrom(...(['CREATED_AT', 'UPDATED_AT', 'NUMBER', 'PRIORITY'] as const));
const orders = fc.option(
  fc.array(fc.record({ field, direction: fc.constantFrom('ASC' as const, 'DESC' as const) }), {
    maxLength: 3,
  }),
);
const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 5 });

describe('pages of any sizes, in any order, give each ticket once', () => {
  test('from the start', async () => {
    const walk = fc.asyncProperty(orders, sizes, async (orderBy, of) => {
      const [wanted, ids] = [inOrder(orderBy), [] as string[]];
      let after: string | null = null;
      for (let turn = 0; ; turn += 1) {
        const { nodes, edges, pageInfo, totalCount } = await list({
          orderBy,
          first: of[turn % of.length],
          after,
        });
        ids.push(...nodes.map(({ id }) => id));
        expect(pageInfo).toMatchObject({
          hasPreviousPage: after !== null,
          hasNextPage: ids.length < wanted.length,
        });
        expect([pageInfo.startCursor, pageInfo.endCursor]).toEqual([edges[0]?.cursor, edges.at(-1)?.cursor]);
        expect(totalCount).toBe(wanted.length);
        if (!pageInfo.hasNextPage) break;
        after = pageInfo.endCursor as string;
      }
      expect(ids).toEqual(wanted);
    });
    await fc.assert(walk, { numRuns: 25 });
  });

  test('from the end', async () => {
    const walk = fc.asyncProperty(orders, sizes, async (orderBy, of) => {
      const [wanted, ids] = [inOrder(orderBy), [] as string[]];
      let before: string | null = null;
      for (let turn = 0; ; turn += 1) {
        const { nodes, pageInfo } = await list({ orderBy, last: of[turn % of.length], before });
        ids.unshift(...nodes.map(({ id }) => id));
        expect(pageInfo).toMatchObject({
          hasNextPage: before !== null,
          hasPreviousPage: ids.length < wanted.length,
        });
        if (!pageInfo.hasPreviousPage) break;
        before = pageInfo.startCursor as string;
      }
      expect(ids).toEqual(wanted);
    });
    await fc.assert(walk, { numRuns: 25 });
  });

  test('between any two of them', async () => {
    const place = fc.nat({ max: 42 });
    const between = fc.asyncProperty(
      orders,
      place,
      place,
      fc.boolean(),
      async (orderBy, one, other, backwards) => {
        const { edges } = await list({ orderBy, first: 100 });
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        const size = backwards ? { last: 100 } : { first: 100 };
        const cut = await list({ orderBy, after: edges[from]?.cursor, before: edges[to]?.cursor, ...size });
        expect(cut.nodes.map(({ id }) => id)).toEqual(inOrder(orderBy).slice(from + 1, to));
      },
    );
    await fc.assert(between, { numRuns: 40 });
  });
});
