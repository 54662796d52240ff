import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Json, Moment, Text } from '../../platform/database/columns.js';
import { Node } from '../../platform/graphql/node.js';
import { DateTimeScalar } from '../../platform/graphql/scalars.js';
import type { Score } from './quality.rules.js';

@ObjectType({ description: 'What one criterion of a review was given.' })
export class QualityScore implements Score {
  @Field(() => String, {
    description: 'Stable name of the criterion: the key of the form field that asks for it.',
  })
  criterion: string;

  @Field(() => String, { description: 'As people read it.' })
  label: string;

  @Field(() => Int, { description: 'The higher the better; 1 to 5 unless the process says otherwise.' })
  score: number;

  @Field(() => Int, {
    nullable: true,
    description:
      'Set for a critical criterion: a score below this fails the review, however good the rest is.',
  })
  failBelow?: number;
}

@Entity({ tableName: 'quality_review' })
@Index({ properties: ['ticketId', 'createdAt'] })
@Index({ properties: ['agentId', 'createdAt'] })
@ObjectType({ implements: Node, description: 'How well the service on a ticket was, by criteria.' })
export class QualityReview implements Node {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Text()
  ticketId: string;

  @Text({ nullable: true })
  runId: string | null = null;

  @Text()
  reviewerId: string;

  /** The ticket's assignee at the time. */
  @Text({ nullable: true })
  agentId: string | null = null;

  @Json()
  @Field(() => [QualityScore], { description: 'Each criterion, in the order of the form.' })
  scores: Score[];

  @Property({ type: 'double' })
  @Field(() => Float, {
    description: 'The mean of the scores, each weighing the same, to two decimal places.',
  })
  overall: number;

  @Text({ nullable: true })
  @Field(() => String, { nullable: true, description: 'What the reviewer adds to the scores.' })
  summary: string | null = null;

  @Moment()
  @Field(() => DateTimeScalar, { description: 'When it was recorded.' })
  createdAt: Date;
}
