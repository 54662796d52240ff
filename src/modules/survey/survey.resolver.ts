import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import type { Context } from '../../platform/context.js';
import { payload } from '../../platform/graphql/user-error.js';
import { Ticket } from '../ticket/ticket.entity.js';
import { TicketFilter } from '../ticket/ticket.filter.js';
import { ticketById } from '../ticket/ticket.scope.js';
import { Survey } from './survey.entity.js';
import { AnswerSurveyInput, SurveyPayload } from './survey.input.js';
import { surveysOfTicket } from './survey.loader.js';
import { statusOf } from './survey.rules.js';
import { Satisfaction, satisfaction } from './survey.satisfaction.js';
import { SurveyStatus } from './survey.vocabulary.js';
import { answerSurvey } from './survey-answer.service.js';

@Resolver(() => Survey)
export class SurveyResolver {
  @Access('STAFF')
  @Query(() => Satisfaction, { description: 'Mean rating and CSAT of the answered surveys.' })
  satisfaction(
    @Ctx() ctx: Context,
    @Arg('where', () => TicketFilter, { nullable: true, description: 'On which tickets; all without it.' })
    where?: TicketFilter,
  ) {
    return satisfaction(ctx, where);
  }

  @Access('PUBLIC')
  @Mutation(() => SurveyPayload, {
    description:
      'Answers a survey, once; also of a closed ticket. With the token of the link without sign-in.',
  })
  answerSurvey(
    @Ctx() ctx: Context,
    @Arg('input', () => AnswerSurveyInput, { description: 'Which survey, and the answer.' })
    input: AnswerSurveyInput,
  ) {
    return payload(() => answerSurvey(ctx, input));
  }

  @FieldResolver(() => SurveyStatus, { description: 'Where it stands.' })
  status(@Ctx() ctx: Context, @Root() survey: Survey) {
    return statusOf(survey, ctx.desk.clock.now());
  }

  @FieldResolver(() => Ticket, {
    nullable: true,
    description: 'The ticket whose service it judges; null to somebody who has the link alone.',
  })
  ticket(@Ctx() ctx: Context, @Root() survey: Survey) {
    return ctx.load(ticketById, survey.ticketId);
  }
}

@Resolver(() => Ticket)
export class TicketSurveysResolver {
  @FieldResolver(() => [Survey], {
    description: "Its surveys, the oldest first. The colleagues of its customer don't see them.",
  })
  surveys(@Ctx() ctx: Context, @Root() ticket: Ticket) {
    return ctx.load(surveysOfTicket, ticket.id);
  }
}
