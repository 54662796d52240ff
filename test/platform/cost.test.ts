import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getIntrospectionQuery,
  Kind,
  parse,
} from 'graphql';
import { loadConfig } from '../../src/platform/config.js';
import { type Cost, costOf } from '../../src/platform/graphql/cost.js';
import { makeSchema } from '../../src/schema.js';

let schema: GraphQLSchema;
beforeAll(async () => {
  schema = await makeSchema();
});

function reckon(document: DocumentNode, variables = {}, name?: string): Cost | GraphQLError {
  for (const operation of document.definitions)
    if (operation.kind === Kind.OPERATION_DEFINITION && (!name || operation.name?.value === name))
      return costOf(schema, document, operation, variables);
  throw new Error('There is no such operation');
}

function requested(text: string, variables = {}): number {
  const cost = reckon(parse(text), variables);
  if (cost instanceof GraphQLError) throw cost;
  return cost.requested;
}

const tickets = (args: string, selection: string) =>
  `query ($first: Int = 7, $yes: Boolean) { tickets${args} { ${selection} } }`;

describe('an operation may cost', () => {
  test.each<[string, string, object, number]>([
    ['nothing for what is no object', '{ __typename eventCursor }', {}, 0],
    ['one for an object', '{ node(id: "x") { id } }', {}, 1],
    ['a connection and what its page holds', tickets('(first: 3)', 'nodes { id }'), {}, 1 + 3],
    ['25 a page where nothing is said', tickets('', 'nodes { id }'), {}, 1 + 25],
    ['as much from the end', tickets('(last: 3)', 'nodes { id }'), {}, 1 + 3],
    ['an edge beside its node', tickets('(first: 3)', 'edges { cursor node { id } }'), {}, 1 + 3 * 2],
    ['edges and nodes both', tickets('(first: 3)', 'edges { node { id } } nodes { id }'), {}, 1 + 3 * 2 + 3],
    ['the page itself', tickets('(first: 3)', 'pageInfo { endCursor }'), {}, 1 + 1],
    ['a count of the whole list', tickets('(first: 0)', 'totalCount'), {}, 1 + 10],
    [
      'pages of pages',
      tickets('(first: 3)', 'nodes { customer { tickets(first: 5) { nodes { id } } } }'),
      {},
      1 + 3 * (1 + 1 + 1 + 5),
    ],
    ['ten for a list without pages', tickets('(first: 2)', 'nodes { reports { id } }'), {}, 1 + 2 * (1 + 10)],
    [
      'twenty for the steps of a run',
      tickets('(first: 1)', 'nodes { runs { steps { id } } }'),
      {},
      1 + 1 + 10 * (1 + 20),
    ],
    ['as many as there are ids', '{ nodes(ids: ["a", "b", "c"]) { id } }', {}, 3],
    ['as many as a variable has', 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: ['a', 'b'] }, 2],
    ['a page of a variable', tickets('(first: $first)', 'nodes { id }'), { first: 9 }, 1 + 9],
    ["a page of a variable's default", tickets('(first: $first)', 'nodes { id }'), {}, 1 + 7],
    ['the largest page for one out of range', tickets('(first: 1000000000)', 'nodes { id }'), {}, 1 + 100],
    ['the largest page for one below nothing', tickets('(first: -1)', 'nodes { id }'), {}, 1 + 100],
    ['25 for a page that is null', tickets('(first: null)', 'nodes { id }'), {}, 1 + 25],
    ['the largest page for nonsense', tickets('(first: $first)', 'nodes { id }'), { first: 'x' }, 1 + 100],
    [
      'what is asked for twice once',
      tickets('(first: 3)', 'nodes { customer { id } } nodes { customer { name } }'),
      {},
      1 + 3 * 2,
    ],
    ['each alias', '{ a: node(id: "x") { id } b: node(id: "y") { id } }', {}, 2],
    [
      'nothing for what is skipped',
      tickets('(first: 3)', 'nodes { id customer @skip(if: true) { id } }'),
      {},
      1 + 3,
    ],
    [
      'nothing for what is not included',
      tickets('(first: 3)', 'nodes @include(if: $yes) { id }'),
      { yes: false },
      1,
    ],
    [
      'fragments where they are spread',
      `${tickets('(first: 3)', 'nodes { ...A ...A }')} fragment A on Ticket { customer { id } }`,
      {},
      1 + 3 * 2,
    ],
    [
      'of several types the dearest',
      '{ node(id: "x") { ... on Ticket { customer { id } category { id } } ... on Run { steps { id } } } }',
      {},
      1 + 20,
    ],
    [
      'a fragment of another type nothing',
      '{ node(id: "x") { ... on Run { id } ... on Node { id } } }',
      {},
      1,
    ],
    [
      'ten for a mutation, and what it answers',
      'mutation { claimTicket(input: {ticketId: "x"}) { ticket { id } userErrors { code } } }',
      {},
      10 + 1 + 1 + 1,
    ],
    ['a hundred for the schema, however much of it', getIntrospectionQuery(), {}, 100],
  ])('%s', (_, text, variables, wanted) => expect(requested(text, variables)).toBe(wanted));
});

