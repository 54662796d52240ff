import { hasRole, type Role, type Viewer } from '../../platform/auth/viewer.js';
import type { Context } from '../../platform/context.js';
import { once } from '../../platform/database/idempotency.js';
import { inTransaction, type Transaction } from '../../platform/database/transaction.js';
import { DomainError, ErrorCode, notFound } from '../../platform/errors.js';
import { Team } from '../directory/team.entity.js';
import type { Assignment, StepDefinition } from '../process/process.definition.js';
import { Process, ProcessVersion } from '../process/process.entity.js';
import { versionToStart } from '../process/process.machine.js';
import { Category, Product } from '../ticket/category.entity.js';
import type { Ticket } from '../ticket/ticket.entity.js';
import { mayWork } from '../ticket/ticket.policy.js';
import { lockedTicket, mustWork } from '../ticket/ticket.service.js';
import { TicketStatus } from '../ticket/ticket.vocabulary.js';
import { applyMove } from '../ticket/ticket-lifecycle.service.js';
import type { TicketFacts } from './condition.rules.js';
import { carryOutEffects } from './effects/effects.service.js';
import { checkAnswers } from './form.rules.js';
import { keepFiles, knownFor } from './known.service.js';
import { Run } from './run.entity.js';
import type { CompleteStepInput, SkipStepInput, StartRunInput } from './run.input.js';
import { runById, stepById } from './run.loader.js';
import { apply, type Outcome, settle, start } from './run.machine.js';
import { type Command, RunPhase } from './run.state.js';
import { keep, type LoadedRun, loadRun, newRun } from './run.store.js';
import type { Step } from './step.entity.js';
import { planRun } from './step-planning.service.js';

/** Where a change of a run leaves its caller. */
export interface Changed {
  ticketId: string;
  runId: string;
}

/**
 * Starts a process on a ticket, in its newest version.
 * @throws DomainError ALREADY_EXISTS while a run of the same process is active; INVALID_TRANSITION on a CLOSED ticket
 */
export async function startRun(ctx: Context, input: StartRunInput): Promise<Changed> {
  mustWork(ctx);
  return once(ctx, 'startRun', input, [input.ticketId], async (tx) => {
    const ticket = await lockedTicket(tx, input.ticketId);
    const process = await tx.em.findOne(Process, { key: input.process });
    if (!process)
      throw new DomainError(ErrorCode.NOT_FOUND, `There is no process ${input.process}.`, [
        'input',
        'process',
      ]);
    const versionId = versionToStart(process, ['input', 'process']);
    if (ticket.status === TicketStatus.CLOSED)
      throw new DomainError(
        ErrorCode.INVALID_TRANSITION,
        'A closed ticket starts no process; reopen it first.',
        ['input', 'ticketId'],
      );
    if (await tx.em.findOne(Run, { ticketId: ticket.id, processId: process.id, phase: RunPhase.ACTIVE }))
      throw new DomainError(
        ErrorCode.ALREADY_EXISTS,
        `${process.name} is being followed for this ticket already.`,
        ['input', 'process'],
      );
    if (ticket.status === TicketStatus.NEW) applyMove(tx, ticket, 'START');
    const version = await tx.em.findOneOrFail(ProcessVersion, { id: versionId });
    const outcome = start(version.definition, tx.viewer.id as string, await factsOf(tx, ticket));
    const loaded = await newRun(tx, ticket, process, version, outcome.run);
    await follow(tx, ticket, loaded, outcome);
    return { ticketId: ticket.id, runId: loaded.run.id };
  });
}

/** Completes a READY task with its answers; its effects happen. */
export function completeStep(ctx: Context, input: CompleteStepInput): Promise<Changed> {
  return changeStep(ctx, input.stepId, async ({ tx, ticket, loaded, step, defined }) => {
    mustDo(tx.viewer, defined, step);
    checkAttempt(step, input.expectedAttempt);
    const fields = defined.kind === 'TASK' ? defined.fields : [];
    const answers = checkAnswers(fields, input.answers, await knownFor(tx, step, input.answers));
    await keepFiles(tx, step, answers);
    const command = { type: 'COMPLETE', step: step.key, answers, by: tx.viewer.id as string } as const;
    await carryOut(tx, ticket, loaded, command);
  });
}

/** Leaves out a READY optional step, for a reason. */
export function skipStep(ctx: Context, input: SkipStepInput): Promise<Changed> {
  return changeStep(ctx, input.stepId, async ({ tx, ticket, loaded, step, defined }) => {
    mustDo(tx.viewer, defined, step);
    await carryOut(tx, ticket, loaded, {
      type: 'SKIP',
      step: step.key,
      reason: input.reason.trim(),
      by: tx.viewer.id as string,
    });
  });
}

