import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { JSONScalar } from '../../platform/graphql/scalars.js';
import { AtMost } from '../../platform/graphql/text-limits.js';
import './run.enums.js';
import type { LossReason } from './migration-loss.rules.js';
import type { StepFate } from './migration-plan.rules.js';
import { type Answers, type AnswerValue, StepPhase } from './run.state.js';

const StepFateEnum: { [Fate in StepFate]: Fate } = {
  KEPT: 'KEPT',
  ADDED: 'ADDED',
  REMOVED: 'REMOVED',
  REOPENED: 'REOPENED',
};
registerEnumType(StepFateEnum, {
  name: 'StepFate',
  description: 'What becomes of a step when its run goes over to another version.',
  valuesConfig: {
    KEPT: { description: 'It goes on with its attempts, answers and decisions.' },
    ADDED: { description: 'It is new to the run.' },
    REMOVED: { description: 'The new version has no such step.' },
    REOPENED: { description: 'It is kept and has another attempt to make; the reason says why.' },
  },
});

const LossReasonEnum: { [Reason in LossReason]: Reason } = {
  STEP_REMOVED: 'STEP_REMOVED',
  FIELD_REMOVED: 'FIELD_REMOVED',
  NO_LONGER_FITS: 'NO_LONGER_FITS',
};
registerEnumType(LossReasonEnum, {
  name: 'LossReason',
  description: 'Why an answer has no place in another version.',
  valuesConfig: {
    STEP_REMOVED: { description: 'Its step is gone.' },
    FIELD_REMOVED: { description: 'Its step no longer asks for it.' },
    NO_LONGER_FITS: { description: 'The field has another type, or no longer the option.' },
  },
});

@ObjectType('PlannedStep', { description: 'What becomes of one step.' })
export class PlannedStepView {
  @Field(() => String, { description: 'Its key in the process.' })
  key: string;
  @Field(() => String, { description: 'Name for people.' })
  title: string;
  @Field(() => StepFateEnum, { description: 'What becomes of it.' })
  fate: StepFate;
  @Field(() => String, { nullable: true, description: 'Why it is reopened.' })
  reason: string | null;
  @Field(() => Int, { description: 'The attempt it will be at; of a removed step, the one it was at.' })
  attempt: number;
  @Field(() => StepPhase, { nullable: true, description: 'Where it stands; null for an added step.' })
  phaseBefore: StepPhase | null;
  @Field(() => StepPhase, { nullable: true, description: 'Where it will stand; null for a removed step.' })
  phaseAfter: StepPhase | null;
  @Field(() => JSONScalar, {
    description: 'The answers it goes on with, by field key. Feedback to an agent is left out.',
  })
  answers: Answers;
  @Field(() => [String], { description: 'Keys of the subjects whose decisions an approval keeps.' })
  decided: string[];
}

@ObjectType('LostAnswer', { description: 'An answer that the run cannot take along.' })
export class LostAnswerView {
  @Field(() => String, { description: 'Key of the step.' })
  step: string;
  @Field(() => String, { description: 'Key of the field: what acceptLoss names.' })
  field: string;
  @Field(() => String, { description: 'What people see beside the input.' })
  label: string;
  @Field(() => JSONScalar, {
    nullable: true,
    description: 'What was answered, or saved as a draft. Null for feedback to an agent.',
  })
  value: AnswerValue | null;
  @Field(() => LossReasonEnum, { description: 'Why it has no place.' })
  reason: LossReason;
}

@ObjectType({
  description: "A run's way to another version of its process, to be looked at before it is gone.",
})
export class RunMigrationPlan {
  runId: string;
  fromVersionId: string;
  toVersionId: string;
  @Field(() => Boolean, { description: 'Whether the run can go over at all.' })
  possible: boolean;
  @Field(() => String, { nullable: true, description: 'Why it cannot.' })
  obstacle: string | null;
  @Field(() => [PlannedStepView], {
    description: 'The steps of the new version in order, then those that are gone; empty where it cannot.',
  })
  steps: PlannedStepView[];
  @Field(() => [LostAnswerView], { description: 'The answers that have no place in the new version.' })
  lost: LostAnswerView[];
  @Field(() => Boolean, { description: 'Whether the run is at its end with it: nothing is left to do.' })
  completes: boolean;
  @Field(() => String, {
    nullable: true,
    description: 'Stands for exactly this plan: what migrateRun takes. Null where it cannot.',
  })
  planHash: string | null;
}

@InputType({ description: 'Carries out a plan of planRunMigration.' })
export class MigrateRunInput {
  @Field(() => ID, { description: 'The run.' })
  runId: string;
  @Field(() => ID, { description: 'The version of its process that it is to follow.' })
  toVersionId: string;
  @AtMost(100)
  @Field(() => String, { description: 'Of the plan that was shown; STALE where it is another one by now.' })
  planHash: string;
  @AtMost(200)
  @Field(() => [String], {
    defaultValue: [],
    description:
      'Keys of the fields whose answers may be left behind: every one that the plan names as lost.',
  })
  acceptLoss: string[];
}
