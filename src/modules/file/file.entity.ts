import { Entity, Index, PrimaryKey } from '@mikro-orm/decorators/legacy';
import { Field, Int, ObjectType } from 'type-graphql';
import { Flag, Moment, Text, Whole } from '../../platform/database/columns.js';
import { Node } from '../../platform/graphql/node.js';
import { DateTimeScalar } from '../../platform/graphql/scalars.js';
import './file.enums.js';
import { FileStatus } from './file.vocabulary.js';

@Entity({ tableName: 'file' })
@Index({ properties: ['ticketId', 'createdAt', 'id'] })
@Index({ properties: ['uploadedById'], where: 'used_at is null' })
@ObjectType({
  implements: Node,
  description:
    'A file of a ticket. What nothing of the ticket names a day after it was announced is dropped.',
})
export class File implements Node {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Text()
  ticketId: string;

  @Text()
  @Field(() => String, { description: 'What it is called, as its uploader said; never a path.' })
  name: string;

  @Text()
  @Field(() => String, { description: 'Its media type, as its uploader said: image/png.' })
  contentType: string;

  @Whole()
  @Field(() => Int, { description: 'How many bytes it has.' })
  size: number;

  @Text({ nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'SHA-256 of its bytes, in hex; null while it is PENDING.',
  })
  sha256: string | null = null;

  @Text()
  @Field(() => FileStatus, { description: 'Whether its bytes are there.' })
  status: FileStatus = FileStatus.PENDING;

  /** An agent's or a customer's id. */
  @Text()
  uploadedById: string;

  /** Whether a customer who sees the ticket sees it too: a customer's own, and what a public message brings. */
  @Flag()
  customerVisible: boolean = false;

  /** Under which its bytes are kept: each try to upload it has a name of its own, and one of them wins. */
  @Text({ nullable: true })
  take: string | null = null;

  @Moment()
  @Field(() => DateTimeScalar, { description: 'When it was announced.' })
  createdAt: Date;

  @Moment({ nullable: true })
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When its bytes came; null while it is PENDING.',
  })
  storedAt: Date | null = null;

  /** When something that lasts first named it. Null: it is dropped in time. */
  @Moment({ nullable: true })
  usedAt: Date | null = null;
}
