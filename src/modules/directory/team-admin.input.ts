import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { AtMost } from '../../platform/graphql/text-limits.js';
import { Payload } from '../../platform/graphql/user-error.js';
import { Team } from './team.entity.js';

@InputType({ description: 'A team that begins.' })
export class CreateTeamInput {
  @AtMost(200)
  @Field(() => String, { description: 'Unique on the desk; at most 200 characters.' })
  name: string;
  @AtMost(100)
  @Field(() => [String], { defaultValue: [], description: 'What its tickets take.' })
  skills: string[];
  @Field(() => ID, {
    nullable: true,
    description: 'Who leads it: somebody with the role TEAM_LEAD, and not oneself.',
  })
  leadId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The team that takes what this one escalates.' })
  escalationTeamId?: string | null;
  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether only its members (and managers) see its tickets.',
  })
  restricted: boolean;
  @Field(() => [ID], { defaultValue: [], description: 'Who belongs to it; not oneself.' })
  memberIds: string[];
  @AtMost(200)
  @Field(() => String, {
    nullable: true,
    description: 'Makes retries safe: the same key and input make one team.',
  })
  idempotencyKey?: string | null;
}

@InputType({ description: 'What to change of a team; as it is unless given.' })
export class UpdateTeamInput {
  @Field(() => ID, { description: 'The team.' })
  teamId: string;
  @AtMost(200)
  @Field(() => String, {
    nullable: true,
    description: 'Unique on the desk. Processes name teams: those that name this one must follow.',
  })
  name?: string | null;
  @AtMost(100)
  @Field(() => [String], { nullable: true, description: 'All that its tickets take from now on.' })
  skills?: string[] | null;
  @Field(() => ID, {
    nullable: true,
    description: 'Who leads it: somebody with the role TEAM_LEAD, and not oneself; null for nobody.',
  })
  leadId?: string | null;
  @Field(() => ID, {
    nullable: true,
    description: 'The team that takes what this one escalates; null for none.',
  })
  escalationTeamId?: string | null;
  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether only its members (and managers) see its tickets. Others who have some lose them to its queue.',
  })
  restricted?: boolean | null;
  @Field(() => Int, {
    nullable: true,
    description: 'Refuses with STALE when the team is at another version.',
  })
  expectedVersion?: number | null;
}

@InputType({ description: 'Who is to belong to which team.' })
export class AddTeamMemberInput {
  @Field(() => ID, { description: 'The team.' })
  teamId: string;
  @Field(() => ID, { description: 'The agent; not oneself.' })
  agentId: string;
}

@InputType({ description: 'Who no longer belongs to which team.' })
export class RemoveTeamMemberInput {
  @Field(() => ID, { description: 'The team.' })
  teamId: string;
  @Field(() => ID, { description: 'The agent.' })
  agentId: string;
}

@ObjectType({ description: 'The team as it is now.' })
export class TeamPayload extends Payload {
  @Field(() => Team, {
    nullable: true,
    description: 'The team; null when the mutation was refused, unless as STALE.',
  })
  team?: Team | null;
}
