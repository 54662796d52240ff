import { beforeAll, expect, test } from '@jest/globals';
import {
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  specifiedScalarTypes,
} from 'graphql';
import { faultsOf } from '../../src/modules/process/process.rules.js';
import { nodeTypes } from '../../src/platform/graphql/node.js';
import { shippedProcesses } from '../../src/processes/processes.js';
import { makeSchema } from '../../src/schema.js';
import { REMOVAL } from '../../src/tools/schema-changes.js';

let schema: GraphQLSchema;
let types: GraphQLNamedType[];

beforeAll(async () => {
  schema = await makeSchema();
  types = Object.values(schema.getTypeMap()).filter(
    (type) => !type.name.startsWith('__') && !specifiedScalarTypes.some(({ name }) => name === type.name),
  );
});

test('everything has a description', () => {
  const mute: string[] = [];
  const look = (name: string, described: { description?: string | null }) => {
    if (!described.description?.trim()) mute.push(name);
  };
  for (const type of types) {
    look(type.name, type);
    if (isEnumType(type)) for (const value of type.getValues()) look(`${type.name}.${value.name}`, value);
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields())) look(`${type.name}.${field.name}`, field);
    if (isObjectType(type) || isInterfaceType(type))
      for (const field of Object.values(type.getFields())) {
        look(`${type.name}.${field.name}`, field);
        for (const arg of field.args) look(`${type.name}.${field.name}(${arg.name})`, arg);
      }
  }
  expect(mute).toEqual([]);
});

test('what is deprecated says on which day it goes', () => {
  const marked: string[] = [];
  const look = (name: string, { deprecationReason: reason }: { deprecationReason?: string | null }) => {
    if (reason != null && !REMOVAL.test(reason)) marked.push(`${name}: ${reason}`);
  };
  for (const type of types) {
    if (isEnumType(type)) for (const value of type.getValues()) look(`${type.name}.${value.name}`, value);
    if (isInputObjectType(type) || isObjectType(type) || isInterfaceType(type))
      for (const field of Object.values(type.getFields())) {
        look(`${type.name}.${field.name}`, field);
        if ('args' in field)
          for (const arg of field.args) look(`${type.name}.${field.name}(${arg.name})`, arg);
      }
  }
  expect(marked).toEqual([]);
});

test('every mutation is verbNoun with one input and a payload with userErrors', () => {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    expect(field.name).toMatch(/^[a-z]+[A-Z]\w+$/);
    expect(field.args.map(({ name }) => name)).toEqual(['input']);
    expect(String(field.type)).toMatch(/^\w+Payload!$/);
    const payload = schema.getType(String(field.type).slice(0, -1));
    expect(isObjectType(payload) && String(payload.getFields().userErrors?.type)).toBe('[UserError!]!');
  }
});

test('every connection is a Relay connection', () => {
  const connections = types.filter(({ name }) => name.endsWith('Connection')).filter(isObjectType);
  expect(connections.length).toBeGreaterThan(5);
  for (const connection of connections) {
    const node = connection.name.replace(/Connection$/, '');
    const fields = connection.getFields();
    expect(String(fields.edges?.type)).toBe(`[${node}Edge!]!`);
    expect(String(fields.nodes?.type)).toBe(`[${node}!]!`);
    expect(String(fields.pageInfo?.type)).toBe('PageInfo!');
    expect(String(fields.totalCount?.type)).toBe('Int!');
  }
});

test('custom scalars say where they are specified', () => {
  const scalars = types.filter(isScalarType);
  expect(scalars.map(({ name }) => name).sort()).toEqual(
    ['Cursor', 'Date', 'DateTime', 'EmailAddress', 'JSON', 'URL'].filter((name) => schema.getType(name)),
  );
  for (const scalar of scalars) expect(scalar.specifiedByURL).toMatch(/^https:/);
});

test('every object with a global id is a Node', () => {
  const withId = types.filter(isObjectType).filter((type) => String(type.getFields().id?.type) === 'ID!');
  const loose = withId
    .filter((type) => !type.getInterfaces().some(({ name }) => name === 'Node'))
    .map(({ name }) => name);
  // An event is told, not looked up: its id is for skipping what was seen.
  expect(loose).toEqual(['TicketEvent']);
});

test('every Node is found again by its id', () => {
  const nodes = types
    .filter(isObjectType)
    .filter((type) => type.getInterfaces().some(({ name }) => name === 'Node'))
    .map(({ name }) => name);
  expect(nodeTypes().sort()).toEqual(nodes.sort());
});

test.each(shippedProcesses.map((process) => [process.key, process] as const))(
  '%s has no fault',
  (_key, process) => {
    expect(faultsOf(process)).toEqual([]);
  },
);
