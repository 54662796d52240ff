import { Arg, Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import type { Context } from '../../platform/context.js';
import { DomainError, ErrorCode } from '../../platform/errors.js';
import { CursorScalar } from '../../platform/graphql/scalars.js';
import { type EventPageRoot, eventsAfter } from './event-page.query.js';
import { TicketEvent } from './ticket-event.types.js';

const MOST = 100;

@ObjectType({ description: 'What follows a cursor in the event log, as far as you may see it.' })
export class EventPage {
  @Field(() => [TicketEvent], { description: 'The events, in the order of the log.' })
  events: TicketEvent[];
  @Field(() => CursorScalar, {
    description: 'Where to read on, or to subscribe after: the same cursors as in subscriptions.',
  })
  cursor: string;
  @Field(() => Boolean, {
    description: 'Whether there may be more at once: read on after the cursor, also when the page is empty.',
  })
  hasMore: boolean;
  @Field(() => Boolean, {
    description: 'The cursor given can not be read on from: query anew, and read on from this page’s cursor.',
  })
  resyncRequired: boolean;
}

@Resolver()
export class EventPageResolver {
  @Access('SIGNED_IN')
  @Query(() => EventPage, {
    description:
      'Pulls the event log: what subscriptions push, with the same cursors. For integrations that follow the desk.',
  })
  events(
    @Ctx() ctx: Context,
    @Arg('after', () => CursorScalar, {
      nullable: true,
      description: 'Only what follows this cursor; from the beginning of the log without it.',
    })
    after?: string,
    @Arg('first', () => Int, { defaultValue: 25, description: `How many events at most, 1 to ${MOST}.` })
    first = 25,
    @Arg('ticket', () => ID, { nullable: true, description: 'Only those of this ticket.' }) ticket?: string,
  ): Promise<EventPageRoot> {
    if (first < 1 || first > MOST)
      throw new DomainError(ErrorCode.INVALID_INPUT, `first is from 1 to ${MOST}.`, ['first']);
    return eventsAfter(ctx, after, first, ticket);
  }
}
