import { Entity, PrimaryKey } from '@mikro-orm/decorators/legacy';
import { Field, Int, ObjectType } from 'type-graphql';
import { Flag, Text, Whole } from '../../platform/database/columns.js';
import { Node } from '../../platform/graphql/node.js';
import './directory.enums.js';
import { Tier } from './directory.vocabulary.js';

@Entity({ tableName: 'organization' })
@ObjectType({
  implements: Node,
  description: 'Groups customers; its tier raises the priority of their tickets.',
})
export class Organization implements Node {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Text({ unique: true })
  @Field(() => String, { description: 'Unique on the desk.' })
  name: string;

  @Text()
  @Field(() => Tier, { description: 'How much it matters to the business.' })
  tier: Tier = Tier.STANDARD;

  @Flag()
  @Field(() => Boolean, { description: "Whether its customers see one another's tickets." })
  sharesTickets: boolean = false;

  @Whole()
  @Field(() => Int, {
    description: 'Grows with each change: send it back as expectedVersion to change nothing unseen.',
  })
  version: number = 1;
}
