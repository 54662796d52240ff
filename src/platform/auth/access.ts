import { defaultFieldResolver, type GraphQLObjectType, type GraphQLSchema, isObjectType } from 'graphql';
import { Extensions } from 'type-graphql';
import type { Context } from '../context.js';
import { DomainError, ErrorCode } from '../errors.js';
import { AuthenticationError } from './token.js';
import { hasRole, KeyScope, type Role, type Viewer } from './viewer.js';

/**
 * Who may use a field. Root fields must say so, or the schema is refused: nothing is open by being
 * forgotten. What a viewer finds behind a field is then limited by the query itself.
 */
export type Audience = 'PUBLIC' | 'SIGNED_IN' | 'STAFF' | Role[];

/** Says who may use a query, mutation, subscription or field. */
export const Access = (audience: Audience) => Extensions({ access: audience });

export function admits(audience: Audience, viewer: Viewer): boolean {
  if (audience === 'PUBLIC') return true;
  if (audience === 'SIGNED_IN') return viewer.kind !== 'ANONYMOUS';
  if (audience === 'STAFF') return viewer.kind === 'STAFF';
  return hasRole(viewer, ...audience);
}

/**
 * The scope that an API key needs for a root field: READ for queries and subscriptions, ADMINISTER for
 * mutations that are open to certain roles only, WORK for the others.
 */
export function scopeFor(mutation: boolean, audience: Audience): KeyScope {
  if (!mutation) return KeyScope.READ;
  return Array.isArray(audience) ? KeyScope.ADMINISTER : KeyScope.WORK;
}

/**
 * Puts the audience of each field before its resolver. Fields that say nothing are left as they are,
 * and cost nothing.
 * @throws Error when a root field does not say who may use it
 */
export function guardSchema(schema: GraphQLSchema): GraphQLSchema {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  for (const type of Object.values(schema.getTypeMap()))
    if (isObjectType(type) && !type.name.startsWith('__'))
      guardType(type, roots.includes(type), type === schema.getMutationType());
  return schema;
}

function guardType(type: GraphQLObjectType, root: boolean, mutations: boolean): void {
  for (const field of Object.values(type.getFields())) {
    const audience = field.extensions.access as Audience | undefined;
    if (!audience) {
      if (root) throw new Error(`${type.name}.${field.name} does not say who may use it: add @Access(…)`);
      continue;
    }
    if (audience === 'PUBLIC') continue;
    const scope = root ? scopeFor(mutations, audience) : null;
    const inner = field.resolve ?? defaultFieldResolver;
    const subscribe = field.subscribe;
    field.resolve = (source, args, ctx: Context, info) => {
      check(audience, scope, ctx.viewer, field.name);
      return inner(source, args, ctx, info);
    };
    if (subscribe)
      field.subscribe = (source, args, ctx: Context, info) => {
        check(audience, scope, ctx.viewer, field.name);
        return subscribe(source, args, ctx, info);
      };
  }
}

/** The names of the mutations that a viewer may use, by their audience and the scopes of an API key. */
export function mutationsOpenTo(schema: GraphQLSchema, viewer: Viewer): string[] {
  return Object.values(schema.getMutationType()?.getFields() ?? {})
    .filter(({ extensions }) => {
      const audience = extensions.access as Audience;
      return admits(audience, viewer) && hasScope(viewer, scopeFor(true, audience));
    })
    .map(({ name }) => name)
    .sort();
}

function hasScope(viewer: Viewer, scope: KeyScope): boolean {
  return viewer.kind !== 'STAFF' || !viewer.key || viewer.key.scopes.includes(scope);
}

function check(audience: Audience, scope: KeyScope | null, viewer: Viewer, field: string): void {
  if (scope !== null && !hasScope(viewer, scope))
    throw new DomainError(ErrorCode.FORBIDDEN, `${field} takes an API key with the scope ${scope}.`);
  if (admits(audience, viewer)) return;
  if (viewer.kind === 'ANONYMOUS')
    throw new AuthenticationError(`${field} needs a token: send the header Authorization: Bearer <token>.`);
  throw new DomainError(ErrorCode.FORBIDDEN, `${field} is not open to you.`);
}
