import { Entity, Index, PrimaryKey } from '@mikro-orm/decorators/legacy';
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Json, Moment, Text } from '../../platform/database/columns.js';
import { Node } from '../../platform/graphql/node.js';
import { DateTimeScalar } from '../../platform/graphql/scalars.js';
import type { Weighed } from './routing.policy.js';

export enum AssignmentKind {
  AUTOMATIC = 'AUTOMATIC',
  MANUAL = 'MANUAL',
  CLAIMED = 'CLAIMED',
  RELEASED = 'RELEASED',
}
registerEnumType(AssignmentKind, {
  name: 'AssignmentKind',
  description: 'How a ticket came to somebody.',
  valuesConfig: {
    AUTOMATIC: { description: 'Routing chose.' },
    MANUAL: { description: 'Somebody gave it.' },
    CLAIMED: { description: 'The agent took it.' },
    RELEASED: { description: 'Who had it may work on it no more: it went back to the queue of its team.' },
  },
});

export enum RuledOut {
  AWAY = 'AWAY',
  SKILLS = 'SKILLS',
  FULL = 'FULL',
}
registerEnumType(RuledOut, {
  name: 'RuledOut',
  description: 'What spoke against a candidate.',
  valuesConfig: {
    AWAY: { description: 'The agent is not available.' },
    SKILLS: { description: "The agent lacks a skill that the team's tickets take." },
    FULL: { description: 'The agent works on as many tickets as its capacity allows.' },
  },
});

@ObjectType({ description: 'Somebody routing might have chosen, and what spoke against it.' })
export class AssignmentCandidate {
  agentId: string;
  @Field(() => String, { description: "The agent's name at the time." })
  name: string;
  @Field(() => Int, { description: 'How many open tickets the agent worked on.' })
  load: number;
  @Field(() => Int, { description: 'How many it works on at most.' })
  capacity: number;
  @Field(() => RuledOut, { nullable: true, description: 'What spoke against it; null where nothing did.' })
  ruledOut: Weighed['ruledOut'];
}

@Entity({ tableName: 'assignment' })
@Index({ properties: ['ticketId', 'createdAt'] })
@ObjectType({ implements: Node, description: 'That a ticket went to a team or an agent, and why.' })
export class Assignment implements Node {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Text()
  ticketId: string;

  @Text({ nullable: true })
  teamId: string | null = null;

  @Text({ nullable: true })
  agentId: string | null = null;

  @Text()
  @Field(() => AssignmentKind, { description: 'How it came about.' })
  kind: AssignmentKind;

  @Text()
  @Field(() => String, { description: 'Why, in a sentence.' })
  reason: string;

  @Json()
  @Field(() => [AssignmentCandidate], {
    description: 'Who was weighed, when routing chose; empty otherwise.',
  })
  candidates: Weighed[] = [];

  @Moment()
  @Field(() => DateTimeScalar, { description: 'When.' })
  createdAt: Date;
}
