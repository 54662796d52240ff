import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import type { Context } from '../../platform/context.js';
import { connectionOf, PageArgs } from '../../platform/graphql/connection.js';
import { Agent } from '../directory/agent.entity.js';
import { agentById } from '../directory/directory.loader.js';
import { Ticket } from '../ticket/ticket.entity.js';
import { ticketById } from '../ticket/ticket.scope.js';
import { Feedback } from './feedback.entity.js';
import { listFeedback } from './feedback.query.js';

const FeedbackConnection = connectionOf(Feedback, 'Feedback');

@Resolver(() => Feedback)
export class FeedbackResolver {
  @Access('STAFF')
  @Query(() => FeedbackConnection, { description: 'Feedback on your own work, the latest first.' })
  myFeedback(@Ctx() ctx: Context, @Args(() => PageArgs) page: PageArgs) {
    return listFeedback(ctx, ctx.viewer.id, page);
  }

  @Access('STAFF')
  @Query(() => FeedbackConnection, {
    description:
      'Feedback, the latest first: yours, and that of the members of teams you lead. No role shows more.',
  })
  feedback(
    @Ctx() ctx: Context,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('agent', () => ID, {
      nullable: true,
      description: 'Only what was said to this agent; all without it.',
    })
    agent?: string,
  ) {
    return listFeedback(ctx, agent ?? null, page);
  }

  @FieldResolver(() => Ticket, {
    nullable: true,
    description: 'The ticket it is about; null where you may not see it.',
  })
  ticket(@Ctx() ctx: Context, @Root() feedback: Feedback) {
    return ctx.load(ticketById, feedback.ticketId);
  }

  @FieldResolver(() => Agent, { nullable: true, description: 'Whom it is for.' })
  agent(@Ctx() ctx: Context, @Root() feedback: Feedback) {
    return ctx.load(agentById, feedback.agentId);
  }

  @FieldResolver(() => Agent, { nullable: true, description: 'Who gave it; null for the desk itself.' })
  author(@Ctx() ctx: Context, @Root() feedback: Feedback) {
    return ctx.load(agentById, feedback.authorId);
  }
}
