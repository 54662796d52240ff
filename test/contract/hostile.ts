/** What is hostile whichever way it comes, each with its answer over HTTP and over WebSocket. */
import { expect } from '@jest/globals';

export const times = (count: number, text: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => text(n)).join(' ');
export const nested = (count: number, open: string, close: string) =>
  open.repeat(count) + close.repeat(count);

/** Whatever it was, an answer tells nothing of the inside. */
export function expectMasked(text: string): void {
  expect(text).not.toMatch(/\/src\/|\/dist\/|node_modules|select .+ from |SQLSTATE|\bat \w+ \(/);
  expect(text).not.toContain('INTERNAL_SERVER_ERROR');
}

export interface HostileDocument {
  what: string;
  text: string;
  /** Status and code; no code where it is answered. */
  http: [status: number, code: string];
  /** How it is answered over WebSocket: `error CODE`, `next`, or `closed` with the code of the close. */
  socket: string;
}

const LIMIT: Pick<HostileDocument, 'http' | 'socket'> = {
  http: [422, 'LIMIT_EXCEEDED'],
  socket: 'error LIMIT_EXCEEDED',
};
/** More than a frame holds. */
const LARGE: Pick<HostileDocument, 'http' | 'socket'> = {
  http: [422, 'LIMIT_EXCEEDED'],
  socket: 'closed 1009',
};
const INVALID: Pick<HostileDocument, 'http' | 'socket'> = {
  http: [422, 'GRAPHQL_VALIDATION_FAILED'],
  socket: 'error GRAPHQL_VALIDATION_FAILED',
};
/** Sound over HTTP; over WebSocket nothing but subscriptions runs. */
const QUERY: Pick<HostileDocument, 'http' | 'socket'> = { http: [200, ''], socket: 'error BAD_REQUEST' };

const members = (n: number) =>
  `fragment F${n} on Team { ...F${n + 1} a${n}: members { id } b${n}: members { id } ...F${n + 1} }`;
const standIns = (n: number) =>
  `fragment F${n} on Agent { a: absences { standIn { ...F${n + 1} } } b: absences { standIn { ...F${n + 1} } } }`;

export const documents: HostileDocument[] = [
  { what: '2,000 deep', text: nested(2000, '{ a', '}'), ...LIMIT },
  {
    what: 'with 10,000 aliases',
    text: `{ ${times(10_000, (n) => `a${n}: teams { totalCount }`)} }`,
    ...LARGE,
  },
  { what: 'with 1,000 aliases', text: `{ ${times(1000, (n) => `a${n}: teams { id }`)} }`, ...LIMIT },
  {
    what: 'with 10,000 aliases of __typename',
    text: `{ ${times(10_000, (n) => `a${n}: __typename`)} }`,
    ...LARGE,
  },
  {
    what: 'with 900 aliases of __typename',
    text: `subscription { ${times(900, (n) => `a${n}: __typename`)} }`,
    ...LIMIT,
  },
  {
    what: 'with a circle of fragments',
    text: '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
    ...INVALID,
  },
  {
    what: 'that subscribes to a circle of fragments',
    text: 'subscription { ...A } fragment A on Subscription { ...B } fragment B on Subscription { ...A }',
    ...INVALID,
  },
  {
    what: 'whose fragments fan out',
    text: `{ teams { nodes { ...F0 } } } ${times(12, members)} fragment F12 on Team { id }`,
    ...QUERY,
  },
  {
    what: 'whose fragments multiply',
    text: `{ teams { nodes { members { ...F0 } } } } ${times(10, standIns)} fragment F10 on Agent { id }`,
    ...LIMIT,
  },
  {
    what: 'that subscribes to fragments that multiply',
    text: `subscription { queueChanges { ticket { assignee { ...F0 } } } } ${times(10, standIns)} fragment F10 on Agent { id }`,
    ...LIMIT,
  },
  {
    what: 'that subscribes to more than a request may cost',
    text: 'subscription { queueChanges { ticket { runs { steps { ticket { runs { steps { ticket { runs { steps { id } } } } } } } } } } }',
    http: [422, 'BAD_REQUEST'],
    socket: 'error COST_EXCEEDED',
  },
  { what: 'with 50,000 directives', text: `{ __typename ${'@skip(if: false) '.repeat(50_000)} }`, ...LARGE },
  { what: 'with 450 directives', text: `{ __typename ${'@skip(if: false) '.repeat(450)} }`, ...LIMIT },
  {
    what: 'that asks for a billion',
    text: '{ tickets(first: 1000000000) { nodes { id } } }',
    http: [294, 'INVALID_INPUT'],
    socket: 'error BAD_REQUEST',
  },
  {
    what: 'that asks for less than nothing',
    text: '{ tickets(first: -1) { nodes { id } } }',
    http: [294, 'INVALID_INPUT'],
    socket: 'error BAD_REQUEST',
  },
  {
    what: 'that asks for more than a number holds',
    text: '{ tickets(first: 99999999999999999999) { nodes { id } } }',
    ...INVALID,
  },
  { what: 'that asks for null', text: '{ tickets(first: null) { nodes { id } } }', ...QUERY },
  {
    what: 'that asks for the schema, which is not told',
    text: '{ __schema { types { name } } }',
    ...INVALID,
  },
  {
    what: 'that subscribes to the schema, which is not told',
    text: 'subscription { __schema { types { name } } }',
    ...INVALID,
  },
  {
    what: 'with 100,000 lists in lists',
    text: `{ node(id: ${nested(100_000, '[', ']')}) { id } }`,
    ...LARGE,
  },
  { what: 'with 30,000 lists in lists', text: `{ node(id: ${nested(30_000, '[', ']')}) { id } }`, ...LIMIT },
  { what: 'of a name of 10,000 letters', text: `query ${'n'.repeat(10_000)} { __typename }`, ...LIMIT },
  {
    what: 'with NUL in a text',
    text: '{ node(id: "ticket_\\u0000") { id } }',
    http: [422, 'INVALID_INPUT'],
    socket: 'error INVALID_INPUT',
  },
  {
    what: 'with half of a surrogate pair in a text',
    text: '{ node(id: "ticket_\\uD800") { id } }',
    http: [400, 'GRAPHQL_PARSE_FAILED'],
    socket: 'error GRAPHQL_PARSE_FAILED',
  },
];

/** Variables as JSON, of an operation that takes `$id: ID!` or `$first: Int`. */
export interface HostileVariables {
  what: string;
  json: string;
  code: string;
  /** What is named as their fault, where something is. */
  argument?: string[];
  /** Over WebSocket, where that differs. */
  socket?: string;
}

const deep = (list: string) => ({ json: `{"id":${list}}`, code: 'INVALID_INPUT' });

export const variables: HostileVariables[] = [
  {
    what: '100,000 deep',
    ...deep(nested(100_000, '[', ']')),
    argument: Array(50).fill('0').with(0, 'id'),
    socket: 'closed 1009',
  },
  { what: '30,000 deep', ...deep(nested(30_000, '[', ']')), argument: Array(50).fill('0').with(0, 'id') },
  {
    what: '100,000 objects deep',
    ...deep(nested(100_000, '{"a":[', ']}').replace('[]', '[1]')),
    socket: 'closed 1009',
  },
  { what: '5,000 objects deep', ...deep(nested(5000, '{"a":[', ']}').replace('[]', '[1]')) },
  { what: 'with NUL', json: '{"id":"ticket_\\u0000"}', code: 'INVALID_INPUT', argument: ['id'] },
  { what: 'with NUL in a name', json: '{"id":"ticket_","\\u0000":1}', code: 'INVALID_INPUT' },
  {
    what: 'with half of a surrogate pair',
    json: '{"id":"\\ud83c"}',
    code: 'INVALID_INPUT',
    argument: ['id'],
  },
  { what: 'with nothing but __proto__', json: '{"__proto__":{"id":"ticket_"}}', code: 'BAD_USER_INPUT' },
  { what: 'with an object for a text', json: '{"id":{"$ne":null}}', code: 'BAD_USER_INPUT' },
  { what: 'with a list for a text', json: '{"id":["ticket_"]}', code: 'BAD_USER_INPUT' },
  { what: 'with null where there must be one', json: '{"id":null}', code: 'BAD_USER_INPUT' },
  { what: 'with a number beyond 53 bits', json: '{"id":1e400}', code: 'BAD_USER_INPUT' },
];
