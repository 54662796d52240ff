import { Field, ID, InterfaceType } from 'type-graphql';
import type { Context, Loader } from '../context.js';
import { prefixOf } from '../ids.js';

/** Anything with a global id. */
@InterfaceType({
  description: 'Anything with a global id, which `node` finds again.',
  resolveType: (value: { id: string }) => kinds.get(prefixOf(value.id) ?? '')?.typeName,
})
export abstract class Node {
  @Field(() => ID, { description: 'Global id: opaque, never reused.' })
  id: string;
}

interface Kind {
  typeName: string;
  loader: Loader<string, object>;
}

const kinds = new Map<string, Kind>();

/** Says which type the ids with this prefix are of, and how the viewer reads one. */
export function registerNode(prefix: string, typeName: string, loader: Loader<string, any>): void {
  kinds.set(prefix, { typeName, loader });
}

/** The thing with this id, or null: for ids that lead nowhere and for what the viewer may not see, alike. */
export async function findNode(ctx: Context, id: string): Promise<object | null> {
  const kind = kinds.get(prefixOf(id) ?? '');
  return kind ? ctx.load(kind.loader, id) : null;
}

/** The types whose things `node` finds. */
export function nodeTypes(): string[] {
  return [...kinds.values()].map(({ typeName }) => typeName);
}
