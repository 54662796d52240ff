import {
  defaultFieldResolver,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { getMetadataStorage } from 'type-graphql';
import type { Context } from '../context.js';
import { DomainError, ErrorCode, type Fault } from '../errors.js';
import { payload } from './user-error.js';

interface Limit {
  most: number;
  /** The use case refuses it itself, so that it can tell every fault of the input at once. */
  byUseCase: boolean;
}

/** By the prototype of the class that has the text, then by its name. */
const limits = new WeakMap<object, Map<string | symbol, Limit>>();

/** Says how many characters a text of an input has at most. Every String of an input says so. */
export function AtMost(most: number, { byUseCase = false } = {}): PropertyDecorator {
  return (prototype, name) => {
    const own = limits.get(prototype) ?? new Map<string | symbol, Limit>();
    limits.set(prototype, own.set(name, { most, byUseCase }));
  };
}

/** The limit of a text of an input, also of one that it inherits. */
function limitOf(prototype: object | null, name: string): Limit | undefined {
  return prototype === null
    ? undefined
    : (limits.get(prototype)?.get(name) ?? limitOf(Object.getPrototypeOf(prototype), name));
}

/** The most characters of what is a text and says nothing itself: ids, addresses, cursors, arguments. */
const MOST_UNSAID = 2_000;
/** Bounded by those who read them: their shape is not known here. */
const READ_ELSEWHERE = ['JSON', 'Date', 'DateTime'];

/**
 * Puts the limits of texts before every root field and into their descriptions: no text comes in that is
 * longer than its input says. A mutation answers with `userErrors`, anything else with an error.
 * @throws Error when a String of an input does not say its limit
 */
export function limitTexts(schema: GraphQLSchema): GraphQLSchema {
  // By the classes: TypeGraphQL loses what it is told of a field where an input inherits it.
  for (const { name, target } of getMetadataStorage().inputTypes)
    for (const field of fieldsOf(schema.getType(name))) {
      const limit = limitOf(target.prototype, field.name);
      if (limit) stateLimit(field, limit);
    }
  for (const type of Object.values(schema.getTypeMap()))
    for (const { name, type: value, extensions } of fieldsOf(type))
      if (getNamedType(value).name === 'String' && extensions.most === undefined)
        throw new Error(`${type.name}.${name} does not say how long it may be: add @AtMost(…)`);
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
  const others = [schema.getQueryType(), schema.getSubscriptionType()].flatMap((root) =>
    Object.values(root?.getFields() ?? {}),
  );
  for (const field of mutations) limitField(field, (error) => payload(() => Promise.reject(error)));
  for (const field of others)
    limitField(field, (error) => {
      throw error;
    });
  return schema;
}

function fieldsOf(type: GraphQLNamedType | undefined): GraphQLInputField[] {
  return isInputObjectType(type) ? Object.values(type.getFields()) : [];
}

function stateLimit(field: GraphQLInputField, limit: Limit): void {
  field.extensions = { ...field.extensions, ...limit };
  const each = isListType(getNullableType(field.type)) ? ' each' : '';
  field.description = `${field.description} At most ${limit.most.toLocaleString('en')} characters${each}.`;
}

function limitField(field: GraphQLField<unknown, Context>, refuse: (error: DomainError) => unknown): void {
  const { resolve = defaultFieldResolver, subscribe } = field;
  const faultsIn = (args: Record<string, unknown>) =>
    field.args.flatMap((arg) => tooLong(arg, arg.type, args[arg.name], [arg.name]));
  const within =
    (inner: GraphQLFieldResolver<unknown, Context>): GraphQLFieldResolver<unknown, Context> =>
    (source, args, ctx, info) => {
      const faults = faultsIn(args);
      return faults.length > 0 ? refuse(new DomainError(faults)) : inner(source, args, ctx, info);
    };
  // A subscription is asked for once; its deliveries have the same arguments again.
  if (subscribe) field.subscribe = within(subscribe);
  else field.resolve = within(resolve);
}

/** The texts in a value of this type that are too long, each with its path. */
function tooLong(
  place: GraphQLArgument | GraphQLInputField,
  type: GraphQLInputType,
  value: unknown,
  path: string[],
): Fault[] {
  if (value === null || value === undefined) return [];
  if (isNonNullType(type)) return tooLong(place, type.ofType, value, path);
  if (isListType(type))
    return (value as unknown[]).flatMap((entry, index) =>
      tooLong(place, type.ofType, entry, [...path, String(index)]),
    );
  if (isInputObjectType(type))
    return Object.values(type.getFields()).flatMap((field) =>
      tooLong(field, field.type, (value as Record<string, unknown>)[field.name], [...path, field.name]),
    );
  const { most = MOST_UNSAID, byUseCase } = place.extensions as Partial<Limit>;
  if (byUseCase || typeof value !== 'string' || value.length <= most || READ_ELSEWHERE.includes(type.name))
    return [];
  const message = `${place.name} has at most ${most} characters.`;
  return [{ code: ErrorCode.INVALID_INPUT, message, path }];
}
