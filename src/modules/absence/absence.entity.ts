import { Entity, Index, PrimaryKey } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';
import { Moment, Text } from '../../platform/database/columns.js';
import { Node } from '../../platform/graphql/node.js';
import { DateTimeScalar } from '../../platform/graphql/scalars.js';

@Entity({ tableName: 'absence' })
@Index({ properties: ['agentId', 'endsAt'] })
@ObjectType({
  implements: Node,
  description: 'That an agent is away for a time: routing passes them by, and their stand-in acts for them.',
})
export class Absence implements Node {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Text()
  agentId: string;

  @Moment()
  @Field(() => DateTimeScalar, { name: 'from', description: 'Since when.' })
  startsAt: Date;

  @Moment()
  @Field(() => DateTimeScalar, { name: 'to', description: 'Until when; that moment is not part of it.' })
  endsAt: Date;

  @Text({ nullable: true })
  standInId: string | null = null;

  @Text({ nullable: true })
  @Field(() => String, { nullable: true, description: 'Why.' })
  reason: string | null = null;

  @Moment()
  createdAt: Date;
}

@Entity({ tableName: 'approval_delegation' })
@Index({ properties: ['ownerId', 'endsAt'] })
@ObjectType({
  implements: Node,
  description: "That an agent may decide another's approvals in their name for a time.",
})
export class ApprovalDelegation implements Node {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Text()
  ownerId: string;

  @Text()
  delegateId: string;

  @Moment()
  @Field(() => DateTimeScalar, { name: 'from', description: 'Since when.' })
  startsAt: Date;

  @Moment()
  @Field(() => DateTimeScalar, { name: 'until', description: 'Until when; that moment is not part of it.' })
  endsAt: Date;

  @Moment()
  createdAt: Date;
}
