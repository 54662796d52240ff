import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import type { Context } from '../../platform/context.js';
import { Agent } from '../directory/agent.entity.js';
import { agentById } from '../directory/directory.loader.js';
import { Run } from '../run/run.entity.js';
import { runById } from '../run/run.loader.js';
import { Ticket } from '../ticket/ticket.entity.js';
import { ticketById } from '../ticket/ticket.scope.js';
import { QualityReview } from './quality.entity.js';
import { retrospectivesOfTicket, reviewsOfTicket } from './quality.loader.js';
import { failedOn } from './quality.rules.js';
import { Retrospective } from './retrospective.entity.js';

@Resolver(() => QualityReview)
export class QualityReviewResolver {
  @FieldResolver(() => Boolean, { description: 'Whether no critical criterion was given too little.' })
  passed(@Root() review: QualityReview) {
    return failedOn(review.scores).length === 0;
  }

  @FieldResolver(() => [String], {
    description: 'The critical criteria that were given too little, as people read them.',
  })
  failedOn(@Root() review: QualityReview) {
    return failedOn(review.scores);
  }

  @FieldResolver(() => Ticket, { nullable: true, description: 'The ticket it is about.' })
  ticket(@Ctx() ctx: Context, @Root() review: QualityReview) {
    return ctx.load(ticketById, review.ticketId);
  }

  @FieldResolver(() => Run, { nullable: true, description: 'The run whose step recorded it.' })
  run(@Ctx() ctx: Context, @Root() review: QualityReview) {
    return review.runId && ctx.load(runById, review.runId);
  }

  @FieldResolver(() => Agent, { nullable: true, description: 'Who reviewed; null for the desk itself.' })
  reviewer(@Ctx() ctx: Context, @Root() review: QualityReview) {
    return ctx.load(agentById, review.reviewerId);
  }

  @FieldResolver(() => Agent, {
    nullable: true,
    description: "The ticket's assignee at the time; null where nobody was.",
  })
  agent(@Ctx() ctx: Context, @Root() review: QualityReview) {
    return review.agentId && ctx.load(agentById, review.agentId);
  }
}

@Resolver(() => Ticket)
export class TicketQualityResolver {
  @Access('STAFF')
  @FieldResolver(() => [QualityReview], {
    nullable: true,
    description: 'Reviews of the service, the earliest first. For staff only.',
  })
  reviews(@Ctx() ctx: Context, @Root() ticket: Ticket) {
    return ctx.load(reviewsOfTicket, ticket.id);
  }

  @Access('STAFF')
  @FieldResolver(() => [Retrospective], {
    nullable: true,
    description: 'What was learned from its runs, the earliest first. For staff only.',
  })
  retrospectives(@Ctx() ctx: Context, @Root() ticket: Ticket) {
    return ctx.load(retrospectivesOfTicket, ticket.id);
  }
}
