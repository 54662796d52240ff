import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import type { Context } from '../../platform/context.js';
import { connectionOf, PageArgs, pageOfList } from '../../platform/graphql/connection.js';
import { teamById } from '../directory/directory.loader.js';
import { Team } from '../directory/team.entity.js';
import { Category, Product } from './category.entity.js';
import { allCategories, allProducts } from './category.loader.js';

const CategoryConnection = connectionOf(Category, 'Category');
const ProductConnection = connectionOf(Product, 'Product');

@Resolver(() => Category)
export class CategoryResolver {
  @Access('SIGNED_IN')
  @Query(() => CategoryConnection, { description: 'What tickets can be about, by name.' })
  async categories(@Ctx() ctx: Context, @Args(() => PageArgs) page: PageArgs) {
    return pageOfList(await allCategories(ctx), page);
  }

  @Access('SIGNED_IN')
  @Query(() => ProductConnection, { description: 'The products that tickets can concern, by name.' })
  async products(@Ctx() ctx: Context, @Args(() => PageArgs) page: PageArgs) {
    return pageOfList(await allProducts(ctx), page);
  }

  @Access('STAFF')
  @FieldResolver(() => Team, {
    nullable: true,
    description: 'The team that its tickets are routed to. For staff only.',
  })
  team(@Ctx() ctx: Context, @Root() category: Category) {
    return category.teamId && ctx.load(teamById, category.teamId);
  }
}