test('the example of the documentation costs what it says there', () => {
  const docs = readFileSync(new URL('../../docs/limits.md', import.meta.url), 'utf8');
  const [, example = '', told = ''] = /```graphql\n([^`]+)```\s+comes to ([\d,]+)/.exec(docs) ?? [];
  expect(requested(example)).toBe(Number(told.replace(',', '')));
});

test('an answer costs what is in it', () => {
  const cost = reckon(
    parse(tickets('(first: 10)', 'totalCount nodes { id customer { id } reports { id } }')),
  ) as Cost;
  expect(cost.requested).toBe(1 + 10 + 10 * (1 + 1 + 10));
  const nodes = [
    { id: 1, customer: { id: 2 }, reports: [] },
    { id: 3, customer: null, reports: [{ id: 4 }, { id: 5 }] },
  ];
  expect(cost.actual({ tickets: { totalCount: 2, nodes } })).toBe(1 + 10 + 2 + 1 + 2);
  expect(cost.actual({ tickets: null })).toBe(0);
  expect(cost.actual(null)).toBe(0);
  expect(cost.actual(undefined)).toBe(0);
});

test('what a JSON value holds is no object of the answer', () => {
  const cost = reckon(parse('{ process(key: "x") { versions(first: 1) { nodes { definition } } } }')) as Cost;
  const definition = { steps: [{ a: {} }, [[[{}]]]] };
  expect(cost.actual({ process: { versions: { nodes: [{ definition }] } } })).toBe(cost.requested);
});

test('fragments that spread without end are refused before they are written out', () => {
  const fans = Array.from(
    { length: 20 },
    (_, n) =>
      `fragment F${n} on Ticket { a: customer { tickets { nodes { ...F${n + 1} } } } b: customer { tickets { nodes { ...F${n + 1} } } } }`,
  );
  const document = parse(`{ node(id: "x") { ...F0 } } ${fans.join(' ')} fragment F20 on Ticket { id }`);
  const measured = [1, 2, 3].map(() => {
    const before = process.cpuUsage();
    expect(reckon(document)).toMatchObject({ extensions: { code: 'LIMIT_EXCEEDED', limit: 'selections' } });
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  expect(Math.min(...measured)).toBeLessThan(100);
});

test('every operation that ships as an example has room twice over', () => {
  const folder = new URL('../operations/', import.meta.url);
  const texts = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8'));
  const document = parse(texts.join('\n'));
  const most = loadConfig({}).limits.cost;
  const names = document.definitions.flatMap((each) =>
    each.kind === Kind.OPERATION_DEFINITION && each.operation !== 'subscription'
      ? [each.name?.value as string]
      : [],
  );
  expect(names.length).toBeGreaterThan(50);
  const dear = names.filter((name) => (reckon(document, {}, name) as Cost).requested * 2 > most);
  expect(dear).toEqual([]);
});
