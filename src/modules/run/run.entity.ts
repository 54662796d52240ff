import { Entity, Index, PrimaryKey } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';
import { Moment, Text } from '../../platform/database/columns.js';
import { Node } from '../../platform/graphql/node.js';
import { DateTimeScalar } from '../../platform/graphql/scalars.js';
import './run.enums.js';
import { RunPhase } from './run.state.js';

@Entity({ tableName: 'run' })
@Index({ properties: ['ticketId', 'startedAt'] })
@ObjectType({ implements: Node, description: 'One process version being followed for one ticket.' })
export class Run implements Node {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Text()
  ticketId: string;

  @Text()
  processId: string;

  @Text()
  processVersionId: string;

  @Text()
  @Field(() => RunPhase, { description: 'Whether it is being followed, at its end, or given up.' })
  phase: RunPhase = RunPhase.ACTIVE;

  @Text()
  startedById: string;

  @Moment()
  @Field(() => DateTimeScalar, { description: 'When it was started.' })
  startedAt: Date;

  @Moment({ nullable: true })
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was completed or cancelled.' })
  endedAt: Date | null = null;
}
