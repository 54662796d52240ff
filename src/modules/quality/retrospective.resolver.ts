import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Resolver,
  Root,
} from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import type { Context } from '../../platform/context.js';
import { Payload, payload } from '../../platform/graphql/user-error.js';
import { Run } from '../run/run.entity.js';
import { runById } from '../run/run.loader.js';
import { Ticket } from '../ticket/ticket.entity.js';
import { ticketById } from '../ticket/ticket.scope.js';
import { improvementsOfTicket, retrospectiveById } from './quality.loader.js';
import { ImprovementItem, Retrospective } from './retrospective.entity.js';
import { updateImprovementItem } from './retrospective.service.js';

@InputType({ description: 'Ticks an improvement item, or takes the tick away.' })
export class UpdateImprovementItemInput {
  @Field(() => ID, { description: 'The item.' })
  id: string;
  @Field(() => Boolean, { description: 'Whether it is done.' })
  done: boolean;
}

@ObjectType({ description: 'The improvement item as it is now.' })
export class ImprovementItemPayload extends Payload {
  @Field(() => ImprovementItem, {
    nullable: true,
    description: 'The item; null when the mutation was refused.',
  })
  improvementItem?: ImprovementItem | null;
}

@Resolver(() => Retrospective)
export class RetrospectiveResolver {
  @FieldResolver(() => Ticket, { nullable: true, description: 'The ticket it is about.' })
  ticket(@Ctx() ctx: Context, @Root() retrospective: Retrospective) {
    return ctx.load(ticketById, retrospective.ticketId);
  }

  @FieldResolver(() => Run, { nullable: true, description: 'The run whose step recorded it.' })
  run(@Ctx() ctx: Context, @Root() retrospective: Retrospective) {
    return retrospective.runId && ctx.load(runById, retrospective.runId);
  }

  @FieldResolver(() => [ImprovementItem], {
    description: 'What to do better, in the order it was written down.',
  })
  async items(@Ctx() ctx: Context, @Root() retrospective: Retrospective) {
    const items = (await ctx.load(improvementsOfTicket, retrospective.ticketId)) ?? [];
    return items.filter((item) => item.retrospectiveId === retrospective.id);
  }
}

@Resolver(() => ImprovementItem)
export class ImprovementItemResolver {
  @Access('STAFF')
  @Mutation(() => ImprovementItemPayload, {
    description: 'Ticks an improvement item, or takes the tick away.',
  })
  updateImprovementItem(
    @Ctx() ctx: Context,
    @Arg('input', () => UpdateImprovementItemInput, { description: 'Which and how.' })
    input: UpdateImprovementItemInput,
  ) {
    return payload(() => updateImprovementItem(ctx, input).then((improvementItem) => ({ improvementItem })));
  }

  @FieldResolver(() => Retrospective, { nullable: true, description: 'The retrospective it came out of.' })
  retrospective(@Ctx() ctx: Context, @Root() item: ImprovementItem) {
    return ctx.load(retrospectiveById, item.retrospectiveId);
  }
}
