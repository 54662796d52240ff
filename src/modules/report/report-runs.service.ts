import { grouped } from '../../platform/context.js';
import { sqlOf } from '../../platform/database/database.js';
import type { Transaction } from '../../platform/database/transaction.js';
import type { ProcessVersion } from '../process/process.entity.js';
import type { DecisionFacts, RunFacts, StepFacts } from './report.facts.js';
import { answersToTell } from './report-answers.rules.js';

/** The runs of a ticket with their steps and decisions, as reports tell them: the one, or all in order. */
export async function runsOf(tx: Transaction, ticketId: string, runId: string | null): Promise<RunFacts[]> {
  const ofTicket = sqlOf(tx.em).selectFrom('run as r').where('r.ticket_id', '=', ticketId);
  const runs = await (runId === null ? ofTicket : ofTicket.where('r.id', '=', runId))
    .innerJoin('process as p', 'p.id', 'r.process_id')
    .innerJoin('process_version as v', 'v.id', 'r.process_version_id')
    .orderBy('r.started_at')
    .orderBy('r.id')
    .select(['r.id', 'r.phase', 'r.started_at', 'r.ended_at', 'p.name', 'v.definition'])
    .execute();
  if (runs.length === 0) return [];
  const ids = runs.map((run) => run.id as string);
  const steps = grouped(ids, await stepsOf(tx, ids), (step) => step.run_id);
  const decisions = await decisionsOf(tx, ids);
  return runs.map((run, index) => ({
    process: run.name,
    phase: run.phase,
    startedAt: new Date(run.started_at),
    endedAt: run.ended_at && new Date(run.ended_at),
    steps: (steps[index] ?? []).map((row) => stepFacts(row, run.definition, decisions.get(row.id) ?? [])),
  }));
}

interface StepRow {
  id: string;
  run_id: string;
  // biome-ignore lint/suspicious/noExplicitAny: columns of a hand-written query
  [column: string]: any;
}

function stepsOf(tx: Transaction, runIds: string[]): Promise<StepRow[]> {
  return sqlOf(tx.em)
    .selectFrom('step')
    .where('run_id', 'in', runIds)
    .where('phase', '<>', 'HIDDEN')
    .orderBy('position')
    .select([
      'id',
      'run_id',
      'key',
      'position',
      'title',
      'phase',
      'attempt',
      'answers',
      'skip_reason',
      'completed_by_id',
      'completed_at',
    ])
    .execute() as Promise<StepRow[]>;
}

/** By the id of the approval. */
async function decisionsOf(tx: Transaction, runIds: string[]): Promise<Map<string, DecisionFacts[]>> {
  const rows = await sqlOf(tx.em)
    .selectFrom('approval_decision as d')
    .innerJoin('step as s', 's.id', 'd.step_id')
    .where('s.run_id', 'in', runIds)
    .orderBy('d.decided_at')
    .orderBy('d.id')
    .select(['d.step_id', 'd.subject_key', 'd.verdict', 'd.comment', 'd.decided_by_id', 'd.decided_at'])
    .execute();
  const decisions = new Map<string, DecisionFacts[]>();
  for (const row of rows) {
    const told = {
      subject: row.subject_key,
      verdict: row.verdict,
      comment: row.comment,
      byId: row.decided_by_id,
      at: new Date(row.decided_at),
    };
    decisions.set(row.step_id, [...(decisions.get(row.step_id) ?? []), told]);
  }
  return decisions;
}

function stepFacts(
  row: StepRow,
  definition: ProcessVersion['definition'],
  decisions: DecisionFacts[],
): StepFacts {
  const defined = definition.steps.find(({ key }) => key === row.key);
  return {
    key: row.key,
    position: row.position,
    title: row.title,
    phase: row.phase,
    attempt: row.attempt,
    skipReason: row.skip_reason,
    // Until a step is completed its answers are a draft, or those of an attempt that was rejected.
    answers: row.phase === 'COMPLETED' ? answersToTell(defined, row.answers) : [],
    completedById: row.completed_by_id,
    completedAt: row.completed_at && new Date(row.completed_at),
    decisions,
  };
}
