import { GraphQLError, GraphQLScalarType } from 'graphql';
import {
  GraphQLDate,
  GraphQLDateTimeISO,
  GraphQLEmailAddress,
  GraphQLJSON,
  GraphQLURL,
} from 'graphql-scalars';

/** The scalars of the contract beyond GraphQL's own. Where each is specified is part of the schema. */
function described(scalar: GraphQLScalarType, name: string, description: string, specifiedByURL: string) {
  return new GraphQLScalarType({
    ...scalar.toConfig(),
    name,
    description,
    specifiedByURL,
    astNode: undefined,
  });
}

const [EARLIEST, LATEST] = [Date.parse('0001-01-01T00:00:00.000Z'), Date.parse('9999-12-31T23:59:59.999Z')];

/** The same scalar for the years 1 to 9999 in UTC: PostgreSQL knows no year 0, nor RFC 3339 a year 10000. */
function withinTheCalendar(scalar: GraphQLScalarType): GraphQLScalarType {
  const { parseValue, parseLiteral, ...config } = scalar.toConfig();
  const checked = (date: unknown) => {
    const time = (date as Date).getTime();
    if (time >= EARLIEST && time <= LATEST) return date;
    throw new GraphQLError(`A ${scalar.name} is within the years 0001 to 9999, in UTC.`);
  };
  return new GraphQLScalarType({
    ...config,
    parseValue: (value) => checked(parseValue(value)),
    parseLiteral: (node, variables) => checked(parseLiteral(node, variables)),
  });
}

export const DateTimeScalar = withinTheCalendar(
  described(
    GraphQLDateTimeISO,
    'DateTime',
    'A moment, as RFC 3339 in UTC with milliseconds: 2026-03-14T09:26:53.589Z. Of the years 0001 to 9999.',
    'https://scalars.graphql.org/andimarek/date-time.html',
  ),
);
export const DateScalar = withinTheCalendar(
  described(
    GraphQLDate,
    'Date',
    'A calendar day: 2026-03-14. Of the years 0001 to 9999.',
    'https://scalars.graphql.org/andimarek/local-date.html',
  ),
);
export const EmailAddressScalar = described(
  GraphQLEmailAddress,
  'EmailAddress',
  'An e-mail address: name@example.com.',
  'https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address',
);
export const URLScalar = described(
  GraphQLURL,
  'URL',
  'An absolute URL.',
  'https://url.spec.whatwg.org/#absolute-url-string',
);
export const JSONScalar = described(
  GraphQLJSON,
  'JSON',
  'Any JSON value.',
  'https://www.rfc-editor.org/rfc/rfc8259',
);
export const CursorScalar = new GraphQLScalarType({
  name: 'Cursor',
  description:
    'An opaque position in the event log. Pass one that the desk gave; any `after` takes it, of queries and subscriptions alike.',
  specifiedByURL: 'https://relay.dev/graphql/connections.htm#sec-Cursor',
  serialize: String,
  parseValue: (value) => {
    if (typeof value !== 'string') throw new TypeError('A Cursor is a string that the desk gave.');
    return value;
  },
});
