import { GraphQLScalarType } from 'graphql';
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

export const DateTimeScalar = described(
  GraphQLDateTimeISO,
  'DateTime',
  'A moment, as RFC 3339 in UTC with milliseconds: 2026-03-14T09:26:53.589Z.',
  'https://scalars.graphql.org/andimarek/date-time.html',
);
export const DateScalar = described(
  GraphQLDate,
  'Date',
  'A calendar day: 2026-03-14.',
  'https://scalars.graphql.org/andimarek/local-date.html',
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
