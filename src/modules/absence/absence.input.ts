import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { DateTimeScalar } from '../../platform/graphql/scalars.js';
import { AtMost } from '../../platform/graphql/text-limits.js';
import { Payload } from '../../platform/graphql/user-error.js';
import { Absence, ApprovalDelegation } from './absence.entity.js';

@InputType({ description: 'Says that an agent is away.' })
export class SetAbsenceInput {
  @Field(() => ID, {
    nullable: true,
    description: 'Who; oneself without it. Others: for the leads of their teams and managers.',
  })
  agentId?: string;
  @Field(() => DateTimeScalar, { description: 'Since when.' })
  from: Date;
  @Field(() => DateTimeScalar, { description: 'Until when; that moment is not part of it.' })
  to: Date;
  @Field(() => ID, {
    nullable: true,
    description: "Who decides the agent's approvals meanwhile, in their name.",
  })
  standInId?: string;
  @AtMost(2_000)
  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
  @AtMost(200)
  @Field(() => String, {
    nullable: true,
    description: 'Makes a retry safe: the same key and input yield the same absence. At most 200 characters.',
  })
  idempotencyKey?: string;
}

@InputType({ description: 'Ends an absence now.' })
export class EndAbsenceInput {
  @Field(() => ID, { description: 'The absence.' })
  absenceId: string;
}

@InputType({ description: "Lets another agent decide one's approvals in one's name for a time." })
export class DelegateApprovalsInput {
  @Field(() => ID, { description: 'Who may.' })
  toAgentId: string;
  @Field(() => DateTimeScalar, { description: 'Since when.' })
  from: Date;
  @Field(() => DateTimeScalar, { description: 'Until when; that moment is not part of it.' })
  until: Date;
  @AtMost(200)
  @Field(() => String, {
    nullable: true,
    description:
      'Makes a retry safe: the same key and input yield the same delegation. At most 200 characters.',
  })
  idempotencyKey?: string;
}

@InputType({ description: 'Ends a delegation now.' })
export class EndDelegationInput {
  @Field(() => ID, { description: 'The delegation.' })
  delegationId: string;
}

@ObjectType({ description: 'The absence as it is now.' })
export class AbsencePayload extends Payload {
  @Field(() => Absence, { nullable: true, description: 'The absence; null when the mutation was refused.' })
  absence?: Absence | null;
}

@ObjectType({ description: 'The delegation as it is now.' })
export class DelegationPayload extends Payload {
  @Field(() => ApprovalDelegation, {
    nullable: true,
    description: 'The delegation; null when the mutation was refused.',
  })
  delegation?: ApprovalDelegation | null;
}
