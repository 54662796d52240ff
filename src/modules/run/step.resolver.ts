import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import { Role } from '../../platform/auth/viewer.js';
import type { Context } from '../../platform/context.js';
import { JSONScalar } from '../../platform/graphql/scalars.js';
import { Agent } from '../directory/agent.entity.js';
import { agentById, teamById } from '../directory/directory.loader.js';
import { Team } from '../directory/team.entity.js';
import { openAnswers } from '../process/confidential.rules.js';
import type { StepDefinition } from '../process/process.definition.js';
import { definitionById } from '../process/process.loader.js';
import { type DefinedStep, FormField, StepInstructions } from '../process/process.types.js';
import { Ticket } from '../ticket/ticket.entity.js';
import { ticketById } from '../ticket/ticket.scope.js';
import { isOverdue } from './due.rules.js';
import { Run } from './run.entity.js';
import { attemptsOfStep, decisionsOfStep, runById, stepById, stepsOfRun } from './run.loader.js';
import { ApprovalDecision, Step, StepAttempt } from './step.entity.js';
import { draftOfStep, StepDraft } from './step-draft.types.js';

@Resolver(() => Step)
export class StepResolver {
  @FieldResolver(() => Ticket, { nullable: true, description: 'The ticket it is done for.' })
  ticket(@Ctx() ctx: Context, @Root() step: Step) {
    return ctx.load(ticketById, step.ticketId);
  }

  @FieldResolver(() => Run, { description: 'The run it belongs to.' })
  run(@Ctx() ctx: Context, @Root() step: Step) {
    return ctx.load(runById, step.runId);
  }

  @Access('STAFF')
  @FieldResolver(() => StepInstructions, {
    nullable: true,
    description: 'What it tells the person who does it. For staff only.',
  })
  async instructions(@Ctx() ctx: Context, @Root() step: Step) {
    return (await definedStep(ctx, step)).instructions;
  }

  @Access('STAFF')
  @FieldResolver(() => [FormField], {
    nullable: true,
    description: 'What it collects; empty for an approval. For staff only.',
  })
  async fields(@Ctx() ctx: Context, @Root() step: Step) {
    const defined = await definedStep(ctx, step);
    return defined.kind === 'TASK' ? defined.fields : [];
  }

  @Access('STAFF')
  @FieldResolver(() => JSONScalar, {
    nullable: true,
    description:
      'What was answered, by field key; after a rejection the draft of the new attempt. Feedback to an agent is left out. For staff only.',
  })
  async answers(@Ctx() ctx: Context, @Root() step: Step) {
    return openAnswers(await definedStep(ctx, step), step.answers);
  }

  @Access('STAFF')
  @FieldResolver(() => StepDraft, {
    nullable: true,
    description:
      'What its next completion can begin with: what was saved of it or, where it was sent back, what it was completed with. For staff only.',
  })
  async draft(@Ctx() ctx: Context, @Root() step: Step) {
    const draft = draftOfStep(step);
    return draft && { ...draft, answers: openAnswers(await definedStep(ctx, step), draft.answers) };
  }

  @Access('STAFF')
  @FieldResolver(() => Boolean, {
    nullable: true,
    description: 'Whether it may be skipped with a reason. For staff only.',
  })
  async optional(@Ctx() ctx: Context, @Root() step: Step) {
    return (await definedStep(ctx, step)).optional ?? false;
  }

  @Access('STAFF')
  @FieldResolver(() => [Step], {
    nullable: true,
    description: 'What an approval decides on; empty for a task. For staff only.',
  })
  async subjects(@Ctx() ctx: Context, @Root() step: Step) {
    const defined = await definedStep(ctx, step);
    if (defined.kind !== 'APPROVAL') return [];
    const steps = (await ctx.load(stepsOfRun, step.runId)) ?? [];
    return steps.filter(({ key }) => defined.approval.subjects.includes(key));
  }

  @Access('STAFF')
  @FieldResolver(() => [ApprovalDecision], {
    nullable: true,
    description: 'What was decided, of all attempts. For staff only.',
  })
  decisions(@Ctx() ctx: Context, @Root() step: Step) {
    return ctx.load(decisionsOfStep, step.id);
  }

