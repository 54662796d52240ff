import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { JSONScalar } from '../../platform/graphql/scalars.js';
import { AtMost } from '../../platform/graphql/text-limits.js';
import { Payload } from '../../platform/graphql/user-error.js';
import { Ticket } from '../ticket/ticket.entity.js';
import { Run } from './run.entity.js';
import { ReopenMode, Verdict } from './run.state.js';
import { Step } from './step.entity.js';

const EXPECTED_ATTEMPT =
  'Refused as STALE unless the step is at this attempt: what was meant for an earlier one does not reach a later.';

@InputType({ description: 'Starts a process on a ticket.' })
export class StartRunInput {
  @Field(() => ID, { description: 'The ticket.' })
  ticketId: string;
  @AtMost(100)
  @Field(() => String, { description: 'Key of the process: technical-support.' })
  process: string;
  @AtMost(200)
  @Field(() => String, {
    nullable: true,
    description: 'Makes a retry safe: the same key and input yield the same run.',
  })
  idempotencyKey?: string;
}

@InputType({ description: 'What is answered to one field of a step.' })
export class AnswerInput {
  @AtMost(200)
  @Field(() => String, { description: 'Key of the field.' })
  field: string;
  @Field(() => JSONScalar, {
    nullable: true,
    description: "The value, as the field's type says (see FieldType); null for none.",
  })
  value: unknown;
}

@InputType({ description: 'Completes a READY task.' })
export class CompleteStepInput {
  @Field(() => ID, { description: 'The step.' })
  stepId: string;
  @Field(() => [AnswerInput], { defaultValue: [], description: 'The answers, at most one a field.' })
  answers: AnswerInput[];
  @Field(() => Int, { nullable: true, description: EXPECTED_ATTEMPT })
  expectedAttempt?: number;
}

@InputType({ description: 'Saves answers of a READY task without completing it.' })
export class SaveStepDraftInput {
  @Field(() => ID, { description: 'The step.' })
  stepId: string;
  @Field(() => [AnswerInput], {
    description: 'The answers so far, at most one a field. They replace what was saved before.',
  })
  answers: AnswerInput[];
}

@InputType({ description: 'Leaves out a READY optional step.' })
export class SkipStepInput {
  @Field(() => ID, { description: 'The step.' })
  stepId: string;
  @AtMost(2_000)
  @Field(() => String, { description: 'Why it is not necessary.' })
  reason: string;
}

@InputType({ description: 'Approves or rejects subjects of a READY approval.' })
export class DecideApprovalInput {
  @Field(() => ID, { description: 'The approval step.' })
  stepId: string;
  @Field(() => Verdict, { description: 'Yes or no.' })
  verdict: Verdict;
  @AtMost(200)
  @Field(() => [String], {
    nullable: true,
    description: 'Keys of the subjects decided on; all that are pending without it.',
  })
  subjects?: string[];
  @AtMost(5_000)
  @Field(() => String, { nullable: true, description: 'Why; required to reject.' })
  comment?: string;
  @Field(() => ID, {
    nullable: true,
    description:
      'The approver in whose name one decides, where one acts for them. Without it: oneself, or whom one acts for.',
  })
  inNameOfId?: string;
  @Field(() => Int, { nullable: true, description: EXPECTED_ATTEMPT })
  expectedAttempt?: number;
}

@InputType({ description: 'Takes back a decision.' })
export class WithdrawDecisionInput {
  @Field(() => ID, { description: 'The approval step.' })
  stepId: string;
  @AtMost(200)
  @Field(() => String, { description: 'Key of the subject.' })
  subject: string;
  @AtMost(5_000)
  @Field(() => String, { description: 'Why.' })
  comment: string;
}

@InputType({ description: 'Opens a completed or skipped task for another attempt.' })
export class ReopenStepInput {
  @Field(() => ID, { description: 'The step.' })
  stepId: string;
  @Field(() => ReopenMode, { description: 'What becomes of the steps after it.' })
  mode: ReopenMode;
  @AtMost(2_000)
  @Field(() => String, { description: 'Why.' })
  reason: string;
}

@InputType({ description: 'Gives a task to an agent or a team: exactly one of them.' })
export class AssignStepInput {
  @Field(() => ID, { description: 'The step.' })
  stepId: string;
  @Field(() => ID, { nullable: true, description: 'The agent who does it.' })
  agentId?: string;
  @Field(() => ID, { nullable: true, description: 'The team, any member of which does it.' })
  teamId?: string;
  @Field(() => Int, {
    nullable: true,
    description: "Refused as STALE unless the step's ticket is at this version.",
  })
  expectedVersion?: number;
}

@InputType({ description: 'Takes a READY task for oneself.' })
export class ClaimStepInput {
  @Field(() => ID, { description: 'The step.' })
  stepId: string;
}

@InputType({ description: 'Gives up a run.' })
export class CancelRunInput {
  @Field(() => ID, { description: 'The run.' })
  runId: string;
  @AtMost(2_000)
  @Field(() => String, { description: 'Why.' })
  reason: string;
}

@ObjectType({ description: 'The run as it is now.' })
export class RunPayload extends Payload {
  @Field(() => Run, {
    nullable: true,
    description: 'The run as it is now; null when the mutation was refused, unless as STALE.',
  })
  run?: Run | null;
  @Field(() => Ticket, {
    nullable: true,
    description: 'Its ticket as it is now; null when the mutation was refused, unless as STALE.',
  })
  ticket?: Ticket | null;
}

@ObjectType({ description: 'The step and its run as they are now.' })
export class StepPayload extends RunPayload {
  @Field(() => Step, {
    nullable: true,
    description: 'The step as it is now; null when the mutation was refused, unless as STALE.',
  })
  step?: Step | null;
}
