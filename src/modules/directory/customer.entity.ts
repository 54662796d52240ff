import { Entity, Index, PrimaryKey } from '@mikro-orm/decorators/legacy';
import { Field, Int, ObjectType } from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import { Moment, Text, Whole } from '../../platform/database/columns.js';
import { Node } from '../../platform/graphql/node.js';
import { DateTimeScalar, EmailAddressScalar } from '../../platform/graphql/scalars.js';

@Entity({ tableName: 'customer' })
@ObjectType({ implements: Node, description: 'Who asks.' })
export class Customer implements Node {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Text()
  @Field(() => String, { description: 'As the customer is addressed.' })
  name: string;

  /** In lower case. */
  @Text({ unique: true })
  @Field(() => EmailAddressScalar, { description: 'Unique on the desk; mail to the customer goes here.' })
  email: string;

  @Index()
  @Text({ nullable: true })
  organizationId: string | null = null;

  @Moment()
  @Field(() => DateTimeScalar, { description: 'When the desk first heard of the customer.' })
  createdAt: Date;

  @Whole()
  @Access('STAFF')
  @Field(() => Int, {
    nullable: true,
    description:
      'Grows with each change: send it back as expectedVersion to change nothing unseen. For staff only.',
  })
  version: number = 1;
}