  @Access('STAFF')
  @FieldResolver(() => [StepAttempt], {
    nullable: true,
    description: 'Its finished attempts, the first one first. For staff only.',
  })
  attempts(@Ctx() ctx: Context, @Root() step: Step) {
    return ctx.load(attemptsOfStep, step.id);
  }

  @Access('STAFF')
  @FieldResolver(() => Agent, {
    nullable: true,
    description: 'Whose turn it is, where it is somebody in particular. For staff only.',
  })
  async assignee(@Ctx() ctx: Context, @Root() step: Step) {
    const id = step.followsTicket ? (await ctx.load(ticketById, step.ticketId))?.assigneeId : step.assigneeId;
    return id && ctx.load(agentById, id);
  }

  @Access('STAFF')
  @FieldResolver(() => Team, {
    nullable: true,
    description: 'Whose turn it is, where it is any member of a team. For staff only.',
  })
  assignedTeam(@Ctx() ctx: Context, @Root() step: Step) {
    return step.assignedTeamId && ctx.load(teamById, step.assignedTeamId);
  }

  @Access('STAFF')
  @FieldResolver(() => Role, {
    nullable: true,
    description: 'Whose turn it is, where it is whoever holds a role. For staff only.',
  })
  assignedRole(@Root() step: Step) {
    return step.assignedRole;
  }

  @Access('STAFF')
  @FieldResolver(() => Boolean, {
    nullable: true,
    description: 'Whether it is past its due date and neither done nor hidden. For staff only.',
  })
  async overdue(@Ctx() ctx: Context, @Root() step: Step) {
    const run = await ctx.load(runById, step.runId);
    return isOverdue(step, run?.phase, ctx.desk.clock.now());
  }

  @Access('STAFF')
  @FieldResolver(() => Agent, {
    nullable: true,
    description: 'Who completed or skipped it, or gave the last decision. For staff only.',
  })
  completedBy(@Ctx() ctx: Context, @Root() step: Step) {
    return step.completedById && ctx.load(agentById, step.completedById);
  }
}

@Resolver(() => StepDraft)
export class StepDraftResolver {
  @FieldResolver(() => Agent, {
    nullable: true,
    description: 'Who saved it; null where it is what the step was completed with before.',
  })
  savedBy(@Ctx() ctx: Context, @Root() draft: StepDraft) {
    return draft.savedById && ctx.load(agentById, draft.savedById);
  }
}

@Resolver(() => StepAttempt)
export class StepAttemptResolver {
  @FieldResolver(() => JSONScalar, {
    description: 'What was answered, by field key. Feedback to an agent is left out.',
  })
  async answers(@Ctx() ctx: Context, @Root() attempt: StepAttempt) {
    const step = await ctx.load(stepById, attempt.stepId);
    return step ? openAnswers(await definedStep(ctx, step), attempt.answers) : {};
  }

  @FieldResolver(() => Agent, { nullable: true, description: 'Who completed or skipped it.' })
  completedBy(@Ctx() ctx: Context, @Root() attempt: StepAttempt) {
    return ctx.load(agentById, attempt.completedById);
  }
}

@Resolver(() => ApprovalDecision)
export class ApprovalDecisionResolver {
  @FieldResolver(() => Agent, { nullable: true, description: 'Who decided.' })
  decidedBy(@Ctx() ctx: Context, @Root() decision: ApprovalDecision) {
    return ctx.load(agentById, decision.decidedById);
  }

  @FieldResolver(() => Agent, {
    nullable: true,
    description: 'The approver whose word it is: who decided, or for whom they acted.',
  })
  inNameOf(@Ctx() ctx: Context, @Root() decision: ApprovalDecision) {
    return ctx.load(agentById, decision.inNameOfId);
  }
}

async function definedStep(ctx: Context, step: Step): Promise<DefinedStep> {
  const run = await ctx.load(runById, step.runId);
  const version = run && (await ctx.load(definitionById, run.processVersionId));
  const defined = version?.definition.steps.find(({ key }: StepDefinition) => key === step.key);
  if (!defined) throw new Error(`The step ${step.id} is not in the definition of its run`);
  return { ...defined, position: step.position };
}
