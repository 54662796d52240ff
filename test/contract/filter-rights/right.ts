import { type GraphQLObjectType, getNamedType } from 'graphql';
import { isConnection, isNode } from '../authorisation/selection.js';
import type { Table } from '../authorisation/table.js';
import type { Known, Thing } from '../authorisation/world.js';
import { comparedBy, type Question } from './questions.js';

/** The words of an enum in their order, where they are sorted by another than that of the alphabet. */
const RANKS: Record<string, readonly string[]> = {
  'TicketOrderField.PRIORITY': ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'],
};

/** What a viewer is to get, made of what they see and asked for; and what they got, in the same shape. */
interface Right {
  expected(things: Thing[], question: Question, all: readonly Known[], table: Table): unknown;
  got(value: Thing): unknown;
}

/** What is right for fields that give no list and no single thing, by the type they give. */
const RIGHTS: Record<string, Right> = {
  TicketCount: {
    expected: (tickets, { args }, _, table) => {
      const keys = tickets.map((ticket) => comparedBy(table, `CountBy.${args.by}`, ticket));
      return [...new Set(keys)].map((key) => [key, keys.filter((each) => each === key).length]).sort();
    },
    got: (counts) => counts.map(({ key, count }: Thing) => [key, count]).sort(),
  },
  Satisfaction: {
    expected: (tickets, _, all) => {
      const ids = new Set(tickets.map(({ id }) => id));
      const ratings: number[] = all
        .filter(
          ({ type, truth }) =>
            type.name === 'Survey' && truth.status === 'ANSWERED' && ids.has(truth.ticket.id),
        )
        .map(({ truth }) => truth.overall);
      const answered = ratings.length;
      const share = (sum: number, of = 1) => (answered === 0 ? null : (sum / answered) * of);
      return {
        answered,
        mean: share(ratings.reduce((sum, rating) => sum + rating, 0)),
        csat: share(ratings.filter((rating) => rating >= 4).length, 100),
      };
    },
    got: ({ answered, mean, csat }) => ({ answered, mean, csat }),
  },
};

const list: Right = {
  expected: (things, { order }, _, table) => {
    const ids = inOrder(things, order, table).map(({ id }) => id);
    return { ids: order.length > 0 ? ids : ids.sort(), totalCount: things.length, more: false };
  },
  got: ({ nodes, totalCount, pageInfo }) => ({
    ids: nodes.map(({ id }: Thing) => id),
    totalCount,
    more: pageInfo.hasNextPage || pageInfo.hasPreviousPage,
  }),
};

const single: Right = {
  expected: ([thing]) => thing?.id ?? null,
  got: (value) => value?.id ?? null,
};

/** @returns undefined where the viewer got what is right; what is right and what they got otherwise */
export function wrongIn(
  question: Question,
  value: Thing,
  things: Thing[],
  all: readonly Known[],
  table: Table,
): string | undefined {
  const type = getNamedType(question.use.field.type) as GraphQLObjectType;
  const right = isConnection(type) ? list : isNode(type) ? single : RIGHTS[type.name];
  if (!right) throw new Error(`Say in RIGHTS what is right of ${type.name}`);
  const expected = JSON.stringify(right.expected(things, question, all, table));
  let got = right.got(value) as Thing;
  if (right === list && question.order.length === 0) got = { ...got, ids: [...got.ids].sort() };
  return JSON.stringify(got) === expected
    ? undefined
    : `${expected} is right, and they got ${JSON.stringify(got)}`;
}

function inOrder(things: Thing[], order: Question['order'], table: Table): Thing[] {
  const keys = order.map(({ criterion, descending }) => ({
    descending,
    of: (thing: Thing) => {
      const value = comparedBy(table, criterion, thing);
      return RANKS[criterion]?.indexOf(String(value)) ?? value ?? '';
    },
  }));
  const all = [
    ...keys,
    { descending: order.at(-1)?.descending ?? false, of: ({ id }: Thing) => id as string },
  ];
  return [...things].sort((a, b) => {
    for (const { of, descending } of all) {
      const [first, second] = [of(a), of(b)];
      if (first !== second) return first < second === descending ? 1 : -1;
    }
    return 0;
  });
}
