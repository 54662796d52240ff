import type { Context } from '../../platform/context.js';
import type { Connection, PageArgs } from '../../platform/graphql/connection.js';
import { definitionById } from '../process/process.loader.js';
import { ticketById } from '../ticket/ticket.scope.js';
import { runById, stepsOfRun } from './run.loader.js';
import { StepPhase } from './run.state.js';
import type { Step } from './step.entity.js';
import { listWork, workerOf } from './work.query.js';
import { voterAmong, type Worker } from './work.rules.js';
import { waitingOf } from './work.service.js';
import type { ApprovalRequest } from './work.types.js';

/** A page of the approvals that wait for the viewer. */
export async function listRequests(ctx: Context, args: PageArgs): Promise<Connection<ApprovalRequest>> {
  const { edges, nodes, pageInfo, totalCount } = await listWork(ctx, 'APPROVAL', args);
  return {
    edges: edges.map(({ node, cursor }) => ({ node: { row: node }, cursor })),
    nodes: nodes.map((row) => ({ row })),
    pageInfo,
    totalCount,
  };
}

/** The steps that an approval has not decided on yet. */
export async function openSubjects(ctx: Context, approval: Step): Promise<Step[]> {
  const [run, steps] = await Promise.all([
    ctx.load(runById, approval.runId),
    ctx.load(stepsOfRun, approval.runId),
  ]);
  const version = run && (await ctx.load(definitionById, run.processVersionId));
  const defined = version?.definition.steps.find(({ key }) => key === approval.key);
  const subjects = defined?.kind === 'APPROVAL' ? defined.approval.subjects : [];
  return (steps ?? []).filter(
    ({ key, phase }) =>
      subjects.includes(key) && phase !== StepPhase.HIDDEN && !Object.hasOwn(approval.decisions, key),
  );
}

const workers = new WeakMap<Context, Promise<Worker>>();

/** The id of the owner in whose name the viewer would decide; null for their own. */
export async function decidesFor(ctx: Context, approval: Step): Promise<string | null> {
  const known = workers.get(ctx) ?? workerOf(ctx, ctx.desk.clock.now());
  workers.set(ctx, known);
  const [worker, ticket] = await Promise.all([known, ctx.load(ticketById, approval.ticketId)]);
  const waiting = ticket && waitingOf(approval, ticket, true);
  const voter = waiting && voterAmong(waiting, worker);
  return voter && voter.id !== worker.id ? voter.id : null;
}
