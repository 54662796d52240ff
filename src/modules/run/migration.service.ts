import type { Context } from '../../platform/context.js';
import { inTransaction, type Transaction } from '../../platform/database/transaction.js';
import { DomainError, ErrorCode, type Fault, notFound } from '../../platform/errors.js';
import { hashOf } from '../process/definition.hash.js';
import type { StepDefinition } from '../process/process.definition.js';
import { ProcessVersion } from '../process/process.entity.js';
import type { Ticket } from '../ticket/ticket.entity.js';
import { lockedTicket, seen } from '../ticket/ticket.service.js';
import type { MigrateRunInput } from './migration.types.js';
import { type Drafts, type MigrationPlan, planMigration } from './migration-plan.rules.js';
import { namedIn } from './named.query.js';
import type { Run } from './run.entity.js';
import { runById } from './run.loader.js';
import { type Changed, factsOf } from './run.service.js';
import { RunPhase, StepPhase } from './run.state.js';
import { keep, type LoadedRun, loadRun, readRun, stepRow } from './run.store.js';
import type { Step } from './step.entity.js';
import { giveTurn } from './step-turn.store.js';
import { watchWork } from './work.service.js';

/** A plan with everything it is about. */
export interface Planned {
  run: Run;
  loaded: LoadedRun;
  to: ProcessVersion;
  /** Why the run can't go over, as a sentence; then there is no plan. */
  obstacle: string | null;
  plan: MigrationPlan | null;
  planHash: string | null;
}

/**
 * What would become of a run in another version of its process. Changes nothing.
 * @throws DomainError NOT_FOUND for a run or version that the viewer may not see
 */
export async function planRunMigration(ctx: Context, runId: string, toVersionId: string): Promise<Planned> {
  const run = await ctx.load(runById, runId);
  if (!run) throw notFound('run', runId, ['run']);
  const loaded = await readRun(ctx, runId);
  return plan(ctx, await seen(ctx, run.ticketId), loaded, toVersionId, ['to']);
}

/**
 * Carries out a plan that was shown, and nothing else.
 * @throws DomainError INVALID_TRANSITION where the run can't go over; STALE when the plan is another one by
 *   now; ANSWERS_WOULD_BE_LOST for each field whose answer has no place and whose loss is not accepted
 */
export async function migrateRun(ctx: Context, input: MigrateRunInput): Promise<Changed> {
  const found = await ctx.load(runById, input.runId);
  if (!found) throw notFound('run', input.runId, ['input', 'runId']);
  return inTransaction(ctx, [found.ticketId], async (tx) => {
    const ticket = await lockedTicket(tx, found.ticketId);
    const loaded = await loadRun(tx, input.runId);
    const planned = await plan(tx, ticket, loaded, input.toVersionId, ['input', 'toVersionId']);
    if (!planned.plan)
      throw new DomainError(ErrorCode.INVALID_TRANSITION, planned.obstacle as string, ['input', 'runId']);
    if (planned.planHash !== input.planHash)
      throw new DomainError(
        ErrorCode.STALE,
        'The run or the plan has changed since this plan was shown. Look at the new plan first.',
        ['input', 'planHash'],
      );
    checkLoss(planned.plan, input.acceptLoss);
    await carryOver(tx, ticket, planned, planned.plan);
    return { ticketId: ticket.id, runId: input.runId };
  });
}

