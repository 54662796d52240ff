import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';
import { Moment, Text } from '../../platform/database/columns.js';
import { Node } from '../../platform/graphql/node.js';
import { DateScalar, DateTimeScalar } from '../../platform/graphql/scalars.js';
import './coordination.enums.js';
import { CoordinationStatus } from './coordination.vocabulary.js';

@Entity({ tableName: 'coordination_request' })
@Index({ properties: ['ticketId', 'createdAt'] })
@Index({ properties: ['ownerId', 'status'] })
@ObjectType({ implements: Node, description: 'What the desk needs of another department for a ticket.' })
export class CoordinationRequest implements Node {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Text()
  ticketId: string;

  @Text({ nullable: true })
  runId: string | null = null;

  @Text()
  @Field(() => String, { description: 'The department, by name.' })
  department: string;

  @Text()
  @Field(() => String, { description: 'What is needed of it.' })
  brief: string;

  @Text({ nullable: true })
  ownerId: string | null = null;

  @Property({ type: 'string', columnType: 'date', nullable: true })
  @Field(() => DateScalar, {
    nullable: true,
    description: 'By when it is needed; null where there is no hurry.',
  })
  dueOn: string | null = null;

  @Text()
  @Field(() => CoordinationStatus, { description: 'Whether it still waits.' })
  status: CoordinationStatus = CoordinationStatus.OPEN;

  @Text({ nullable: true })
  @Field(() => String, { nullable: true, description: 'What came of it; null while nothing was noted.' })
  outcome: string | null = null;

  @Moment()
  @Field(() => DateTimeScalar, { description: 'When it was opened.' })
  createdAt: Date;

  @Moment()
  @Field(() => DateTimeScalar, { description: 'When it last changed.' })
  updatedAt: Date;
}
