import { confidentialFields, openAnswers } from '../process/confidential.rules.js';
import type { ProcessDefinition } from '../process/process.definition.js';
import type { Planned } from './migration.service.js';
import type { LostAnswerView, PlannedStepView, RunMigrationPlan } from './migration.types.js';
import type { LostAnswer } from './migration-loss.rules.js';
import type { PlannedStep } from './migration-plan.rules.js';
import { RunPhase, type StepState } from './run.state.js';

/** A plan as it is shown: what not all staff may read is left out. */
export function planView({ run, loaded, to, obstacle, plan, planHash }: Planned): RunMigrationPlan {
  const place = { runId: run.id, fromVersionId: run.processVersionId, toVersionId: to.id };
  if (!plan) return { ...place, possible: false, obstacle, steps: [], lost: [], completes: false, planHash };
  return {
    ...place,
    possible: true,
    obstacle: null,
    steps: plan.steps.map((step) => stepView(step, to.definition)),
    lost: plan.lost.map((lost) => lostView(lost, loaded.definition)),
    completes: plan.outcome.run.phase === RunPhase.COMPLETED,
    planHash,
  };
}

function stepView(
  { key, title, fate, reason, before, after }: PlannedStep,
  to: ProcessDefinition,
): PlannedStepView {
  const defined = to.steps.find((step) => step.key === key);
  return {
    key,
    title,
    fate,
    reason,
    attempt: ((after ?? before) as StepState).attempt,
    phaseBefore: before?.phase ?? null,
    phaseAfter: after?.phase ?? null,
    answers: after ? openAnswers(defined, after.answers) : {},
    decided: Object.keys(after?.decisions ?? {}),
  };
}

function lostView(lost: LostAnswer, from: ProcessDefinition): LostAnswerView {
  const withheld = confidentialFields(from.steps.find(({ key }) => key === lost.step));
  return withheld.includes(lost.field) ? { ...lost, value: null } : lost;
}
