import { beforeAll, expect, jest, test } from '@jest/globals';
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';
import { Role } from '../../src/platform/auth/viewer.js';
import { makeSchema } from '../../src/schema.js';
import { useDesk } from '../support/desk.js';

const desk = useDesk();
// Many requests: a limit for what hangs, not for how fast it is.
jest.setTimeout(120_000);
let schema: GraphQLSchema;
beforeAll(async () => {
  schema = await makeSchema();
});

const TEXTS = ['String', 'ID', 'EmailAddress', 'Cursor'];
const SAMPLES: Record<string, unknown> = {
  String: 'x',
  ID: 'x',
  EmailAddress: 'a@example.com',
  Int: 1,
  Boolean: true,
  Date: '2026-01-01',
  DateTime: '2026-01-01T00:00:00Z',
  JSON: {},
};

/** A value that GraphQL takes, with nothing in it that may be left out. */
function least(type: GraphQLInputType): unknown {
  const bare = getNullableType(type);
  if (isListType(bare)) return [];
  if (isEnumType(bare)) return bare.getValues()[0]?.name;
  if (!isInputObjectType(bare)) return SAMPLES[bare.name];
  return Object.fromEntries(
    Object.values(bare.getFields())
      .filter(isRequiredInputField)
      .map((field) => [field.name, least(field.type)]),
  );
}

type Long = { path: string[]; value: unknown };
type Place = GraphQLArgument | GraphQLInputField;

/** For every text that can stand here: a value in which it alone is longer than it may be. */
function tooLong(place: Place, type: GraphQLInputType, path: string[], above: string[] = []): Long[] {
  const bare = getNullableType(type);
  if (isListType(bare))
    return tooLong(place, bare.ofType, [...path, '0'], above).map((one) => ({ ...one, value: [one.value] }));
  if (isInputObjectType(bare)) {
    if (above.includes(bare.name)) return [];
    return Object.values(bare.getFields()).flatMap((field) =>
      tooLong(field, field.type, [...path, field.name], [...above, bare.name]).map((one) => ({
        ...one,
        value: { ...(bare.isOneOf ? {} : (least(bare) as object)), [field.name]: one.value },
      })),
    );
  }
  if (!TEXTS.includes(bare.name)) return [];
  const most = Number(place.extensions.most ?? 2_000);
  return [
    { path, value: bare.name === 'EmailAddress' ? `${'x'.repeat(most)}@example.com` : 'x'.repeat(most + 1) },
  ];
}

/** Somebody to whom a root field is open. */
const reader = (field: GraphQLField<unknown, unknown>) => {
  const { access } = field.extensions as { access: string | Role[] };
  return Array.isArray(access) ? (access[0] as Role) : Role.AGENT;
};

/** What a root field is refused with when the text is in one of its arguments. */
async function refusals(operation: 'query' | 'mutation', field: GraphQLField<unknown, unknown>, long: Long) {
  const args = field.args.filter((arg) => arg.name === long.path[0] || isRequiredArgument(arg));
  const given = Object.fromEntries(
    args.map((arg) => [arg.name, arg.name === long.path[0] ? long.value : least(arg.type)]),
  );
  const parts = isCompositeType(getNamedType(field.type)) ? '{ __typename }' : '';
  const query = `${operation} (${args.map((arg) => `$${arg.name}: ${arg.type}`)}) {
    found: ${field.name}(${args.map(({ name }) => `${name}: $${name}`)})
      ${operation === 'mutation' ? '{ userErrors { code path } }' : parts}
  }`;
  const client = await desk.as(reader(field));
  const { data, errors } = await client.send<{ found: { userErrors?: unknown } }, unknown>(query, given);
  return errors
    ? errors.map(({ extensions }) => ({ code: extensions?.code, path: extensions?.argument }))
    : data?.found?.userErrors;
}

test.each(['query', 'mutation'] as const)(
  'no %s takes a text that is longer than it may be',
  async (kind) => {
    const root = kind === 'query' ? schema.getQueryType() : schema.getMutationType();
    let tried = 0;
    for (const field of Object.values(root?.getFields() ?? {}))
      for (const arg of field.args)
        for (const long of tooLong(arg, arg.type, [arg.name])) {
          tried += 1;
          expect([field.name, await refusals(kind, field, long)]).toEqual([
            field.name,
            [{ code: 'INVALID_INPUT', path: long.path }],
          ]);
        }
    expect(tried).toBeGreaterThan(40);
  },
);
