import { Entity, Index, PrimaryKey } from '@mikro-orm/decorators/legacy';
import { Field, Int, ObjectType } from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import { Moment, Text, Whole } from '../../platform/database/columns.js';
import { Node } from '../../platform/graphql/node.js';
import { DateTimeScalar, EmailAddressScalar } from '../../platform/graphql/scalars.js';
import './survey.enums.js';
import { SurveyStatus } from './survey.vocabulary.js';

@Entity({ tableName: 'survey' })
@Index({ properties: ['ticketId', 'sentAt', 'id'] })
@ObjectType({
  implements: Node,
  description: 'An invitation to judge the service on a ticket, and what came back.',
})
export class Survey implements Node {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Text()
  ticketId: string;

  /** The run whose step sent it. */
  @Index()
  @Text({ nullable: true })
  runId: string | null = null;

  /** SENT or ANSWERED. EXPIRED follows from the time (`statusOf`); the timer that tells of it writes nothing here. */
  @Text()
  status: SurveyStatus = SurveyStatus.SENT;

  /** SHA-256 of the link's token, in hex. The token itself is in the mail alone. */
  @Text({ unique: true })
  tokenHash: string;

  /** The same of the link in the reminder. Either link is good, once. */
  @Text({ nullable: true, unique: true })
  reminderTokenHash: string | null = null;

  @Text()
  @Access('STAFF')
  @Field(() => EmailAddressScalar, { nullable: true, description: 'Where the link went. For staff only.' })
  sentTo: string;

  @Moment()
  @Field(() => DateTimeScalar, { description: 'When it was sent.' })
  sentAt: Date;

  @Moment()
  @Field(() => DateTimeScalar, { description: 'Until when it can be answered.' })
  expiresAt: Date;

  @Moment({ nullable: true })
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was answered.' })
  answeredAt: Date | null = null;

  @Whole({ nullable: true })
  @Field(() => Int, {
    nullable: true,
    description: 'How satisfied on the whole, 1 (not at all) to 5 (very); null until answered.',
  })
  overall: number | null = null;

  @Whole({ nullable: true })
  @Field(() => Int, {
    nullable: true,
    description: 'How quickly the desk reacted, 1 to 5; null where not judged.',
  })
  responsiveness: number | null = null;

  @Whole({ nullable: true })
  @Field(() => Int, {
    nullable: true,
    description: 'How clearly the desk wrote and spoke, 1 to 5; null where not judged.',
  })
  clarity: number | null = null;

  @Whole({ nullable: true })
  @Field(() => Int, {
    nullable: true,
    description: 'How professional the desk was, 1 to 5; null where not judged.',
  })
  professionalism: number | null = null;

  @Text({ nullable: true })
  @Field(() => String, { nullable: true, description: 'In words of their own.' })
  comment: string | null = null;

  @Text({ nullable: true })
  @Access('STAFF')
  @Field(() => String, { nullable: true, description: 'What the desk concludes from it. For staff only.' })
  analysis: string | null = null;
}
