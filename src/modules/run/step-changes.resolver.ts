import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import type { Context } from '../../platform/context.js';
import { payload } from '../../platform/graphql/user-error.js';
import { reopenStep, withdrawDecision } from './approval.service.js';
import {
  AssignStepInput,
  ClaimStepInput,
  ReopenStepInput,
  StepPayload,
  WithdrawDecisionInput,
} from './run.input.js';
import { after, stepAsItIs } from './run.resolver.js';
import { Step } from './step.entity.js';
import { assignStep, claimStep } from './step-assignment.service.js';

/** Whose a step is, and taking back what was done in it. */
@Resolver(() => Step)
export class StepChangesResolver {
  @Access('STAFF')
  @Mutation(() => StepPayload, {
    description: 'Gives a task to an agent or a team; it stays theirs in later attempts.',
  })
  assignStep(
    @Ctx() ctx: Context,
    @Arg('input', () => AssignStepInput, { description: 'Which and to whom.' }) input: AssignStepInput,
  ) {
    return payload(
      () => after(ctx, assignStep(ctx, input), input.stepId),
      () => stepAsItIs(ctx, input.stepId),
    );
  }

  @Access('STAFF')
  @Mutation(() => StepPayload, { description: 'Takes a READY task for oneself; of two at once one wins.' })
  claimStep(
    @Ctx() ctx: Context,
    @Arg('input', () => ClaimStepInput, { description: 'Which.' }) input: ClaimStepInput,
  ) {
    return payload(() => after(ctx, claimStep(ctx, input), input.stepId));
  }

  @Access('STAFF')
  @Mutation(() => StepPayload, {
    description:
      "Takes back one's word on a subject, or one that a delegate gave for one, while nothing was done after it. A rejection stays: it has sent its subject back.",
  })
  withdrawDecision(
    @Ctx() ctx: Context,
    @Arg('input', () => WithdrawDecisionInput, { description: 'Which and why.' })
    input: WithdrawDecisionInput,
  ) {
    return payload(() => after(ctx, withdrawDecision(ctx, input), input.stepId));
  }

  @Access('STAFF')
  @Mutation(() => StepPayload, {
    description: 'Opens a completed or skipped task for another attempt, with its answers as the draft.',
  })
  reopenStep(
    @Ctx() ctx: Context,
    @Arg('input', () => ReopenStepInput, { description: 'Which, how and why.' }) input: ReopenStepInput,
  ) {
    return payload(() => after(ctx, reopenStep(ctx, input), input.stepId));
  }
}