/** Gives up a run. What it did stays done. */
export async function cancelRun(ctx: Context, input: { runId: string; reason: string }): Promise<Changed> {
  mustWork(ctx);
  const seen = await ctx.load(runById, input.runId);
  if (!seen) throw notFound('run', input.runId, ['input', 'runId']);
  return inTransaction(ctx, [seen.ticketId], async (tx) => {
    const ticket = await lockedTicket(tx, seen.ticketId);
    const loaded = await loadRun(tx, input.runId);
    await carryOut(tx, ticket, loaded, { type: 'CANCEL', by: tx.viewer.id as string });
    return { ticketId: ticket.id, runId: loaded.run.id };
  });
}

/** A step that is being changed, with everything around it. */
export interface StepChange {
  tx: Transaction;
  ticket: Ticket;
  loaded: LoadedRun;
  step: Step;
  defined: StepDefinition;
}

/** Locks the step's ticket, loads its run as it is now, and has the work done. */
export async function changeStep(
  ctx: Context,
  stepId: string,
  work: (change: StepChange) => Promise<void>,
  expectedVersion?: number | null,
): Promise<Changed> {
  const seen = await ctx.load(stepById, stepId);
  if (!seen) throw notFound('step', stepId, ['input', 'stepId']);
  return inTransaction(ctx, [seen.ticketId], async (tx) => {
    const ticket = await lockedTicket(tx, seen.ticketId, expectedVersion);
    const loaded = await loadRun(tx, seen.runId);
    const step = loaded.steps.get(seen.key) as Step;
    const defined = loaded.definition.steps.find(({ key }) => key === seen.key) as StepDefinition;
    await work({ tx, ticket, loaded, step, defined });
    return { ticketId: ticket.id, runId: loaded.run.id };
  });
}

/** Has the kernel decide on a command, keeps what it decided and carries out what follows. */
export async function carryOut(
  tx: Transaction,
  ticket: Ticket,
  loaded: LoadedRun,
  command: Command,
): Promise<void> {
  await follow(
    tx,
    ticket,
    loaded,
    apply(loaded.definition, loaded.state, command, await factsOf(tx, ticket)),
  );
}

/**
 * Keeps what the kernel decided, carries out the effects, and settles the run again: effects change the
 * ticket, and conditions read it.
 */
async function follow(tx: Transaction, ticket: Ticket, loaded: LoadedRun, outcome: Outcome): Promise<void> {
  keep(tx, ticket, loaded, outcome);
  await carryOutEffects(tx, ticket, loaded, outcome.effects);
  keep(tx, ticket, loaded, settle(loaded.definition, loaded.state, await factsOf(tx, ticket)));
  await planRun(tx, ticket, loaded);
}

/** What conditions read of a ticket. */
export async function factsOf(tx: Pick<Transaction, 'em'>, ticket: Ticket): Promise<TicketFacts> {
  const name = async (entity: typeof Category | typeof Product | typeof Team, id: string | null) =>
    id === null ? null : ((await tx.em.findOne(entity, { id }))?.name ?? null);
  const { status, priority, impact, urgency, channel, escalationLevel } = ticket;
  return {
    status,
    priority,
    impact,
    urgency,
    channel,
    escalationLevel,
    category: await name(Category, ticket.categoryId),
    product: await name(Product, ticket.productId),
    team: await name(Team, ticket.teamId),
  };
}

/**
 * A step that is for a role takes that role, or those to whom it was given all the same; any other takes
 * somebody who works on tickets.
 */
export function mustDo(viewer: Viewer, defined: StepDefinition, step: Step): void {
  const role = defined.assign?.find(
    (rule): rule is Extract<Assignment, { to: 'ROLE' }> => rule.to === 'ROLE',
  )?.role;
  const given =
    viewer.kind === 'STAFF' &&
    (step.assigneeId === viewer.id || viewer.teamIds.some((id) => id === step.assignedTeamId));
  const may =
    role === undefined || role === 'AGENT' ? mayWork(viewer) : given || hasRole(viewer, role as Role);
  if (!may)
    throw new DomainError(
      ErrorCode.FORBIDDEN,
      `${defined.title} is for ${role ?? 'those who work on tickets'}.`,
      ['input', 'stepId'],
    );
}

/** Refuses what was meant for another attempt. */
export function checkAttempt(step: Step, expected: number | null | undefined): void {
  if (expected != null && step.attempt !== expected)
    throw new DomainError(
      ErrorCode.STALE,
      `"${step.title}" is at attempt ${step.attempt}, not ${expected}: look at it again first.`,
      ['input', 'expectedAttempt'],
    );
}
