import { createUnionType } from 'type-graphql';
import type { Context } from '../../platform/context.js';
import { prefixOf } from '../../platform/ids.js';
import { Agent } from './agent.entity.js';
import { Customer } from './customer.entity.js';
import { agentById, customerById } from './directory.loader.js';

export const Actor = createUnionType({
  name: 'Actor',
  description: 'Somebody who does things on the desk.',
  types: () => [Agent, Customer] as const,
  // By the id, since what comes from a hand-written query is no instance of either class.
  resolveType: ({ id }) => (prefixOf(id) === 'agent' ? Agent : Customer),
});

/** Whose id this is, as far as the viewer may know; null for the desk itself and for nobody. */
export async function actorOf(ctx: Context, id: string | null): Promise<Agent | Customer | null> {
  if (id === null) return null;
  const prefix = prefixOf(id);
  if (prefix === 'agent') return ctx.load(agentById, id);
  return prefix === 'customer' ? ctx.load(customerById, id) : null;
}
