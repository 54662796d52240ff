import { Entity, Index, PrimaryKey } from '@mikro-orm/decorators/legacy';
import { Field, Int, ObjectType } from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import { Json, Moment, Text, Whole } from '../../platform/database/columns.js';
import { Node } from '../../platform/graphql/node.js';
import { DateTimeScalar } from '../../platform/graphql/scalars.js';
import './ticket.enums.js';
import type { TicketFacets } from './ticket.facets.js';
import { Channel, Level, Priority, TicketStatus } from './ticket.vocabulary.js';

@Entity({ tableName: 'ticket' })
@Index({ properties: ['createdAt', 'id'] })
@Index({ properties: ['updatedAt', 'id'] })
@Index({ properties: ['customerId', 'createdAt'] })
@Index({ properties: ['assigneeId', 'status'] })
@Index({ properties: ['teamId', 'status'] })
@Index({ properties: ['status', 'createdAt', 'id'] })
@ObjectType({ implements: Node, description: 'One customer request.' })
export class Ticket implements Node {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Whole({ unique: true })
  @Field(() => Int, { description: 'For people: written SD-1042, unique on the desk.' })
  number: number;

  @Text({ nullable: true, unique: true })
  @Access('STAFF')
  @Field(() => String, {
    nullable: true,
    description: 'Its id in the system it came from, for example an import. For staff only.',
  })
  externalId: string | null = null;

  @Text()
  @Field(() => String, { description: 'The request in a line.' })
  subject: string;

  @Text()
  @Field(() => String, { description: 'The request in full, as the customer put it.' })
  description: string;

  @Text()
  @Field(() => TicketStatus, { description: 'Where it stands in its life cycle.' })
  status: TicketStatus = TicketStatus.NEW;

  @Text()
  @Field(() => Channel, { description: 'How it reached the desk.' })
  channel: Channel;

  @Text()
  @Access('STAFF')
  @Field(() => Level, { nullable: true, description: 'How much is affected. For staff only.' })
  impact: Level = Level.MEDIUM;

  @Text()
  @Access('STAFF')
  @Field(() => Level, { nullable: true, description: 'How soon it hurts. For staff only.' })
  urgency: Level = Level.MEDIUM;

  @Text()
  @Access('STAFF')
  @Field(() => Priority, {
    nullable: true,
    description:
      "Follows from impact, urgency and the organization's tier, unless overridden. For staff only.",
  })
  priority: Priority = Priority.MEDIUM;

  @Text({ nullable: true })
  @Access('STAFF')
  @Field(() => String, {
    nullable: true,
    description: 'Why the priority was overridden; null while it follows the matrix. For staff only.',
  })
  priorityReason: string | null = null;

  @Text({ nullable: true })
  categoryId: string | null = null;

  @Text({ nullable: true })
  productId: string | null = null;

  @Text()
  customerId: string;

  @Text({ nullable: true })
  organizationId: string | null = null;

  @Text({ nullable: true })
  teamId: string | null = null;

  @Text({ nullable: true })
  assigneeId: string | null = null;

  @Whole()
  @Access('STAFF')
  @Field(() => Int, {
    nullable: true,
    description: 'How often it was escalated; 0 is the first level. For staff only.',
  })
  escalationLevel: number = 0;

  @Text({ nullable: true })
  @Field(() => String, { nullable: true, description: 'What solved it, once that is recorded.' })
  resolution: string | null = null;

  @Text({ nullable: true })
  @Access('STAFF')
  @Field(() => String, { nullable: true, description: 'What was noted at closing. For staff only.' })
  closingNotes: string | null = null;

  @Moment({ nullable: true })
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the customer was told to expect a resolution.',
  })
  promisedResolutionAt: Date | null = null;

  @Moment({ nullable: true })
  @Field(() => DateTimeScalar, { nullable: true, description: 'When the desk first answered the customer.' })
  firstResponseAt: Date | null = null;

  @Moment({ nullable: true })
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was last resolved; null while it is not.',
  })
  resolvedAt: Date | null = null;

  @Moment({ nullable: true })
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was last closed; null while it is not.',
  })
  closedAt: Date | null = null;

  @Whole()
  @Access('STAFF')
  @Field(() => Int, { nullable: true, description: 'How often it was reopened. For staff only.' })
  reopenCount: number = 0;

  /** The closed ticket that this one follows up. */
  @Text({ nullable: true })
  followUpOfId: string | null = null;

  /** Columns of an import that have no place of their own, as they came. */
  @Json({ nullable: true })
  imported: Record<string, string> | null = null;

  @Moment()
  @Field(() => DateTimeScalar, { description: 'When the request was made.' })
  createdAt: Date;

  @Moment()
  @Access('STAFF')
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When anything about it last changed. For staff only: it would tell of internal work.',
  })
  updatedAt: Date;

  @Whole()
  @Access('STAFF')
  @Field(() => Int, {
    nullable: true,
    description:
      'Grows with each change: send it back as expectedVersion to change nothing unseen. For staff only.',
  })
  version: number = 1;
}

/** The attributes that lists and access go by, as events carry them. */
export function facetsOf(ticket: Ticket): TicketFacets {
  const text = (moment: Date | null) => moment?.toISOString() ?? null;
  return {
    number: ticket.number,
    status: ticket.status,
    priority: ticket.priority,
    impact: ticket.impact,
    urgency: ticket.urgency,
    channel: ticket.channel,
    categoryId: ticket.categoryId,
    productId: ticket.productId,
    teamId: ticket.teamId,
    assigneeId: ticket.assigneeId,
    customerId: ticket.customerId,
    organizationId: ticket.organizationId,
    escalationLevel: ticket.escalationLevel,
    createdAt: ticket.createdAt.toISOString(),
    updatedAt: ticket.updatedAt.toISOString(),
    resolvedAt: text(ticket.resolvedAt),
    closedAt: text(ticket.closedAt),
  };
}
