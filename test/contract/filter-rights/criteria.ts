import {
  type GraphQLEnumType,
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { objectTypes } from '../authorisation/selection.js';
import { isStaff, mayRead, NULL_ONLY, SENT_ONLY, type Table } from '../authorisation/table.js';
import type { ViewerName } from '../stage/people.js';

/** A criterion of the schema, in one of the fields that take it. */
export interface Use {
  /** As the table names it. */
  criterion: string;
  parent: GraphQLObjectType;
  field: GraphQLField<unknown, unknown>;
  /** How it is asked by: comparators on it, as a key of an order, as a word of an enum, or by its value alone. */
  kind: 'FILTER' | 'ORDER' | 'WORD' | 'VALUE';
  /** What is given for it. */
  type: GraphQLInputType;
  /** The arguments with which it is asked by: several where it can stand in several places of them. */
  ways(given: unknown): { args: Record<string, unknown>; negated: boolean }[];
}

const PAGING = ['first', 'last', 'after', 'before'];
/** How a filter nests filters, and whether that says the opposite. */
const COMBINATORS: Record<string, { negated: boolean }> = {
  and: { negated: false },
  or: { negated: false },
  not: { negated: true },
};

/** Every criterion of the schema, wherever it can be used: arguments of fields, page sizes and cursors excepted. */
export function usesOf(schema: GraphQLSchema): Use[] {
  return objectTypes(schema)
    .filter((type) => type !== schema.getMutationType())
    .flatMap((parent) =>
      Object.values(parent.getFields()).flatMap((field) =>
        field.args
          .filter(({ name }) => !PAGING.includes(name))
          .flatMap(({ name, type }) => usesOfArgument({ parent, field }, name, type)),
      ),
    );
}

type Place = Pick<Use, 'parent' | 'field'>;
const plain = (args: Record<string, unknown>) => [{ args, negated: false }];

function usesOfArgument(place: Place, argument: string, type: GraphQLInputType): Use[] {
  const named = getNamedType(type);
  const passed = (value: unknown) => ({ [argument]: isList(type) ? [value] : value });
  if (isEnumType(named)) return wordsOf(place, named, 'WORD', (word) => plain(passed(word)));
  if (isInputObjectType(named))
    return isOrder(named)
      ? wordsOf(place, getNamedType(named.getFields().field?.type) as GraphQLEnumType, 'ORDER', (order) =>
          plain({ [argument]: order }),
        )
      : usesOfInput(place, named, passed);
  const criterion = `${place.parent.name}.${place.field.name}(${argument})`;
  return [{ ...place, criterion, kind: 'VALUE', type, ways: (given) => plain(passed(given)) }];
}

function wordsOf(place: Place, words: GraphQLEnumType, kind: Use['kind'], ways: Use['ways']): Use[] {
  return words
    .getValues()
    .map(({ name }) => ({ ...place, criterion: `${words.name}.${name}`, kind, type: words, ways }));
}

/** The fields of an input, each at its top and in everything that nests it. */
function usesOfInput(
  place: Place,
  input: GraphQLInputObjectType,
  passed: (value: unknown) => Record<string, unknown>,
): Use[] {
  const fields = Object.values(input.getFields());
  const nesting = fields.filter(({ type }) => getNamedType(type) === input);
  return fields
    .filter((field) => !nesting.includes(field))
    .map(({ name, type }) => ({
      ...place,
      criterion: `${input.name}.${name}`,
      kind: isInputObjectType(getNamedType(type)) ? 'FILTER' : 'VALUE',
      type,
      ways: (given) => [
        { args: passed({ [name]: given }), negated: false },
        ...nesting.map((nest) => {
          const meaning = COMBINATORS[nest.name];
          if (!meaning)
            throw new Error(`${input.name} nests by ${nest.name}: say in COMBINATORS what that means`);
          const inner = { [name]: given };
          return { args: passed({ [nest.name]: isList(nest.type) ? [inner] : inner }), ...meaning };
        }),
      ],
    }));
}

const isList = (type: GraphQLInputType) => isListType(isNonNullType(type) ? type.ofType : type);
const isOrder = (input: GraphQLInputObjectType) =>
  Object.keys(input.getFields()).sort().join() === 'direction,field';

/** What a criterion looks at. */
export function looksAt(table: Table, criterion: string): { type: string; field: string } {
  const [type = '', field = ''] = table.criteria.get(criterion)?.looksAt.split('.') ?? [];
  return { type, field };
}

/** Whether what is asked by it depends on what things are: it names no id, and says more than how to answer. */
export const looksAtField = (table: Table, criterion: string) => looksAt(table, criterion).field !== '';

/** Whether a viewer may read the field that a criterion looks at as it is. */
export function readsField(table: Table, viewer: ViewerName, criterion: string): boolean {
  const { type, field } = looksAt(table, criterion);
  const rule = table.types.get(type)?.fields.get(field) ?? '';
  return (isStaff(viewer) || ![SENT_ONLY, NULL_ONLY].includes(rule)) && mayRead(table, viewer, type, field);
}

/** Whether the table lets a viewer ask by a criterion. */
export function mayAskBy(table: Table, viewer: ViewerName, criterion: string): boolean {
  const openTo = table.criteria.get(criterion)?.openTo;
  if (openTo === 'its readers') return readsField(table, viewer, criterion);
  if (openTo === 'staff') return isStaff(viewer);
  throw new Error(`rules.md: ${criterion} is open to "${openTo}", which means nothing`);
}
