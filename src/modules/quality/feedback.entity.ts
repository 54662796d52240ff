import { Entity, Index, PrimaryKey } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';
import { Moment, Text } from '../../platform/database/columns.js';
import { Node } from '../../platform/graphql/node.js';
import { DateTimeScalar } from '../../platform/graphql/scalars.js';

@Entity({ tableName: 'feedback' })
@Index({ properties: ['agentId', 'createdAt', 'id'] })
@Index({ properties: ['ticketId'] })
@ObjectType({
  implements: Node,
  description:
    'What an agent is told about its work on a ticket. Seen by that agent and the leads of its teams only.',
})
export class Feedback implements Node {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Text()
  ticketId: string;

  @Text()
  agentId: string;

  @Text()
  authorId: string;

  @Text()
  @Field(() => String, { description: 'What there is to say.' })
  body: string;

  @Moment()
  @Field(() => DateTimeScalar, { description: 'When it was given.' })
  createdAt: Date;
}
