import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Role } from '../../platform/auth/viewer.js';
import { EmailAddressScalar } from '../../platform/graphql/scalars.js';
import { AtMost } from '../../platform/graphql/text-limits.js';
import { Payload } from '../../platform/graphql/user-error.js';
import { Agent } from './agent.entity.js';

@InputType({ description: 'Somebody who begins to work at the desk.' })
export class CreateAgentInput {
  @AtMost(200)
  @Field(() => String, { description: 'As customers and colleagues see it; at most 200 characters.' })
  name: string;
  @Field(() => EmailAddressScalar, {
    description: 'No other agent or customer has it, in upper or lower case.',
  })
  email: string;
  @Field(() => [Role], { description: 'At least one; not CUSTOMER.' })
  roles: Role[];
  @Field(() => [ID], { defaultValue: [], description: 'The teams to belong to.' })
  teamIds: string[];
  @AtMost(100)
  @Field(() => [String], { defaultValue: [], description: 'What the agent is good at.' })
  skills: string[];
  @AtMost(200)
  @Field(() => String, {
    nullable: true,
    description: 'Makes retries safe: the same key and input make one agent.',
  })
  idempotencyKey?: string | null;
}

@InputType({ description: 'What to change of an agent; as it is unless given.' })
export class UpdateAgentInput {
  @Field(() => ID, { description: 'The agent.' })
  agentId: string;
  @AtMost(200)
  @Field(() => String, { nullable: true, description: 'As customers and colleagues see it.' })
  name?: string | null;
  @Field(() => EmailAddressScalar, {
    nullable: true,
    description: 'No other agent or customer has it. Tokens for the old address stop working.',
  })
  email?: string | null;
  @Field(() => [Role], {
    nullable: true,
    description: "All of them from now on: at least one, not CUSTOMER, and never one's own.",
  })
  roles?: Role[] | null;
  @AtMost(100)
  @Field(() => [String], { nullable: true, description: 'All that the agent is good at from now on.' })
  skills?: string[] | null;
  @Field(() => Int, {
    nullable: true,
    description: 'Refuses with STALE when the agent is at another version.',
  })
  expectedVersion?: number | null;
}

@InputType({ description: 'Which agent leaves.' })
export class DeactivateAgentInput {
  @Field(() => ID, { description: 'The agent.' })
  agentId: string;
  @Field(() => Int, {
    nullable: true,
    description: 'Refuses with STALE when the agent is at another version.',
  })
  expectedVersion?: number | null;
}

@InputType({ description: 'Which agent comes back.' })
export class ReactivateAgentInput extends DeactivateAgentInput {}

@ObjectType({ description: 'The agent as it is now.' })
export class AgentPayload extends Payload {
  @Field(() => Agent, {
    nullable: true,
    description: 'The agent; null when the mutation was refused, unless as STALE.',
  })
  agent?: Agent | null;
}
