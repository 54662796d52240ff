import { Ctx, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import type { Context } from '../../platform/context.js';
import { DateTimeScalar } from '../../platform/graphql/scalars.js';
import { Ticket } from '../ticket/ticket.entity.js';
import { escalationsOfTicket } from './escalation.loader.js';
import { type LevelTime, levelTimes } from './level.clock.js';

@ObjectType({ description: 'How long a ticket has been at one level of support.' })
export class LevelClock implements LevelTime {
  @Field(() => Int, { description: '0 for where it arrived, then one more with each escalation.' })
  level: number;
  @Field(() => DateTimeScalar, { description: 'When the ticket came to this level.' })
  startedAt: Date;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was escalated further or resolved; null while the clock runs.',
  })
  stoppedAt: Date | null;
  @Field(() => Int, { description: 'Whole seconds at this level, without pauses.' })
  seconds: number;
}

@Resolver(() => Ticket)
export class TicketLevelsResolver {
  @Access('STAFF')
  @FieldResolver(() => [LevelClock], {
    nullable: true,
    description:
      "A clock for each level of support: the first level's time is not charged to the second. For staff only.",
  })
  async levelClocks(@Ctx() ctx: Context, @Root() ticket: Ticket): Promise<LevelTime[]> {
    const escalations = (await ctx.load(escalationsOfTicket, ticket.id)) ?? [];
    const escalatedAt = escalations.map(({ createdAt }) => createdAt);
    return levelTimes(ticket.createdAt, escalatedAt, ticket.resolvedAt, ctx.desk.clock.now());
  }
}
