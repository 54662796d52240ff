import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import type { Context } from '../../platform/context.js';
import { PageArgs } from '../../platform/graphql/connection.js';
import { payload } from '../../platform/graphql/user-error.js';
import { resolveTicket } from '../message/resolution.service.js';
import { Category, Product } from './category.entity.js';
import { categoryById, productById } from './category.loader.js';
import { TicketConnection } from './ticket.connection.js';
import { Ticket } from './ticket.entity.js';
import { TicketFilter, TicketOrder } from './ticket.filter.js';
import {
  CountBy,
  CreateTicketInput,
  ReopenTicketInput,
  ResolveTicketInput,
  SetPriorityInput,
  SetStatusInput,
  TicketBy,
  TicketCount,
  TicketPayload,
} from './ticket.input.js';
import { countTickets, findTicket, listTickets } from './ticket.query.js';
import { ticketById } from './ticket.scope.js';
import { createTicket, ticketAsItIs, withTicket } from './ticket.service.js';
import { reopenTicket, setTicketPriority, setTicketStatus } from './ticket-lifecycle.service.js';

@Resolver(() => Ticket)
export class TicketResolver {
  @Access('SIGNED_IN')
  @Query(() => Ticket, { nullable: true, description: 'One ticket; null where there is none to see.' })
  ticket(@Ctx() ctx: Context, @Arg('by', () => TicketBy, { description: 'Which one.' }) by: TicketBy) {
    return findTicket(ctx, by);
  }

  @Access('SIGNED_IN')
  @Query(() => TicketConnection, { description: 'Tickets; the newest first unless told otherwise.' })
  tickets(
    @Ctx() ctx: Context,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('where', () => TicketFilter, { nullable: true, description: 'Which ones; all without it.' })
    where?: TicketFilter,
    @Arg('orderBy', () => [TicketOrder], {
      nullable: true,
      description: 'In which order; the id is always the last key.',
    })
    orderBy?: TicketOrder[],
  ) {
    return listTickets(ctx, where, orderBy, page);
  }

  @Access('STAFF')
  @Query(() => [TicketCount], {
    description: 'How many tickets there are of each kind; the most frequent first.',
  })
  ticketCounts(
    @Ctx() ctx: Context,
    @Arg('by', () => CountBy, { description: 'What to count by.' }) by: CountBy,
    @Arg('where', () => TicketFilter, { nullable: true, description: 'Which tickets; all without it.' })
    where?: TicketFilter,
  ) {
    return countTickets(ctx, by, where);
  }

  @Access('SIGNED_IN')
  @Mutation(() => TicketPayload, {
    description: 'Makes a ticket: a customer its own, staff one for a customer.',
  })
  createTicket(
    @Ctx() ctx: Context,
    @Arg('input', () => CreateTicketInput, { description: 'The request.' }) input: CreateTicketInput,
  ) {
    return payload(async () => ({ ticket: await createTicket(ctx, input) }));
  }

  @Access('STAFF')
  @Mutation(() => TicketPayload, { description: 'Moves a ticket between OPEN, PENDING and ON_HOLD.' })
  setTicketStatus(
    @Ctx() ctx: Context,
    @Arg('input', () => SetStatusInput, { description: 'Which and where to.' }) input: SetStatusInput,
  ) {
    return payload(
      () => withTicket(ctx, setTicketStatus(ctx, input)),
      () => ticketAsItIs(ctx, input.ticketId),
    );
  }

  @Access('STAFF')
  @Mutation(() => TicketPayload, {
    description: 'Assesses impact and urgency anew, or overrides the priority.',
  })
  setTicketPriority(
    @Ctx() ctx: Context,
    @Arg('input', () => SetPriorityInput, { description: 'Which and how.' }) input: SetPriorityInput,
  ) {
    return payload(
      () => withTicket(ctx, setTicketPriority(ctx, input)),
      () => ticketAsItIs(ctx, input.ticketId),
    );
  }

  @Access('STAFF')
  @Mutation(() => TicketPayload, {
    description: 'Says what solved a ticket, and tells its customer by mail. Needs an assignee.',
  })
  resolveTicket(
    @Ctx() ctx: Context,
    @Arg('input', () => ResolveTicketInput, { description: 'Which and how.' }) input: ResolveTicketInput,
  ) {
    return payload(
      () => withTicket(ctx, resolveTicket(ctx, input)),
      () => ticketAsItIs(ctx, input.ticketId),
    );
  }

  @Access('SIGNED_IN')
  @Mutation(() => TicketPayload, {
    description: 'Opens a RESOLVED or CLOSED ticket again; a closed one for some days only.',
  })
  reopenTicket(
    @Ctx() ctx: Context,
    @Arg('input', () => ReopenTicketInput, { description: 'Which and why.' }) input: ReopenTicketInput,
  ) {
    return payload(
      () => withTicket(ctx, reopenTicket(ctx, input)),
      () => ticketAsItIs(ctx, input.ticketId),
    );
  }

  @FieldResolver(() => Category, { nullable: true, description: 'What it is about.' })
  category(@Ctx() ctx: Context, @Root() ticket: Ticket) {
    return ticket.categoryId && ctx.load(categoryById, ticket.categoryId);
  }

  @FieldResolver(() => Product, { nullable: true, description: 'The product concerned.' })
  product(@Ctx() ctx: Context, @Root() ticket: Ticket) {
    return ticket.productId && ctx.load(productById, ticket.productId);
  }

  @FieldResolver(() => Ticket, { nullable: true, description: 'The closed ticket that this one follows up.' })
  followUpOf(@Ctx() ctx: Context, @Root() ticket: Ticket) {
    return ticket.followUpOfId && ctx.load(ticketById, ticket.followUpOfId);
  }
}
