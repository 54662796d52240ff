import { expect, test } from '@jest/globals';
import { schemaChanges } from '../../src/tools/schema-changes.js';

const schema = (fields: string, more = 'enum Status { NEW OPEN }') =>
  `type Query { ${fields} status: Status } ${more}`;
const TODAY = '2027-02-01';

test.each([
  ['nothing', schema('name: String'), schema('name: String'), [], []],
  ['a field more', schema(''), schema('name: String'), [], []],
  ['a field less', schema('name: String'), schema(''), ['Query.name was removed.'], []],
  [
    'a field less that was announced for a day that has come',
    schema('name: String @deprecated(reason: "Use title. Removal on 2027-02-01")'),
    schema(''),
    [],
    [],
  ],
  [
    'a field less that was announced for a later day',
    schema('name: String @deprecated(reason: "Use title. Removal on 2027-02-02")'),
    schema(''),
    ['Query.name was removed.'],
    [],
  ],
  [
    'a field less that was deprecated for no day',
    schema('name: String @deprecated(reason: "Use title.")'),
    schema(''),
    ['Query.name was removed.'],
    [],
  ],
  [
    'an enum value less that was announced',
    schema('', 'enum Status { NEW OPEN @deprecated(reason: "Gone. Removal on 2026-12-31") }'),
    schema('', 'enum Status { NEW }'),
    [],
    [],
  ],
  [
    'an argument that must be given',
    schema('name: String'),
    schema('name(long: Boolean!): String'),
    ['A required arg long on Query.name was added.'],
    [],
  ],
  [
    'an enum value more',
    schema(''),
    schema('', 'enum Status { NEW OPEN CLOSED }'),
    [],
    ['CLOSED was added to enum type Status.'],
  ],
])('%s', (_what, before, after, breaking, dangerous) => {
  expect(schemaChanges(before, after, TODAY)).toEqual({ breaking, dangerous });
});
