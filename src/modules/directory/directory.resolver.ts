import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import type { Context } from '../../platform/context.js';
import { connectionOf, PageArgs, pageOfList } from '../../platform/graphql/connection.js';
import { payload } from '../../platform/graphql/user-error.js';
import { Agent } from './agent.entity.js';
import { AgentPayload } from './agent-admin.input.js';
import { Customer } from './customer.entity.js';
import { agentById, membersOfTeam, organizationById, teamById } from './directory.loader.js';
import { listAgents, listCustomers, listTeams } from './directory.query.js';
import { setAvailability } from './directory.service.js';
import { Availability } from './directory.vocabulary.js';
import { Organization } from './organization.entity.js';
import { Team } from './team.entity.js';

const AgentConnection = connectionOf(Agent, 'Agent');
const TeamConnection = connectionOf(Team, 'Team');
const CustomerConnection = connectionOf(Customer, 'Customer');

@InputType({ description: 'Whether an agent takes new work, and how much.' })
export class SetAvailabilityInput {
  @Field(() => ID, { description: 'The agent; oneself, or another where one leads, manages or administers.' })
  agentId: string;
  @Field(() => Availability, { description: 'Whether the agent takes new work.' })
  availability: Availability;
  @Field(() => Int, {
    nullable: true,
    description: 'How many open tickets at most, 0 to 1000; as it is unless given.',
  })
  capacity?: number;
}

@Resolver(() => Agent)
export class AgentResolver {
  @Access('STAFF')
  @Query(() => AgentConnection, { description: 'Who works at the desk, by name.' })
  async agents(@Ctx() ctx: Context, @Args(() => PageArgs) page: PageArgs) {
    return pageOfList(await listAgents(ctx), page);
  }

  @Access('STAFF')
  @Mutation(() => AgentPayload, { description: 'Says whether an agent takes new work, and how much.' })
  setAvailability(
    @Ctx() ctx: Context,
    @Arg('input', () => SetAvailabilityInput, { description: 'Who and how.' }) input: SetAvailabilityInput,
  ) {
    return payload(async () => {
      await setAvailability(ctx, input.agentId, input.availability, input.capacity);
      return { agent: await ctx.load(agentById, input.agentId) };
    });
  }
}

@Resolver(() => Team)
export class TeamResolver {
  @Access('STAFF')
  @Query(() => TeamConnection, { description: 'The teams of the desk, by name.' })
  async teams(@Ctx() ctx: Context, @Args(() => PageArgs) page: PageArgs) {
    return pageOfList(await listTeams(ctx), page);
  }

  @FieldResolver(() => Agent, { nullable: true, description: 'Who leads it.' })
  lead(@Ctx() ctx: Context, @Root() team: Team) {
    return team.leadId && ctx.load(agentById, team.leadId);
  }

  @FieldResolver(() => Team, { nullable: true, description: 'The team that takes what this one escalates.' })
  escalationTeam(@Ctx() ctx: Context, @Root() team: Team) {
    return team.escalationTeamId && ctx.load(teamById, team.escalationTeamId);
  }

  @FieldResolver(() => [Agent], { description: 'Its members, by name.' })
  members(@Ctx() ctx: Context, @Root() team: Team) {
    return ctx.load(membersOfTeam, team.id);
  }
}

@Resolver(() => Customer)
export class CustomerResolver {
  @Access('STAFF')
  @Query(() => CustomerConnection, { description: 'Who asks, by e-mail address.' })
  customers(
    @Ctx() ctx: Context,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('email', () => String, { nullable: true, description: 'Only the one with this address.' })
    email?: string,
  ) {
    return listCustomers(ctx, email ?? null, page);
  }

  @Access('STAFF')
  @FieldResolver(() => Organization, {
    nullable: true,
    description: 'Where the customer belongs. For staff only.',
  })
  organization(@Ctx() ctx: Context, @Root() customer: Customer) {
    return customer.organizationId && ctx.load(organizationById, customer.organizationId);
  }
}
