import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { AtMost } from '../../platform/graphql/text-limits.js';
import { Payload } from '../../platform/graphql/user-error.js';
import { Ticket } from '../ticket/ticket.entity.js';
import { Message } from './message.entity.js';

/** What inputs that write into a thread have in common; the schema has only those that extend it. */
@InputType({ description: 'What inputs that write into a thread have in common.' })
abstract class WriteInput {
  @Field(() => ID, { description: 'The ticket.' })
  ticketId: string;
  @AtMost(50_000)
  @Field(() => String, { description: 'The text; plain.' })
  body: string;
  @Field(() => [ID], {
    nullable: true,
    description: 'Files of the ticket that it brings, by their ids: at most 10, of at most 15 MB together.',
  })
  fileIds?: string[] | null;
  @AtMost(200)
  @Field(() => String, {
    nullable: true,
    description: 'Makes a retry safe: the same key and input yield the same message.',
  })
  idempotencyKey?: string;
}

@InputType({ description: 'A public message: of staff to the customer, or of the customer to the desk.' })
export class ReplyToTicketInput extends WriteInput {}

@InputType({ description: 'An internal note.' })
export class AddNoteInput extends WriteInput {}

@ObjectType({ description: 'The message, and the ticket as it is now.' })
export class MessagePayload extends Payload {
  @Field(() => Ticket, {
    nullable: true,
    description:
      'The ticket that has the message: the follow-up where the reply made one. Null when it was refused.',
  })
  ticket?: Ticket | null;
  @Field(() => Message, { nullable: true, description: 'The message; null when the mutation was refused.' })
  message?: Message | null;
}
