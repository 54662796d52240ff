import { type Context, grouped, type Loader } from '../../platform/context.js';
import { sqlOf } from '../../platform/database/database.js';
import { rowsOf } from '../../platform/database/rows.js';
import { registerNode } from '../../platform/graphql/node.js';
import { hangingOn } from '../ticket/ticket.loader.js';
import { Run } from './run.entity.js';
import { ApprovalDecision, Step, StepAttempt } from './step.entity.js';

const runs = hangingOn(Run, 'run', 'TICKET', { column: 'started_at', direction: 'asc' });
const steps = hangingOn(Step, 'step', 'TICKET', { column: 'position', direction: 'asc' });

/** Whether a customer may see the step; staff see every one. What a migration took out, nobody sees. */
const shown = (ctx: Context, step: Step | null) =>
  step?.removedAt === null && (ctx.viewer.kind !== 'CUSTOMER' || step.customerVisible) ? step : null;

export const runById = runs.byId;
export const runsOfTicket = runs.ofTicket;
export const stepById: Loader<string, Step> = {
  load: async (ctx, ids) => (await steps.byId.load(ctx, ids)).map((step) => shown(ctx, step)),
};
registerNode('run', 'Run', runById);
registerNode('step', 'Step', stepById);

/** The steps of a run that the viewer may see, in order. */
export const stepsOfRun: Loader<string, Step[]> = {
  load: async (ctx, runIds) => {
    const visible = (await Promise.all(runIds.map((id) => ctx.load(runById, id)))).flatMap((run) =>
      run ? [run.id] : [],
    );
    if (visible.length === 0) return runIds.map(() => []);
    const reader = rowsOf(ctx.em, Step);
    let query = sqlOf(ctx.em)
      .selectFrom('step as s')
      .where('s.run_id', 'in', visible)
      .where('s.removed_at', 'is', null)
      .orderBy('s.position')
      .select(reader.select('s'));
    if (ctx.viewer.kind === 'CUSTOMER') query = query.where('s.customer_visible', '=', true);
    return grouped(runIds, reader.read(await query.execute()), (step) => step.runId);
  },
};

/** What hangs on a step that was reached through its ticket. */
function ofStep<Thing extends { stepId: string }>(
  entity: new () => Thing,
  table: string,
  order: string,
): Loader<string, Thing[]> {
  return {
    load: async (ctx, stepIds) => {
      const reader = rowsOf(ctx.em, entity);
      const rows = await sqlOf(ctx.em)
        .selectFrom(`${table} as x`)
        .where('x.step_id', 'in', stepIds)
        .orderBy(`x.${order}`)
        .orderBy('x.id')
        .select(reader.select('x'))
        .execute();
      return grouped(stepIds, reader.read(rows), (thing) => thing.stepId);
    },
  };
}

export const attemptsOfStep = ofStep(StepAttempt, 'step_attempt', 'attempt');
export const decisionsOfStep = ofStep(ApprovalDecision, 'approval_decision', 'decided_at');
