import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import type { Context } from '../../platform/context.js';
import { payload } from '../../platform/graphql/user-error.js';
import { Agent } from '../directory/agent.entity.js';
import { agentById, teamById } from '../directory/directory.loader.js';
import { Team } from '../directory/team.entity.js';
import { Run } from '../run/run.entity.js';
import { runById } from '../run/run.loader.js';
import { Ticket } from '../ticket/ticket.entity.js';
import { ticketById } from '../ticket/ticket.scope.js';
import { Escalation } from './escalation.entity.js';
import { EscalateTicketInput, EscalationPayload } from './escalation.input.js';
import { escalationsOfTicket } from './escalation.loader.js';
import { escalateTicket } from './escalation.service.js';

@Resolver(() => Escalation)
export class EscalationResolver {
  @FieldResolver(() => Ticket, { nullable: true, description: 'The ticket.' })
  ticket(@Ctx() ctx: Context, @Root() escalation: Escalation) {
    return ctx.load(ticketById, escalation.ticketId);
  }

  @FieldResolver(() => Run, {
    nullable: true,
    description: 'The run whose step escalated; null where a person did by hand.',
  })
  run(@Ctx() ctx: Context, @Root() escalation: Escalation) {
    return escalation.runId && ctx.load(runById, escalation.runId);
  }

  @FieldResolver(() => Team, { nullable: true, description: 'The team that had it before.' })
  fromTeam(@Ctx() ctx: Context, @Root() escalation: Escalation) {
    return escalation.fromTeamId && ctx.load(teamById, escalation.fromTeamId);
  }

  @FieldResolver(() => Agent, { nullable: true, description: 'Who worked on it before.' })
  fromAgent(@Ctx() ctx: Context, @Root() escalation: Escalation) {
    return escalation.fromAgentId && ctx.load(agentById, escalation.fromAgentId);
  }

  @FieldResolver(() => Team, { nullable: true, description: 'The team that had it after.' })
  toTeam(@Ctx() ctx: Context, @Root() escalation: Escalation) {
    return escalation.toTeamId && ctx.load(teamById, escalation.toTeamId);
  }

  @FieldResolver(() => Agent, { nullable: true, description: "Who had it after; null for the team's queue." })
  toAgent(@Ctx() ctx: Context, @Root() escalation: Escalation) {
    return escalation.toAgentId && ctx.load(agentById, escalation.toAgentId);
  }

  @FieldResolver(() => Agent, { nullable: true, description: 'Who escalated it; null for the desk itself.' })
  escalatedBy(@Ctx() ctx: Context, @Root() escalation: Escalation) {
    return ctx.load(agentById, escalation.escalatedById);
  }
}

@Resolver(() => Ticket)
export class TicketEscalationsResolver {
  @Access('STAFF')
  @Mutation(() => EscalationPayload, {
    description:
      'Raises a ticket by one level and hands it to the agent named, or to its team’s escalation target.',
  })
  escalateTicket(
    @Ctx() ctx: Context,
    @Arg('input', () => EscalateTicketInput, { description: 'Which, why and to whom.' })
    input: EscalateTicketInput,
  ) {
    return payload(() => escalateTicket(ctx, input));
  }

  @Access('STAFF')
  @FieldResolver(() => [Escalation], {
    nullable: true,
    description: 'Its escalations, the earliest first. For staff only.',
  })
  escalations(@Ctx() ctx: Context, @Root() ticket: Ticket) {
    return ctx.load(escalationsOfTicket, ticket.id);
  }
}
