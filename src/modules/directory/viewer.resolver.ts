import type { GraphQLResolveInfo } from 'graphql';
import { Ctx, FieldResolver, Info, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { Access, mutationsOpenTo } from '../../platform/auth/access.js';
import { KeyScope, Role, type Viewer } from '../../platform/auth/viewer.js';
import type { Context } from '../../platform/context.js';
import { Agent } from './agent.entity.js';
import { Customer } from './customer.entity.js';
import { agentById, customerById, teamById } from './directory.loader.js';
import { Team } from './team.entity.js';

@ObjectType('Viewer', { description: 'Who asks, with the rights of this moment.' })
export class ViewerView {
  /** Who asks, as the desk sees it. */
  viewer: Viewer;
}

@Resolver(() => ViewerView)
export class ViewerResolver {
  @Access('PUBLIC')
  @Query(() => ViewerView, { nullable: true, description: 'Who you are at this desk; null without a token.' })
  viewer(@Ctx() { viewer }: Context): ViewerView | null {
    return viewer.kind === 'ANONYMOUS' ? null : { viewer };
  }

  @FieldResolver(() => Agent, { nullable: true, description: 'Who you are if you work here.' })
  agent(@Ctx() ctx: Context, @Root() { viewer }: ViewerView) {
    return viewer.kind === 'STAFF' ? ctx.load(agentById, viewer.id) : null;
  }

  @FieldResolver(() => Customer, { nullable: true, description: 'Who you are if you are a customer.' })
  customer(@Ctx() ctx: Context, @Root() { viewer }: ViewerView) {
    return viewer.kind === 'CUSTOMER' ? ctx.load(customerById, viewer.id) : null;
  }

  @FieldResolver(() => [Role], { description: 'Your roles.' })
  roles(@Root() { viewer }: ViewerView): readonly Role[] {
    if (viewer.kind === 'STAFF') return viewer.roles;
    return viewer.kind === 'CUSTOMER' ? [Role.CUSTOMER] : [];
  }

  @FieldResolver(() => [Team], { description: 'The teams that you belong to, by name.' })
  async teams(@Ctx() ctx: Context, @Root() { viewer }: ViewerView): Promise<Team[]> {
    const ids = viewer.kind === 'STAFF' ? viewer.teamIds : [];
    const teams = await Promise.all(ids.map((id) => ctx.load(teamById, id)));
    return teams.filter((team) => team !== null).sort((a, b) => a.name.localeCompare(b.name));
  }

  @FieldResolver(() => [KeyScope], {
    nullable: true,
    description: 'What your API key is for; null where you ask by a token of your own.',
  })
  scopes(@Root() { viewer }: ViewerView): readonly KeyScope[] | null {
    return (viewer.kind === 'STAFF' && viewer.key?.scopes) || null;
  }

  @FieldResolver(() => [String], {
    description:
      'The mutations that are open to you, by name: what to offer. Whether one goes through depends on its input, too.',
  })
  mutations(@Root() { viewer }: ViewerView, @Info() { schema }: GraphQLResolveInfo): string[] {
    return mutationsOpenTo(schema, viewer);
  }
}
