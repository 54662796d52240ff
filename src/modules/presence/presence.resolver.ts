import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import type { Context } from '../../platform/context.js';
import { payload } from '../../platform/graphql/user-error.js';
import { Agent } from '../directory/agent.entity.js';
import { agentById } from '../directory/directory.loader.js';
import { Ticket } from '../ticket/ticket.entity.js';
import { withTicket } from '../ticket/ticket.service.js';
import { SetPresenceInput, SetPresencePayload } from './presence.input.js';
import { presentAtTicket, setPresence } from './presence.service.js';
import { Presence } from './presence.types.js';

@Resolver(() => Ticket)
export class TicketPresenceResolver {
  @Access('STAFF')
  @Mutation(() => SetPresencePayload, {
    description:
      'Says that one looks at a ticket, types or claims. Say it again every 10 seconds: after 25 without a word one has left.',
  })
  setPresence(
    @Ctx() ctx: Context,
    @Arg('input', () => SetPresenceInput, { description: 'Where, and what.' }) input: SetPresenceInput,
  ) {
    return payload(() => withTicket(ctx, setPresence(ctx, input)));
  }

  @Access('STAFF')
  @FieldResolver(() => [Presence], {
    nullable: true,
    description: 'Who is at it now, oneself included; look before you claim. For staff only.',
  })
  presence(@Ctx() ctx: Context, @Root() ticket: Ticket) {
    return ctx.load(presentAtTicket, ticket.id);
  }
}

@Resolver(() => Presence)
export class PresenceResolver {
  @FieldResolver(() => Agent, { description: 'Who.' })
  agent(@Ctx() ctx: Context, @Root() present: Presence) {
    return ctx.load(agentById, present.agentId);
  }
}
