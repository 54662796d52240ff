import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import type { Context } from '../../platform/context.js';
import { payload } from '../../platform/graphql/user-error.js';
import { Agent } from '../directory/agent.entity.js';
import { agentById, teamById } from '../directory/directory.loader.js';
import { Team } from '../directory/team.entity.js';
import { Ticket } from '../ticket/ticket.entity.js';
import { AssignTicketInput, ClaimTicketInput, TicketPayload } from '../ticket/ticket.input.js';
import { ticketAsItIs, withTicket } from '../ticket/ticket.service.js';
import { Assignment, AssignmentCandidate } from './assignment.entity.js';
import { assignmentsOfTicket } from './assignment.loader.js';
import { assignTicket, claimTicket } from './assignment.service.js';

@Resolver(() => Ticket)
export class TicketAssignmentResolver {
  @Access('STAFF')
  @Mutation(() => TicketPayload, {
    description: 'Gives a ticket to a team or an agent; without either, routing chooses.',
  })
  assignTicket(
    @Ctx() ctx: Context,
    @Arg('input', () => AssignTicketInput, { description: 'Which and to whom.' }) input: AssignTicketInput,
  ) {
    return payload(
      () => withTicket(ctx, assignTicket(ctx, input)),
      () => ticketAsItIs(ctx, input.ticketId),
    );
  }

  @Access('STAFF')
  @Mutation(() => TicketPayload, {
    description: 'Takes an unassigned ticket for oneself; of two at once one wins.',
  })
  claimTicket(
    @Ctx() ctx: Context,
    @Arg('input', () => ClaimTicketInput, { description: 'Which.' }) input: ClaimTicketInput,
  ) {
    return payload(() => withTicket(ctx, claimTicket(ctx, input)));
  }

  @FieldResolver(() => Agent, { nullable: true, description: 'Who works on it.' })
  assignee(@Ctx() ctx: Context, @Root() ticket: Ticket) {
    return ticket.assigneeId && ctx.load(agentById, ticket.assigneeId);
  }

  @Access('STAFF')
  @FieldResolver(() => Team, {
    nullable: true,
    description: 'The team whose queue it is in. For staff only.',
  })
  team(@Ctx() ctx: Context, @Root() ticket: Ticket) {
    return ticket.teamId && ctx.load(teamById, ticket.teamId);
  }

  @Access('STAFF')
  @FieldResolver(() => [Assignment], {
    nullable: true,
    description: 'Whom it went to, and why; the latest first. For staff only.',
  })
  assignments(@Ctx() ctx: Context, @Root() ticket: Ticket) {
    return ctx.load(assignmentsOfTicket, ticket.id);
  }
}

@Resolver(() => Assignment)
export class AssignmentResolver {
  @FieldResolver(() => Team, { nullable: true, description: 'The team it went to.' })
  team(@Ctx() ctx: Context, @Root() assignment: Assignment) {
    return assignment.teamId && ctx.load(teamById, assignment.teamId);
  }

  @FieldResolver(() => Agent, {
    nullable: true,
    description: "The agent it went to; null for the team's queue.",
  })
  agent(@Ctx() ctx: Context, @Root() assignment: Assignment) {
    return assignment.agentId && ctx.load(agentById, assignment.agentId);
  }
}

@Resolver(() => AssignmentCandidate)
export class AssignmentCandidateResolver {
  @FieldResolver(() => Agent, { nullable: true, description: 'The agent as it is now.' })
  agent(@Ctx() ctx: Context, @Root() candidate: AssignmentCandidate) {
    return ctx.load(agentById, candidate.agentId);
  }
}
