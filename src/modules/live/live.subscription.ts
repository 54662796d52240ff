import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  ObjectType,
  Query,
  Resolver,
  Root,
  registerEnumType,
  Subscription,
} from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import type { Context } from '../../platform/context.js';
import { CursorScalar, DateTimeScalar } from '../../platform/graphql/scalars.js';
import { Actor, actorOf } from '../directory/actor.js';
import { Ticket } from '../ticket/ticket.entity.js';
import { TicketFilter } from '../ticket/ticket.filter.js';
import { ticketById } from '../ticket/ticket.scope.js';
import { QueueMove } from './queue.rules.js';
import { type QueueChangeRoot, queueStream } from './queue.source.js';
import { ticketEventStream } from './ticket-event.source.js';
import { TicketEvent, type TicketEventRoot } from './ticket-event.types.js';

registerEnumType(QueueMove, {
  name: 'QueueMove',
  description: 'What a change means to a live list.',
  valuesConfig: {
    ENTERED: { description: 'The ticket is in the list now and was not before.' },
    UPDATED: { description: 'It was in the list and still is; something about it changed.' },
    LEFT: { description: 'It is no longer in the list, or no longer to be seen: only its id is told.' },
    RESYNC_REQUIRED: {
      description:
        'The cursor cannot be resumed from, or your rights have changed. Query the list anew and subscribe with this cursor; nothing follows.',
    },
    HEARTBEAT: {
      description: 'Nothing happened in the list; the log was read up to this cursor: resume after it.',
    },
  },
});

@ObjectType({ description: 'A change of a live list.' })
export class QueueChange {
  @Field(() => QueueMove, { description: 'What it means to the list.' })
  move: QueueMove;
  @Field(() => CursorScalar, { description: 'Where it stands in the log: resume after it.' })
  cursor: string;
  @Field(() => DateTimeScalar, { description: 'When it happened.' })
  occurredAt: Date;
  @Field(() => ID, { nullable: true, description: 'Which ticket; null for RESYNC_REQUIRED and HEARTBEAT.' })
  ticketId: string | null;
}

const AFTER = 'Resume after this cursor: nothing is missed and nothing comes twice. From now on without it.';

@Resolver(() => TicketEvent)
export class TicketEventResolver {
  @Access('SIGNED_IN')
  @Subscription(() => TicketEvent, {
    description:
      'What happens to one ticket: its attributes, steps, approvals, messages, surveys, reports; each event once, in order.',
    subscribe: ({ context, args }: { context: Context; args: { ticket: string; after?: string } }) =>
      ticketEventStream(context, args.ticket, args.after),
  })
  ticketEvents(
    @Root() event: TicketEventRoot,
    @Arg('ticket', () => ID, { description: 'The ticket.' }) _ticket: string,
    @Arg('after', () => CursorScalar, { nullable: true, description: AFTER }) _after?: string,
  ): unknown {
    return event;
  }

  @Access('SIGNED_IN')
  @Query(() => CursorScalar, {
    description:
      'The present place in the event log. Ask for it beside what you read, then subscribe after it: no gap.',
  })
  eventCursor(@Ctx() ctx: Context): string {
    // Taken before the other fields of the query read anything: what they show is never older than it.
    return ctx.desk.eventLog.cursors.encode(ctx.desk.hub.position);
  }

  @FieldResolver(() => Actor, { nullable: true, description: 'Who did it; null for the desk itself.' })
  actor(@Ctx() ctx: Context, @Root() event: TicketEventRoot) {
    return actorOf(ctx, event.actorId);
  }

  @FieldResolver(() => Ticket, {
    nullable: true,
    description: 'The ticket as it is now; null once it may not be seen.',
  })
  ticket(@Ctx() ctx: Context, @Root() event: TicketEventRoot) {
    return ctx.load(ticketById, event.ticketId);
  }
}

@Resolver(() => QueueChange)
export class QueueChangeResolver {
  @Access('SIGNED_IN')
  @Subscription(() => QueueChange, {
    description: 'How a list of tickets changes: what enters it, what changes in it, what leaves it.',
    subscribe: ({ context, args }: { context: Context; args: { where?: TicketFilter; after?: string } }) =>
      queueStream(context, args.where, args.after),
  })
  queueChanges(
    @Root() change: QueueChangeRoot,
    @Arg('where', () => TicketFilter, {
      nullable: true,
      description: 'Which tickets the list has; all that you may see without it.',
    })
    _where?: TicketFilter,
    @Arg('after', () => CursorScalar, { nullable: true, description: AFTER }) _after?: string,
  ): unknown {
    return change;
  }

  @FieldResolver(() => Ticket, { nullable: true, description: 'The ticket as it is now; null when it LEFT.' })
  ticket(@Ctx() ctx: Context, @Root() change: QueueChangeRoot) {
    return change.ticketId && change.move !== QueueMove.LEFT ? ctx.load(ticketById, change.ticketId) : null;
  }
}
