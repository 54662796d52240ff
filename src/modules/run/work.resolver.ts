import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import type { Context } from '../../platform/context.js';
import { PageArgs } from '../../platform/graphql/connection.js';
import { DateTimeScalar } from '../../platform/graphql/scalars.js';
import { Agent } from '../directory/agent.entity.js';
import { agentById } from '../directory/directory.loader.js';
import { Ticket } from '../ticket/ticket.entity.js';
import { ticketById } from '../ticket/ticket.scope.js';
import { decidesFor, listRequests, openSubjects } from './request.query.js';
import { Step } from './step.entity.js';
import { listWork } from './work.query.js';
import { ApprovalRequest, ApprovalRequestConnection, StepConnection } from './work.types.js';

@Resolver(() => ApprovalRequest)
export class WorkResolver {
  @Access('STAFF')
  @Query(() => StepConnection, {
    description:
      "What waits for you: READY tasks that are yours, your team's or your role's, and approvals that you may decide. The longest waiting first.",
  })
  myWork(@Ctx() ctx: Context, @Args(() => PageArgs) page: PageArgs) {
    return listWork(ctx, 'ANY', page);
  }

  @Access('STAFF')
  @Query(() => ApprovalRequestConnection, {
    description:
      'The approvals that wait for you, also in the name of those whom you act for. The longest waiting first.',
  })
  approvalRequests(@Ctx() ctx: Context, @Args(() => PageArgs) page: PageArgs) {
    return listRequests(ctx, page);
  }

  @FieldResolver(() => Step, { description: 'The approval.' })
  step(@Root() { row }: ApprovalRequest) {
    return row;
  }

  @FieldResolver(() => Ticket, { nullable: true, description: 'The ticket that it is about.' })
  ticket(@Ctx() ctx: Context, @Root() { row }: ApprovalRequest) {
    return ctx.load(ticketById, row.ticketId);
  }

  @FieldResolver(() => DateTimeScalar, { nullable: true, description: 'Since when it waits.' })
  since(@Root() { row }: ApprovalRequest) {
    return row.readyAt;
  }

  @FieldResolver(() => [Step], { description: 'The steps that are still to be decided on, in order.' })
  subjects(@Ctx() ctx: Context, @Root() { row }: ApprovalRequest) {
    return openSubjects(ctx, row);
  }

  @FieldResolver(() => Agent, {
    nullable: true,
    description: 'In whose name you would decide; null where it is your own.',
  })
  async inNameOf(@Ctx() ctx: Context, @Root() { row }: ApprovalRequest) {
    const id = await decidesFor(ctx, row);
    return id && ctx.load(agentById, id);
  }
}
