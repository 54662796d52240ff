import { Entity, Index, PrimaryKey } from '@mikro-orm/decorators/legacy';
import { Field, Int, ObjectType } from 'type-graphql';
import { Flag, Text, TextList, Whole } from '../../platform/database/columns.js';
import { Node } from '../../platform/graphql/node.js';

@Entity({ tableName: 'team' })
@ObjectType({
  implements: Node,
  description: 'A department: members, skills, a lead and an escalation target.',
})
export class Team implements Node {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Text({ unique: true })
  @Field(() => String, { description: 'Unique on the desk.' })
  name: string;

  @TextList()
  @Field(() => [String], { description: 'What its tickets take; an agent without them is passed by.' })
  skills: string[] = [];

  @Text({ nullable: true })
  leadId: string | null = null;

  /** The team that takes what this one escalates. */
  @Text({ nullable: true })
  escalationTeamId: string | null = null;

  /** The calendar that the team goes by; the default without one. */
  @Text({ nullable: true })
  calendarId: string | null = null;

  @Flag()
  @Field(() => Boolean, { description: 'Whether only its members (and managers) see its tickets.' })
  restricted: boolean = false;

  @Whole()
  @Field(() => Int, {
    description:
      'Grows with each change, of its members too: send it back as expectedVersion to change nothing unseen.',
  })
  version: number = 1;
}

/** That an agent belongs to a team. */
@Entity({ tableName: 'team_member' })
export class TeamMember {
  @PrimaryKey({ type: 'text' })
  teamId: string;

  @Index()
  @PrimaryKey({ type: 'text' })
  agentId: string;
}
