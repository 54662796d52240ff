import { Entity, Index, PrimaryKey } from '@mikro-orm/decorators/legacy';
import { Field, Int, ObjectType } from 'type-graphql';
import { Moment, Text, Whole } from '../../platform/database/columns.js';
import { Node } from '../../platform/graphql/node.js';
import { DateTimeScalar } from '../../platform/graphql/scalars.js';

@Entity({ tableName: 'escalation' })
@Index({ properties: ['ticketId', 'createdAt'] })
@ObjectType({ implements: Node, description: 'That a ticket was handed to a higher level, and why.' })
export class Escalation implements Node {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Text()
  ticketId: string;

  @Text({ nullable: true })
  runId: string | null = null;

  @Whole()
  @Field(() => Int, { description: "The ticket's level from then on; 1 for the first escalation." })
  level: number;

  @Text()
  @Field(() => String, { description: 'Why.' })
  reason: string;

  /** Where the ticket was before. */
  @Text({ nullable: true })
  fromTeamId: string | null = null;

  @Text({ nullable: true })
  fromAgentId: string | null = null;

  /** Where the ticket was after. */
  @Text({ nullable: true })
  toTeamId: string | null = null;

  @Text({ nullable: true })
  toAgentId: string | null = null;

  @Text()
  escalatedById: string;

  @Moment()
  @Field(() => DateTimeScalar, { description: 'When.' })
  createdAt: Date;
}
