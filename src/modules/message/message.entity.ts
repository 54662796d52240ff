import { Entity, Index, PrimaryKey } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';
import { Moment, Text, TextList } from '../../platform/database/columns.js';
import { Node } from '../../platform/graphql/node.js';
import { DateTimeScalar } from '../../platform/graphql/scalars.js';
import './message.enums.js';
import { type MessageDelivery, MessageDirection, MessageVisibility } from './message.vocabulary.js';

@Entity({ tableName: 'message' })
@Index({ properties: ['ticketId', 'createdAt', 'id'] })
@ObjectType({ implements: Node, description: "One text in a ticket's thread; never changed once written." })
export class Message implements Node {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Text()
  ticketId: string;

  @Text()
  @Field(() => MessageVisibility, { description: 'Who may read it.' })
  visibility: MessageVisibility;

  @Text()
  @Field(() => MessageDirection, { description: 'Which way it goes.' })
  direction: MessageDirection;

  /** An agent's or a customer's id, or `system` where the desk itself wrote. */
  @Text()
  authorId: string;

  @Text({ nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'The subject line, of a message that went out as mail.',
  })
  subject: string | null = null;

  @Text()
  @Field(() => String, { description: 'The text: plain, with line breaks.' })
  body: string;

  /** The mail it went out as. */
  @Index()
  @Text({ nullable: true })
  mailId: string | null = null;

  /** Null for what did not go out as mail. Shown by a field resolver: not everything to everyone. */
  @Text({ nullable: true })
  delivery: MessageDelivery | null = null;

  /** The files that it brings. */
  @TextList()
  fileIds: string[] = [];

  @Moment()
  @Field(() => DateTimeScalar, { description: 'When it was written.' })
  createdAt: Date;
}
