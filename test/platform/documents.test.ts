import { beforeAll, describe, expect, test } from '@jest/globals';
import { type GraphQLSchema, getIntrospectionQuery } from 'graphql';
import { loadConfig } from '../../src/platform/config.js';
import { Documents } from '../../src/platform/graphql/documents.js';
import { makeSchema } from '../../src/schema.js';

let schema: GraphQLSchema;
beforeAll(async () => {
  schema = await makeSchema();
});

const admit = (text: string, env = {}) => new Documents(schema, loadConfig(env).limits).admit(text);

/** ADMITTED, or the code of the refusal and which limit it was. */
function outcome(text: string, env = {}): string {
  const admission = admit(text, env);
  if (!('errors' in admission)) return 'ADMITTED';
  const { code, limit } = admission.errors[0]?.extensions ?? {};
  return limit ? `${code} ${limit}` : String(code);
}

const times = (count: number, text: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => text(n)).join(' ');
const onTicket = (selection: string) => `{ node(id: "ticket_1") { ... on Ticket { ${selection} } } }`;
const deep = (levels: number) =>
  `{ node(id: "x") { ... on Ticket { ${'customer { tickets { nodes { '.repeat(levels)} id ${'} } }'.repeat(levels)} } } }`;

describe('a document is admitted', () => {
  test.each([
    ['that is small', '{ __typename }'],
    ['that asks for the schema', getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true })],
    [
      'with fragments within fragments',
      `${onTicket('...A')} fragment A on Ticket { id ...B } fragment B on Ticket { id }`,
    ],
    ['that is 14 levels deep', deep(4)],
    ['with 200 aliases', onTicket(times(200, (n) => `a${n}: number`))],
    ['with a long text', `{ node(id: """${'x'.repeat(100_000)}""") { id } }`],
  ])('%s', (_, text) => expect(outcome(text)).toBe('ADMITTED'));
});

/** Each is refused at a cost that doesn't grow with what its author had in mind. */
const HOSTILE: [string, string, string][] = [
  ['2,000 levels', `${'{ a'.repeat(2000)}${'}'.repeat(2000)}`, 'LIMIT_EXCEEDED nesting'],
  ['17 levels of fields', deep(5), 'LIMIT_EXCEEDED depth'],
  [
    '100,000 lists in lists',
    `{ node(id: ${'['.repeat(100_000)}${']'.repeat(100_000)}) { id } }`,
    'LIMIT_EXCEEDED nesting',
  ],
  ['10,000 aliases', `{ ${times(10_000, (n) => `a${n}: __typename`)} }`, 'LIMIT_EXCEEDED tokens'],
  ['201 aliases', onTicket(times(201, (n) => `a${n}: number`)), 'LIMIT_EXCEEDED aliases'],
  ['50,000 directives', `{ __typename ${'@skip(if: false) '.repeat(50_000)} }`, 'LIMIT_EXCEEDED tokens'],
  ['101 directives', `{ __typename ${'@x '.repeat(101)} }`, 'LIMIT_EXCEEDED directives'],
  ['31 fields at the root', `{ ${times(31, (n) => `a${n}: __typename`)} }`, 'LIMIT_EXCEEDED rootFields'],
  [
    '31 fields at the root, by fragments',
    `{ ...A ... { ...B } } fragment A on Query { ${times(16, (n) => `a${n}: __typename`)} } fragment B on Query { ${times(15, (n) => `b${n}: __typename`)} }`,
    'LIMIT_EXCEEDED rootFields',
  ],
  ['one field 2,000 times', `{ ${'__typename '.repeat(2000)} }`, 'LIMIT_EXCEEDED repetitions'],
  [
    'one field 102 times, in braces',
    `{ ${'... { __typename } '.repeat(102)} }`,
    'LIMIT_EXCEEDED repetitions',
  ],
  [
    '61 fragments',
    `{ ...F0 } ${times(61, (n) => `fragment F${n} on Query { __typename }`)}`,
    'LIMIT_EXCEEDED fragments',
  ],
  ['301 spreads', `{ ${'...F '.repeat(301)} } fragment F on Query { __typename }`, 'LIMIT_EXCEEDED spreads'],
  ['51 operations', times(51, (n) => `query Q${n} { __typename }`), 'LIMIT_EXCEEDED operations'],
  ['a name of 60,000 letters', `{ ${'x'.repeat(60_000)} }`, 'LIMIT_EXCEEDED name'],
  ['NUL in a text', '{ node(id: "a\\u0000") { id } }', 'INVALID_INPUT'],
  ['NUL in a block', '{ node(id: """a\0""") { id } }', 'INVALID_INPUT'],
  ['half of a surrogate pair', '{ node(id: "\\uD800") { id } }', 'GRAPHQL_PARSE_FAILED'],
  ['a bare half of a surrogate pair', '{ node(id: "\ud800") { id } }', 'GRAPHQL_PARSE_FAILED'],
  [
    'a circle of fragments',
    '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
    'GRAPHQL_VALIDATION_FAILED',
  ],
  [
    'a circle of fragments that deepens',
    `${onTicket('...A')} fragment A on Ticket { customer { tickets { nodes { ...A } } } }`,
    'GRAPHQL_VALIDATION_FAILED',
  ],
  [
    'fields of fields of the schema',
    `{ __schema { types { ${'fields { type { '.repeat(20)} name ${'} }'.repeat(20)} } } }`,
    'GRAPHQL_VALIDATION_FAILED',
  ],
  ['2,000 unknown fields', onTicket(times(2000, (n) => `x${n}`)), 'GRAPHQL_VALIDATION_FAILED'],
  [
    '900 unused variables',
    `query (${times(900, (n) => `$v${n}: ID`)}) { __typename }`,
    'LIMIT_EXCEEDED tokens',
  ],
  [
    // The dearest that is let through to validation: every fragment is compared with every other.
    'fragments that are compared each with each',
    `{ node(id: "x") { ${times(59, (n) => `...F${n}`)} } } ${times(59, (n) => `fragment F${n} on Ticket { ${times(40, (k) => `f${k}`)} }`)}`,
    'GRAPHQL_VALIDATION_FAILED',
  ],
];

