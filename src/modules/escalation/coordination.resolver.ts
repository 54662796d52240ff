import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import type { Context } from '../../platform/context.js';
import { payload } from '../../platform/graphql/user-error.js';
import { Agent } from '../directory/agent.entity.js';
import { agentById } from '../directory/directory.loader.js';
import { Run } from '../run/run.entity.js';
import { runById } from '../run/run.loader.js';
import { Ticket } from '../ticket/ticket.entity.js';
import { ticketById } from '../ticket/ticket.scope.js';
import { CoordinationRequest } from './coordination.entity.js';
import { updateCoordinationRequest } from './coordination.service.js';
import { CoordinationRequestPayload, UpdateCoordinationRequestInput } from './escalation.input.js';
import { coordinationOfTicket } from './escalation.loader.js';

@Resolver(() => CoordinationRequest)
export class CoordinationRequestResolver {
  @Access('STAFF')
  @Mutation(() => CoordinationRequestPayload, {
    description: 'Says who answers for a coordination request, and what came of it.',
  })
  updateCoordinationRequest(
    @Ctx() ctx: Context,
    @Arg('input', () => UpdateCoordinationRequestInput, { description: 'Which and how.' })
    input: UpdateCoordinationRequestInput,
  ) {
    return payload(() =>
      updateCoordinationRequest(ctx, input).then((coordinationRequest) => ({ coordinationRequest })),
    );
  }

  @FieldResolver(() => Ticket, { nullable: true, description: 'The ticket it is for.' })
  ticket(@Ctx() ctx: Context, @Root() request: CoordinationRequest) {
    return ctx.load(ticketById, request.ticketId);
  }

  @FieldResolver(() => Run, { nullable: true, description: 'The run whose step opened it.' })
  run(@Ctx() ctx: Context, @Root() request: CoordinationRequest) {
    return request.runId && ctx.load(runById, request.runId);
  }

  @FieldResolver(() => Agent, { nullable: true, description: 'Who answers for it; null while nobody does.' })
  owner(@Ctx() ctx: Context, @Root() request: CoordinationRequest) {
    return request.ownerId && ctx.load(agentById, request.ownerId);
  }
}

@Resolver(() => Ticket)
export class TicketCoordinationResolver {
  @Access('STAFF')
  @FieldResolver(() => [CoordinationRequest], {
    nullable: true,
    description: 'What other departments were asked for, the earliest first. For staff only.',
  })
  coordinationRequests(@Ctx() ctx: Context, @Root() ticket: Ticket) {
    return ctx.load(coordinationOfTicket, ticket.id);
  }
}
