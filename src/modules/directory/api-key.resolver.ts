import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import type { Context } from '../../platform/context.js';
import { connectionOf, PageArgs } from '../../platform/graphql/connection.js';
import { payload } from '../../platform/graphql/user-error.js';
import { Agent } from './agent.entity.js';
import { ApiKey } from './api-key.entity.js';
import { ApiKeyPayload, CreateApiKeyInput, CreateApiKeyPayload, RevokeApiKeyInput } from './api-key.input.js';
import { apiKeyById, listApiKeys } from './api-key.query.js';
import { createApiKey, revokeApiKey } from './api-key.service.js';
import { agentById } from './directory.loader.js';

const ApiKeyConnection = connectionOf(ApiKey, 'ApiKey');

@Resolver(() => ApiKey)
export class ApiKeyResolver {
  @Access('STAFF')
  @Query(() => ApiKeyConnection, {
    description: "API keys, the newest first: one's own; for administrators everybody's.",
  })
  apiKeys(
    @Ctx() ctx: Context,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('agent', () => ID, { nullable: true, description: "Only this agent's." }) agent?: string,
  ) {
    return listApiKeys(ctx, agent ?? null, page);
  }

  @Access('STAFF')
  @Mutation(() => CreateApiKeyPayload, {
    description: 'Makes an API key for a program that acts as oneself. Takes a token, not another key.',
  })
  createApiKey(
    @Ctx() ctx: Context,
    @Arg('input', () => CreateApiKeyInput, { description: 'For what, and for how long.' })
    input: CreateApiKeyInput,
  ) {
    return payload(async () => {
      const { apiKeyId, secret } = await createApiKey(ctx, input);
      return { apiKey: await ctx.load(apiKeyById, apiKeyId), secret };
    });
  }

  @Access('STAFF')
  @Mutation(() => ApiKeyPayload, { description: 'Has an API key stop working, for good.' })
  revokeApiKey(
    @Ctx() ctx: Context,
    @Arg('input', () => RevokeApiKeyInput, { description: 'Which.' }) input: RevokeApiKeyInput,
  ) {
    return payload(async () => {
      await revokeApiKey(ctx, input.apiKeyId);
      return { apiKey: await ctx.load(apiKeyById, input.apiKeyId) };
    });
  }

  @FieldResolver(() => Agent, { nullable: true, description: 'As whom it acts.' })
  agent(@Ctx() ctx: Context, @Root() key: ApiKey) {
    return ctx.load(agentById, key.agentId);
  }
}
