import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import type { Context } from '../../platform/context.js';
import { connectionOf, PageArgs } from '../../platform/graphql/connection.js';
import { Size } from '../../platform/graphql/size.js';
import { payload } from '../../platform/graphql/user-error.js';
import { Actor, actorOf } from '../directory/actor.js';
import { File } from '../file/file.entity.js';
import { fileById } from '../file/file.loader.js';
import { Ticket } from '../ticket/ticket.entity.js';
import { ticketById } from '../ticket/ticket.scope.js';
import { Message } from './message.entity.js';
import { AddNoteInput, MessagePayload, ReplyToTicketInput } from './message.input.js';
import { deliveryFor } from './message.policy.js';
import { failureOfMail, listMessages } from './message.scope.js';
import { addNote, replyToTicket } from './message.service.js';
import { DeliveryFailure, MessageDelivery } from './message.vocabulary.js';

export const MessageConnection = connectionOf(Message, 'Message');

@Resolver(() => Message)
export class MessageResolver {
  @Access('SIGNED_IN')
  @Mutation(() => MessagePayload, {
    description:
      "Writes a public message. Staff's goes to the customer as mail and opens a NEW ticket. A customer's " +
      'opens again a ticket that waits, is RESOLVED or was closed lately; one that was closed too long ago ' +
      'it follows up by a new ticket.',
  })
  replyToTicket(
    @Ctx() ctx: Context,
    @Arg('input', () => ReplyToTicketInput, { description: 'Where and what.' }) input: ReplyToTicketInput,
  ) {
    return payload(() => replyToTicket(ctx, input));
  }

  @Access('STAFF')
  @Mutation(() => MessagePayload, { description: 'Writes an internal note, which no customer sees.' })
  addNote(
    @Ctx() ctx: Context,
    @Arg('input', () => AddNoteInput, { description: 'Where and what.' }) input: AddNoteInput,
  ) {
    return payload(() => addNote(ctx, input));
  }

  @FieldResolver(() => Ticket, { description: 'The ticket whose thread it is in.' })
  ticket(@Ctx() ctx: Context, @Root() message: Message) {
    return ctx.load(ticketById, message.ticketId);
  }

  @FieldResolver(() => MessageDelivery, {
    nullable: true,
    description:
      'How far its mail came; null for what did not go out as mail. Customers learn only that it was SENT.',
  })
  delivery(@Ctx() ctx: Context, @Root() message: Message) {
    return deliveryFor(ctx.viewer, message.delivery);
  }

  @Access('STAFF')
  @FieldResolver(() => DeliveryFailure, {
    nullable: true,
    description:
      'Why its mail was not taken when it was last tried, whether it is tried again (QUEUED) or given up (FAILED); null for what was taken, or not tried yet. For staff only.',
  })
  deliveryFailure(@Ctx() ctx: Context, @Root() { mailId }: Message) {
    return mailId && ctx.load(failureOfMail, mailId);
  }

  @Size(1)
  @FieldResolver(() => [File], { description: 'The files that it brings.' })
  async files(@Ctx() ctx: Context, @Root() { fileIds }: Message) {
    const files = await Promise.all(fileIds.map((id) => ctx.load(fileById, id)));
    return files.filter((file) => file !== null);
  }

  @FieldResolver(() => Actor, {
    nullable: true,
    description: 'Who wrote it; null where the desk itself did, or somebody whom the viewer may not see.',
  })
  author(@Ctx() ctx: Context, @Root() message: Message) {
    return actorOf(ctx, message.authorId);
  }
}

@Resolver(() => Ticket)
export class TicketMessagesResolver {
  @FieldResolver(() => MessageConnection, {
    description: 'The thread, the oldest first: public messages, and the internal notes for staff.',
  })
  messages(@Ctx() ctx: Context, @Root() ticket: Ticket, @Args(() => PageArgs) page: PageArgs) {
    return listMessages(ctx, ticket.id, page);
  }
}
