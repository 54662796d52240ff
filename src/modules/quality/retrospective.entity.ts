import { Entity, Index, PrimaryKey, Unique } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';
import { Flag, Moment, Text, Whole } from '../../platform/database/columns.js';
import { Node } from '../../platform/graphql/node.js';
import { DateTimeScalar } from '../../platform/graphql/scalars.js';

@Entity({ tableName: 'retrospective' })
@Unique({ properties: ['runId'] })
@Index({ properties: ['ticketId', 'createdAt'] })
@ObjectType({ implements: Node, description: 'What was learned from a run of a process.' })
export class Retrospective implements Node {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Text()
  ticketId: string;

  @Text({ nullable: true })
  runId: string | null = null;

  @Text()
  @Field(() => String, { description: 'What went well, what did not, and why.' })
  notes: string;

  @Moment()
  @Field(() => DateTimeScalar, { description: 'When it was first recorded.' })
  createdAt: Date;
}

@Entity({ tableName: 'improvement_item' })
@Index({ properties: ['ticketId', 'position'] })
@Index({ properties: ['retrospectiveId'] })
@ObjectType({ implements: Node, description: 'Something to do better, out of a retrospective.' })
export class ImprovementItem implements Node {
  @PrimaryKey({ type: 'text' })
  id: string;

  /** The retrospective's ticket: items are read through its scope. */
  @Text()
  ticketId: string;

  @Text()
  retrospectiveId: string;

  /** From 0, in the order they were written down. */
  @Whole()
  position: number;

  @Text()
  @Field(() => String, { description: 'What to do.' })
  text: string;

  @Flag()
  @Field(() => Boolean, { description: 'Whether it is done.' })
  done: boolean = false;
}
