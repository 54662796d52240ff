import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import type { Context } from '../../platform/context.js';
import { payload } from '../../platform/graphql/user-error.js';
import { Agent } from './agent.entity.js';
import {
  AgentPayload,
  CreateAgentInput,
  DeactivateAgentInput,
  ReactivateAgentInput,
  UpdateAgentInput,
} from './agent-admin.input.js';
import { createAgent, deactivateAgent, reactivateAgent, updateAgent } from './agent-admin.service.js';
import { agentById } from './directory.loader.js';
import { MAY_ADMINISTER } from './directory.policy.js';

@Resolver(() => Agent)
export class AgentAdminResolver {
  @Access(MAY_ADMINISTER.createAgent)
  @Mutation(() => AgentPayload, { description: 'Takes somebody on. For administrators.' })
  createAgent(
    @Ctx() ctx: Context,
    @Arg('input', () => CreateAgentInput, { description: 'Who.' }) input: CreateAgentInput,
  ) {
    return payload(async () => seen(ctx, (await createAgent(ctx, input)).agentId));
  }

  @Access(MAY_ADMINISTER.updateAgent)
  @Mutation(() => AgentPayload, {
    description:
      'Changes what is said of an agent. What new roles leave no right to goes back to the queues. For administrators.',
  })
  updateAgent(
    @Ctx() ctx: Context,
    @Arg('input', () => UpdateAgentInput, { description: 'Who and what.' }) input: UpdateAgentInput,
  ) {
    const asItIs = () => seen(ctx, input.agentId);
    return payload(() => updateAgent(ctx, input).then(asItIs), asItIs);
  }

  @Access(MAY_ADMINISTER.deactivateAgent)
  @Mutation(() => AgentPayload, {
    description:
      'Has an agent leave: tokens stop working, open tickets and steps go back to the queues, teams they led have no lead. For administrators.',
  })
  deactivateAgent(
    @Ctx() ctx: Context,
    @Arg('input', () => DeactivateAgentInput, { description: 'Who.' }) input: DeactivateAgentInput,
  ) {
    const asItIs = () => seen(ctx, input.agentId);
    return payload(() => deactivateAgent(ctx, input).then(asItIs), asItIs);
  }

  @Access(MAY_ADMINISTER.reactivateAgent)
  @Mutation(() => AgentPayload, {
    description: 'Has an agent come back, with the roles and teams they had. For administrators.',
  })
  reactivateAgent(
    @Ctx() ctx: Context,
    @Arg('input', () => ReactivateAgentInput, { description: 'Who.' }) input: ReactivateAgentInput,
  ) {
    const asItIs = () => seen(ctx, input.agentId);
    return payload(() => reactivateAgent(ctx, input).then(asItIs), asItIs);
  }
}

const seen = async (ctx: Context, id: string) => ({ agent: await ctx.load(agentById, id) });
