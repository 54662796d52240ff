import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  isUnionType,
} from 'graphql';

type Field = GraphQLField<unknown, unknown>;

export const objectTypes = (schema: GraphQLSchema): GraphQLObjectType[] =>
  Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !name.startsWith('__'));

export const isNode = (type: GraphQLObjectType) => type.getInterfaces().some(({ name }) => name === 'Node');
export const isConnection = ({ name }: { name: string }) => name.endsWith('Connection');
/** Fields of different members of a union may have one name and several types. */
export const aliasOf = (member: string, field: string) => `${member}__${field}`;

/** Everything about an object of this type: what it is made of in full, and of what has an id the id. */
export function everythingOf(schema: GraphQLSchema, type: GraphQLObjectType, member?: string): string {
  return Object.values(type.getFields())
    .map((field) => {
      const named = member === undefined ? field.name : `${aliasOf(member, field.name)}: ${field.name}`;
      return `${named}${pageOf(field)}${partsOf(schema, field.type)}`;
    })
    .join(' ');
}

/** What follows the name of a field in a selection: all of it, down to what has an id. */
export function partsOf(schema: GraphQLSchema, type: GraphQLOutputType): string {
  const named = getNamedType(type);
  if (!isCompositeType(named)) return '';
  if (isInterfaceType(named)) return ' { __typename id }';
  if (isUnionType(named))
    return ` { __typename ${schema
      .getPossibleTypes(named)
      .map((each) => `... on ${each.name} { ${isNode(each) ? 'id' : everythingOf(schema, each, each.name)} }`)
      .join(' ')} }`;
  if (isNode(named)) return ' { __typename id }';
  return ` { ${everythingOf(schema, named)} }`;
}

function pageOf({ args }: Field): string {
  return args.some(({ name }) => name === 'first') ? '(first: 100)' : '';
}

/** Of everything that a payload has beside its refusals, the id. */
export function partsOfPayload(field: Field): string {
  const type = getNamedType(field.type) as GraphQLObjectType;
  return Object.values(type.getFields())
    .filter(({ name }) => name !== 'userErrors')
    .map((part) => {
      const named = getNamedType(part.type);
      if (!isCompositeType(named)) return part.name;
      const hasId = isInterfaceType(named) || ('getFields' in named && 'id' in named.getFields());
      return `${part.name} { ${hasId ? '__typename id' : '__typename'} }`;
    })
    .join(' ');
}
