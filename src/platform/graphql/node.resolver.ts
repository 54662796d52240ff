import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { Access } from '../auth/access.js';
import type { Context } from '../context.js';
import { DomainError, ErrorCode } from '../errors.js';
import { MOST_PER_PAGE } from './connection.js';
import { findNode, Node } from './node.js';

@Resolver()
export class NodeResolver {
  @Access('SIGNED_IN')
  @Query(() => Node, {
    nullable: true,
    description: 'Anything by its global id; null where there is none to see.',
  })
  node(@Ctx() ctx: Context, @Arg('id', () => ID, { description: 'A global id.' }) id: string) {
    return findNode(ctx, id);
  }

  @Access('SIGNED_IN')
  @Query(() => [Node], {
    nullable: 'items',
    description: 'Several by their global ids, in the same order; null where there is none to see.',
  })
  nodes(
    @Ctx() ctx: Context,
    @Arg('ids', () => [ID], { description: `At most ${MOST_PER_PAGE} global ids.` }) ids: string[],
  ) {
    if (ids.length > MOST_PER_PAGE)
      throw new DomainError(ErrorCode.INVALID_INPUT, `ids: ask for at most ${MOST_PER_PAGE} at once.`, [
        'ids',
      ]);
    return Promise.all(ids.map((id) => findNode(ctx, id)));
  }
}
