import { Entity, Index, PrimaryKey, Unique } from '@mikro-orm/decorators/legacy';
import { Field, Int, ObjectType } from 'type-graphql';
import { Moment, Text, TextList, Whole } from '../../platform/database/columns.js';
import { Node } from '../../platform/graphql/node.js';
import { DateTimeScalar } from '../../platform/graphql/scalars.js';
import './report.enums.js';
import { ReportKind, ReportStatus } from './report.vocabulary.js';

/** A run has one report of a kind: drafting it again writes the same one anew. */
@Entity({ tableName: 'report' })
@Unique({ properties: ['runId', 'kind'] })
@Index({ properties: ['ticketId', 'createdAt'] })
@ObjectType({
  implements: Node,
  description:
    "What was done on a ticket, drafted from the ticket's own data. Once archived it never changes.",
})
export class Report implements Node {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Text()
  ticketId: string;

  @Text({ nullable: true })
  runId: string | null = null;

  @Text()
  @Field(() => ReportKind, { description: 'What it is about.' })
  kind: ReportKind;

  @Text()
  @Field(() => ReportStatus, { description: 'Where it stands.' })
  status: ReportStatus = ReportStatus.DRAFT;

  @Text()
  @Field(() => String, { description: 'Its kind and the ticket, in a line.' })
  title: string;

  @Text()
  @Field(() => String, { description: 'What whoever drafted it has to say.' })
  summary: string;

  @Text()
  @Field(() => String, { description: "Plain text, drafted from the ticket's own data; times are in UTC." })
  body: string;

  @Text()
  draftedById: string;

  /** Who has edited it since it was drafted: what it says is theirs too. */
  @TextList()
  editedByIds: string[] = [];

  @Text({ nullable: true })
  approvedById: string | null = null;

  @Moment({ nullable: true })
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was approved; null while it is a draft.',
  })
  approvedAt: Date | null = null;

  @Moment({ nullable: true })
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was archived; null while it may change.',
  })
  archivedAt: Date | null = null;

  @Text({ nullable: true })
  @Field(() => String, {
    nullable: true,
    description:
      'SHA-256 of what it says and who answers for it, in hexadecimal; null while it is not archived.',
  })
  contentHash: string | null = null;

  @Moment()
  @Field(() => DateTimeScalar, { description: 'When it was first drafted.' })
  createdAt: Date;

  @Moment()
  @Field(() => DateTimeScalar, { description: 'When it last changed.' })
  updatedAt: Date;

  @Whole()
  @Field(() => Int, {
    description: 'Grows with each change: send it back as expectedVersion to change nothing unseen.',
  })
  version: number = 1;
}