describe('a document is refused, and cheaply,', () => {
  test.each(HOSTILE)('with %s', (_, text, wanted) => {
    expect(outcome(text)).toBe(wanted);
    const measured = [1, 2, 3].map(() => {
      const before = process.cpuUsage();
      admit(text);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    });
    expect(Math.min(...measured)).toBeLessThan(100);
  });

  test('with at most 21 faults told, however many it has', () => {
    const admission = admit(onTicket(times(500, (n) => `x${n}`)));
    expect('errors' in admission && admission.errors).toHaveLength(21);
  });

  test('by the limits of the configuration', () => {
    expect(outcome(deep(2), { QUERY_DEPTH: '7' })).toBe('LIMIT_EXCEEDED depth');
    expect(outcome(deep(2), { QUERY_DEPTH: '8' })).toBe('ADMITTED');
    expect(outcome(onTicket(times(100, (n) => `a${n}: id`)), { QUERY_TOKENS: '300' })).toBe(
      'LIMIT_EXCEEDED tokens',
    );
  });
});

describe('without introspection', () => {
  const env = { INTROSPECTION: 'false' };
  const told = (text: string, given = {}) => {
    const admission = admit(text, given);
    return 'errors' in admission ? admission.errors.map(({ message }) => message).join() : '';
  };

  test('the schema is not told', () => {
    expect(outcome('{ __schema { types { name } } }', env)).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(outcome('{ __type(name: "Ticket") { name } }', env)).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(outcome('{ __typename }', env)).toBe('ADMITTED');
  });

  test.each([
    ['a field', '{ tickest { nodes { id } } }'],
    ['a type', '{ ...A } fragment A on Queri { __typename }'],
    ['an argument', '{ tickets(frist: 1) { nodes { id } } }'],
    ['an enum value', '{ tickets(where: { status: { eq: OPEM } }) { nodes { id } } }'],
    ['a field of an input', '{ tickets(where: { statuss: { eq: OPEN } }) { nodes { id } } }'],
  ])('nor is a misspelt name of %s answered with the right one', (_, text) => {
    expect(told(text)).toContain('Did you mean');
    expect(told(text, env)).not.toBe('');
    expect(told(text, env)).not.toContain('Did you mean');
  });
});

test('what was admitted is remembered, up to so many characters', () => {
  const documents = new Documents(schema, loadConfig({}).limits);
  const long = (n: number) => `# ${n}${'x'.repeat(500_000)}\n{ __typename }`;
  const first = documents.admit(long(0));
  expect(documents.admit(long(0))).toEqual(first);
  expect('document' in first && documents.admit(long(0))).toHaveProperty(
    'document',
    (first as { document: object }).document,
  );
  for (let n = 1; n <= 4; n += 1) documents.admit(long(n));
  expect((documents.admit(long(0)) as { document: object }).document).not.toBe(
    (first as { document: object }).document,
  );
});
