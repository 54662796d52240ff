import { sql } from 'kysely';
import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { Context } from '../../platform/context.js';
import type { TicketCriteria } from '../ticket/ticket.filter.rules.js';
import { filteredTickets } from '../ticket/ticket.query.js';
import { type SurveySums, satisfactionOf } from './survey.metrics.js';
import { SurveyStatus } from './survey.vocabulary.js';

@ObjectType({ description: 'How satisfied customers are, by the surveys they answered.' })
export class Satisfaction {
  @Field(() => Int, { description: 'How many surveys were answered.' })
  answered: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Sum of the overall ratings ÷ answered, from 1 to 5; null while nothing was answered.',
  })
  mean: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'CSAT in percent: overall ratings of 4 or 5 ÷ answered × 100; null while nothing was answered.',
  })
  csat: number | null;
}

/** The satisfaction with the tickets that the viewer may see and the filter means. */
export async function satisfaction(
  ctx: Context,
  where: TicketCriteria | null | undefined,
): Promise<Satisfaction> {
  const row = await filteredTickets(ctx, where)
    .innerJoin('survey as s', 's.ticket_id', 't.id')
    .where('s.status', '=', SurveyStatus.ANSWERED)
    .select([
      sql<string>`count(*)`.as('answered'),
      sql<string>`coalesce(sum(s.overall), 0)`.as('total'),
      sql<string>`count(*) filter (where s.overall >= 4)`.as('content'),
    ])
    .executeTakeFirstOrThrow();
  const sums: SurveySums = {
    answered: Number(row.answered),
    total: Number(row.total),
    content: Number(row.content),
  };
  return satisfactionOf(sums);
}