async function plan(
  tx: Pick<Transaction, 'em'>,
  ticket: Ticket,
  loaded: LoadedRun,
  toVersionId: string,
  path: string[],
): Promise<Planned> {
  const to = await tx.em.findOne(ProcessVersion, { id: toVersionId });
  if (!to) throw notFound('process version', toVersionId, path);
  const { run, definition: from, state } = loaded;
  const obstacle = obstacleOf(run, to);
  if (obstacle) return { run, loaded, to, obstacle, plan: null, planHash: null };
  const rows = [...loaded.steps.values()];
  const drafts: Drafts = Object.fromEntries(
    rows.flatMap(({ key, draftAnswers }) => (draftAnswers ? [[key, draftAnswers]] : [])),
  );
  const facts = await factsOf(tx, ticket);
  const { number: fromVersion } = await tx.em.findOneOrFail(ProcessVersion, { id: run.processVersionId });
  const versions = { fromVersion, toVersion: to.number };
  const made = planMigration({ from, to: to.definition, ...versions, run: state, drafts, facts });
  // Of what goes in as of what comes out: whatever of it changes, the plan is another one.
  const planHash = hashOf([run.id, run.processVersionId, to.id, state, drafts, made]);
  return { run, loaded, to, obstacle, plan: made, planHash };
}

function obstacleOf(run: Run, to: ProcessVersion): string | null {
  if (run.phase !== RunPhase.ACTIVE) return `The run is ${run.phase.toLowerCase()}, so it stays as it is.`;
  if (to.processId !== run.processId) return 'The version is of another process.';
  return to.id === run.processVersionId ? `The run follows version ${to.number} already.` : null;
}

function checkLoss({ lost }: MigrationPlan, accepted: string[]): void {
  const path = ['input', 'acceptLoss'];
  const faults: Fault[] = lost
    .filter(({ field }) => !accepted.includes(field))
    .map(({ field, label, step }) => ({
      code: ErrorCode.ANSWERS_WOULD_BE_LOST,
      message: `What was answered to "${label}" (${field}, in ${step}) has no place in the new version. Accept its loss by naming ${field}.`,
      path,
    }));
  accepted.forEach((key, index) => {
    if (!lost.some(({ field }) => field === key))
      faults.push({
        code: ErrorCode.INVALID_INPUT,
        message: `No answer to ${key} would be lost. Leave it out.`,
        path: [...path, String(index)],
      });
  });
  if (faults.length > 0) throw new DomainError(faults);
}

async function carryOver(
  tx: Transaction,
  ticket: Ticket,
  { run, loaded, to }: Planned,
  { steps, drafts, outcome }: MigrationPlan,
): Promise<void> {
  const { definition } = to;
  const rows = new Map(loaded.steps);
  for (const { key } of steps.filter(({ fate }) => fate === 'REMOVED')) {
    const row = rows.get(key) as Step;
    rows.delete(key);
    Object.assign(row, {
      removedAt: tx.now,
      phase: StepPhase.HIDDEN,
      assigneeId: null,
      assignedRole: null,
      assignedTeamId: null,
      followsTicket: false,
    });
  }
  // A step may go and another come under the same key; the database takes them one after the other.
  await tx.em.flush();
  definition.steps.forEach((step, index) => {
    const { key, title, customerVisible = false } = step;
    const row = rows.get(key);
    if (row) {
      const draftAnswers = drafts[key] ?? null;
      Object.assign(row, { position: index + 1, title, customerVisible, draftAnswers });
    } else {
      const added = stepRow(run, definition, index);
      rows.set(key, added);
      tx.em.persist(added);
    }
  });
  run.processVersionId = to.id;
  watchWork(tx, run, rows.values());
  const named = await namedIn(tx, definition);
  const migrated: LoadedRun = { ...loaded, steps: rows, definition, named };
  keep(tx, ticket, migrated, outcome);
  giveAnew(ticket, loaded, migrated);
}

/** Steps that stay READY are given to whom the new version says, where it says something else. */
function giveAnew(ticket: Ticket, before: LoadedRun, after: LoadedRun): void {
  const { definition, steps } = after;
  const rule = (step: StepDefinition | undefined) =>
    hashOf(step?.kind === 'APPROVAL' ? step.approval.approvers : (step?.assign ?? null));
  for (const step of definition.steps) {
    const row = steps.get(step.key) as Step;
    const old = before.definition.steps.find(({ key }) => key === step.key);
    if (row.phase !== StepPhase.READY || rule(old) === rule(step)) continue;
    if (!row.assignedByHand) giveTurn(row, step, ticket, after);
  }
}
