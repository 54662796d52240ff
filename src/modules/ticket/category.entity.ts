import { Entity, PrimaryKey } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';
import { Text } from '../../platform/database/columns.js';
import { Node } from '../../platform/graphql/node.js';

@Entity({ tableName: 'category' })
@ObjectType({
  implements: Node,
  description: 'What a ticket is about; may name the team that its tickets go to.',
})
export class Category implements Node {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Text({ unique: true })
  @Field(() => String, { description: 'Unique on the desk.' })
  name: string;

  /** The team that its tickets are routed to. */
  @Text({ nullable: true })
  teamId: string | null = null;
}

@Entity({ tableName: 'product' })
@ObjectType({ implements: Node, description: 'What the customer bought or uses.' })
export class Product implements Node {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Text({ unique: true })
  @Field(() => String, { description: 'Unique on the desk.' })
  name: string;
}
