import { Entity, PrimaryKey } from '@mikro-orm/decorators/legacy';
import { Field, Int, ObjectType } from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import { Role } from '../../platform/auth/viewer.js';
import { Flag, Moment, Text, TextList, Whole } from '../../platform/database/columns.js';
import { Node } from '../../platform/graphql/node.js';
import { EmailAddressScalar } from '../../platform/graphql/scalars.js';
import './directory.enums.js';
import { Availability } from './directory.vocabulary.js';

@Entity({ tableName: 'agent' })
@ObjectType({ implements: Node, description: 'Who works: somebody of the desk, in one or several roles.' })
export class Agent implements Node {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Text()
  @Field(() => String, { description: 'As customers and colleagues see it.' })
  name: string;

  /** In lower case. */
  @Text({ unique: true })
  @Access('STAFF')
  @Field(() => EmailAddressScalar, { nullable: true, description: 'Unique on the desk. For staff only.' })
  email: string;

  @TextList()
  @Access('STAFF')
  @Field(() => [Role], { nullable: true, description: 'What the agent may do. For staff only.' })
  roles: Role[] = [Role.AGENT];

  @TextList()
  @Access('STAFF')
  @Field(() => [String], {
    nullable: true,
    description: 'What the agent is good at; routing looks for them. For staff only.',
  })
  skills: string[] = [];

  @Text()
  @Access('STAFF')
  @Field(() => Availability, {
    nullable: true,
    description: 'Whether the agent takes new work now. For staff only.',
  })
  availability: Availability = Availability.AVAILABLE;

  @Whole()
  @Access('STAFF')
  @Field(() => Int, {
    nullable: true,
    description: 'How many open tickets the agent works on at most. For staff only.',
  })
  capacity: number = 10;

  @Flag()
  @Access('STAFF')
  @Field(() => Boolean, {
    nullable: true,
    description: 'False once the agent has left: tokens stop working. For staff only.',
  })
  active: boolean = true;

  /** When routing last gave the agent a ticket. */
  @Moment({ nullable: true })
  lastAssignedAt: Date | null = null;

  @Whole()
  @Access('STAFF')
  @Field(() => Int, {
    nullable: true,
    description:
      'Grows with each change: send it back as expectedVersion to change nothing unseen. For staff only.',
  })
  version: number = 1;
}
