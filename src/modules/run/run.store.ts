import type { Transaction } from '../../platform/database/transaction.js';
import { notFound } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import type { ProcessDefinition, StepDefinition } from '../process/process.definition.js';
import { Process, ProcessVersion } from '../process/process.entity.js';
import { StepKind } from '../process/process.types.js';
import type { Ticket } from '../ticket/ticket.entity.js';
import { turnOf } from './assignee.rules.js';
import { formOf } from './phase.rules.js';
import { Run } from './run.entity.js';
import { told } from './run.events.js';
import {
  type Outcome,
  type RunEvent,
  RunPhase,
  type RunState,
  type StepChanged,
  StepPhase,
} from './run.state.js';
import { ApprovalDecision, Step } from './step.entity.js';

/** A run with everything it takes to go on: its rows, locked by the transaction, and what the kernel reads. */
export interface LoadedRun {
  run: Run;
  steps: Map<string, Step>;
  process: Process;
  definition: ProcessDefinition;
  state: RunState;
}

/** Loads a run of a locked ticket. */
export async function loadRun(tx: Pick<Transaction, 'em'>, runId: string): Promise<LoadedRun> {
  const run = await tx.em.findOne(Run, { id: runId });
  if (!run) throw notFound('run', runId, ['input', 'runId']);
  const version = await tx.em.findOneOrFail(ProcessVersion, { id: run.processVersionId });
  const process = await tx.em.findOneOrFail(Process, { id: run.processId });
  const rows = await tx.em.find(Step, { runId, removedAt: null });
  const steps = new Map(rows.map((step) => [step.key, step]));
  return { run, steps, process, definition: version.definition, state: stateOf(run, rows) };
}

/** Makes the rows of a run that begins. */
export function newRun(
  tx: Transaction,
  ticket: Ticket,
  process: Process,
  version: ProcessVersion,
  state: RunState,
): LoadedRun {
  const run = Object.assign(new Run(), {
    id: newId('run'),
    ticketId: ticket.id,
    processId: process.id,
    processVersionId: version.id,
    startedById: state.startedBy,
    startedAt: tx.now,
  });
  const { definition } = version;
  const steps = definition.steps.map((_step, index) => stepRow(run, definition, index));
  tx.em.persist([run, ...steps]);
  return { run, steps: new Map(steps.map((step) => [step.key, step])), process, definition, state };
}

/** The row of a step that begins, of the definition's step at `index`. */
export function stepRow({ id: runId, ticketId }: Run, { steps }: ProcessDefinition, index: number): Step {
  const { key, kind, title, customerVisible } = steps[index] as StepDefinition;
  return Object.assign(new Step(), {
    id: newId('step'),
    runId,
    ticketId,
    key,
    position: index + 1,
    title,
    kind: StepKind[kind],
    phase: StepPhase.WAITING,
    customerVisible: customerVisible ?? false,
  });
}

/** Writes what the kernel decided into the rows, and appends what is told of it. */
export function keep(
  tx: Transaction,
  ticket: Ticket,
  loaded: LoadedRun,
  outcome: Pick<Outcome, 'run' | 'events'>,
): void {
  const { run, steps, definition } = loaded;
  const changed = new Map(
    outcome.events
      .filter((event): event is StepChanged => event.type === 'STEP_CHANGED')
      .map((event) => [event.step, event]),
  );
  const form = formOf(definition, outcome.run);
  for (const defined of definition.steps) {
    const row = steps.get(defined.key) as Step;
    const after = outcome.run.steps[defined.key] as RunState['steps'][string];
    const { phase, attempt, outcome: made, returned, answers, skipReason, decisions } = after;
    if (made !== null && (row.outcome === null || row.attempt !== attempt)) row.completedAt = tx.now;
    if (made === null) row.completedAt = null;
    // What was saved on the way is replaced by what the step was completed with.
    if (made !== null || row.attempt !== attempt) row.draftAnswers = row.draftById = row.draftAt = null;
    Object.assign(row, {
      phase,
      attempt,
      outcome: made,
      returned,
      answers,
      skipReason,
      decisions,
      completedById: after.completedBy,
    });
    if (changed.get(defined.key)?.to === StepPhase.READY) {
      const turn = turnOf(defined, ticket, form);
      Object.assign(row, { readyAt: tx.now, assigneeId: turn.agentId, assignedRole: turn.role });
    }
  }
  if (run.phase !== outcome.run.phase) run.endedAt = outcome.run.phase === RunPhase.ACTIVE ? null : tx.now;
  run.phase = outcome.run.phase;
  loaded.state = outcome.run;
  for (const event of outcome.events) tell(tx, loaded, event);
}

function tell(tx: Transaction, { run, process, steps }: LoadedRun, event: RunEvent): void {
  if (event.type === 'APPROVAL_DECIDED')
    tx.em.persist(
      Object.assign(new ApprovalDecision(), {
        id: newId('decision'),
        stepId: steps.get(event.step)?.id,
        ticketId: run.ticketId,
        attempt: event.attempt,
        subjectKey: event.subject,
        subjectAttempt: event.subjectAttempt,
        verdict: event.verdict,
        comment: event.comment,
        decidedById: event.by,
        decidedAt: tx.now,
      }),
    );
  tx.append(
    run.ticketId,
    told(event, { runId: run.id, process: process.key, steps: Object.fromEntries(steps) }),
  );
}

function stateOf(run: Run, steps: Step[]): RunState {
  return {
    phase: run.phase,
    startedBy: run.startedById,
    steps: Object.fromEntries(
      steps.map(
        ({ key, outcome, attempt, answers, completedById, skipReason, returned, decisions, phase }) => [
          key,
          { outcome, attempt, answers, completedBy: completedById, skipReason, returned, decisions, phase },
        ],
      ),
    ),
  };
}
