import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import type { Context } from '../../platform/context.js';
import { Size } from '../../platform/graphql/size.js';
import { payload } from '../../platform/graphql/user-error.js';
import { Agent } from '../directory/agent.entity.js';
import { agentById } from '../directory/directory.loader.js';
import { ProcessVersion } from '../process/process.entity.js';
import { definitionById, processVersionById } from '../process/process.loader.js';
import { Ticket } from '../ticket/ticket.entity.js';
import { CloseTicketInput, TicketPayload } from '../ticket/ticket.input.js';
import { ticketById } from '../ticket/ticket.scope.js';
import { ticketAsItIs, withTicket } from '../ticket/ticket.service.js';
import { decideApproval } from './approval.service.js';
import { closeTicket } from './closing.service.js';
import { Run } from './run.entity.js';
import {
  CancelRunInput,
  CompleteStepInput,
  DecideApprovalInput,
  RunPayload,
  SaveStepDraftInput,
  SkipStepInput,
  StartRunInput,
  StepPayload,
} from './run.input.js';
import { runById, runsOfTicket, stepById, stepsOfRun } from './run.loader.js';
import { type Changed, cancelRun, completeStep, skipStep, startRun } from './run.service.js';
import { Step } from './step.entity.js';
import { saveStepDraft } from './step-draft.service.js';

@Resolver(() => Run)
export class RunResolver {
  @Access('STAFF')
  @Mutation(() => RunPayload, { description: 'Starts a process on a ticket, in its newest version.' })
  startRun(
    @Ctx() ctx: Context,
    @Arg('input', () => StartRunInput, { description: 'Which, on what.' }) input: StartRunInput,
  ) {
    return payload(() => after(ctx, startRun(ctx, input)));
  }

  @Access('STAFF')
  @Mutation(() => StepPayload, {
    description: 'Completes a READY task with its answers; its effects happen at once.',
  })
  completeStep(
    @Ctx() ctx: Context,
    @Arg('input', () => CompleteStepInput, { description: 'Which, with what.' }) input: CompleteStepInput,
  ) {
    return payload(
      () => after(ctx, completeStep(ctx, input), input.stepId),
      () => stepAsItIs(ctx, input.stepId),
    );
  }

  @Access('STAFF')
  @Mutation(() => StepPayload, {
    description:
      'Saves answers of a READY task without completing it. They must be of their types; nothing is required yet.',
  })
  saveStepDraft(
    @Ctx() ctx: Context,
    @Arg('input', () => SaveStepDraftInput, { description: 'Of which, what.' }) input: SaveStepDraftInput,
  ) {
    return payload(() => after(ctx, saveStepDraft(ctx, input), input.stepId));
  }

  @Access('STAFF')
  @Mutation(() => StepPayload, { description: 'Leaves out a READY optional step, for a reason.' })
  skipStep(
    @Ctx() ctx: Context,
    @Arg('input', () => SkipStepInput, { description: 'Which and why.' }) input: SkipStepInput,
  ) {
    return payload(() => after(ctx, skipStep(ctx, input), input.stepId));
  }

  @Access('STAFF')
  @Mutation(() => StepPayload, {
    description: 'Approves or rejects subjects of a READY approval. Decided exactly once.',
  })
  decideApproval(
    @Ctx() ctx: Context,
    @Arg('input', () => DecideApprovalInput, { description: 'Which and how.' }) input: DecideApprovalInput,
  ) {
    return payload(
      () => after(ctx, decideApproval(ctx, input), input.stepId),
      () => stepAsItIs(ctx, input.stepId),
    );
  }

  @Access('STAFF')
  @Mutation(() => RunPayload, { description: 'Gives up a run; what it did stays done.' })
  cancelRun(
    @Ctx() ctx: Context,
    @Arg('input', () => CancelRunInput, { description: 'Which and why.' }) input: CancelRunInput,
  ) {
    return payload(() => after(ctx, cancelRun(ctx, input)));
  }

  @FieldResolver(() => Ticket, { description: 'The ticket it is followed for.' })
  ticket(@Ctx() ctx: Context, @Root() run: Run) {
    return ctx.load(ticketById, run.ticketId);
  }

  @FieldResolver(() => String, { description: 'Name of the process.' })
  async processName(@Ctx() ctx: Context, @Root() run: Run) {
    return (await ctx.load(definitionById, run.processVersionId))?.definition.name;
  }

  @Access('STAFF')
  @FieldResolver(() => ProcessVersion, {
    nullable: true,
    description: 'The process version it follows. For staff only.',
  })
  version(@Ctx() ctx: Context, @Root() run: Run) {
    return ctx.load(processVersionById, run.processVersionId);
  }

  @Access('STAFF')
  @FieldResolver(() => Agent, { nullable: true, description: 'Who started it. For staff only.' })
  startedBy(@Ctx() ctx: Context, @Root() run: Run) {
    return ctx.load(agentById, run.startedById);
  }

  @FieldResolver(() => [Step], {
    description: 'Its steps in order; for a customer those that are marked as visible.',
  })
  @Size(20)
  steps(@Ctx() ctx: Context, @Root() run: Run) {
    return ctx.load(stepsOfRun, run.id);
  }
}

@Resolver(() => Ticket)
export class TicketRunsResolver {
  @FieldResolver(() => [Run], {
    description: 'The processes followed for it, in the order they were started.',
  })
  runs(@Ctx() ctx: Context, @Root() ticket: Ticket) {
    return ctx.load(runsOfTicket, ticket.id);
  }

  @Access('STAFF')
  @Mutation(() => TicketPayload, {
    description: 'Closes a RESOLVED ticket, once no gate of an active run stands against it.',
  })
  closeTicket(
    @Ctx() ctx: Context,
    @Arg('input', () => CloseTicketInput, { description: 'Which.' }) input: CloseTicketInput,
  ) {
    return payload(
      () => withTicket(ctx, closeTicket(ctx, input)),
      () => ticketAsItIs(ctx, input.ticketId),
    );
  }
}

/** What the payload of a mutation on runs shows: everything as it is after the change. */
export async function after(ctx: Context, change: Promise<Changed>, stepId?: string) {
  const { ticketId, runId } = await change;
  const [run, ticket, step] = await Promise.all([
    ctx.load(runById, runId),
    ctx.load(ticketById, ticketId),
    stepId === undefined ? null : ctx.load(stepById, stepId),
  ]);
  return { run, ticket, step };
}

/** The step and all around it as they are by now, for the payload of a mutation that was refused as STALE. */
export async function stepAsItIs(ctx: Context, stepId: string) {
  ctx.forget();
  const step = await ctx.load(stepById, stepId);
  return step ? after(ctx, Promise.resolve(step), stepId) : {};
}
