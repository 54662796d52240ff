import type { Transaction } from '../../platform/database/transaction.js';
import { hastenDeadline, type NewDeadline, replanDeadlines } from '../../platform/deadlines/deadline.js';
import { workingTimeOf } from '../calendar/working-time.service.js';
import type { StepDefinition } from '../process/process.definition.js';
import type { Ticket } from '../ticket/ticket.entity.js';
import { TicketStatus } from '../ticket/ticket.vocabulary.js';
import { autoCloseKey } from '../ticket/ticket-planning.service.js';
import { type DueFacts, dueAt, remindersOf, timeoutAt } from './due.rules.js';
import { formOf } from './phase.rules.js';
import { RunPhase, StepPhase } from './run.state.js';
import type { LoadedRun } from './run.store.js';
import type { Step } from './step.entity.js';

/** The deadlines of steps. Their subject is the step. */
export const STEP_REMINDER = 'STEP_REMINDER';
export const STEP_OVERDUE = 'STEP_OVERDUE';
export const APPROVAL_TIMEOUT = 'APPROVAL_TIMEOUT';

/** Works out when the steps of a run are due, and plans what is to happen then, after every change of the run. */
export async function planRun(tx: Transaction, ticket: Ticket, loaded: LoadedRun): Promise<void> {
  // A gate that kept the ticket from closing by itself may be passed now.
  if (ticket.status === TicketStatus.RESOLVED) await hastenDeadline(tx, autoCloseKey(ticket.id));
  const timed = loaded.definition.steps.filter(isTimed);
  if (timed.length === 0) return;
  const facts = await dueFacts(tx, ticket, loaded);
  const steps = timed.map((defined) => ({ defined, step: loaded.steps.get(defined.key) as Step }));
  // Of what is done stays told when it had been due.
  for (const { defined, step } of steps)
    if (step.outcome === null) step.dueAt = isOpen(step) ? dueAt(defined.due, facts) : null;
  const active = loaded.run.phase === RunPhase.ACTIVE;
  await replanDeadlines(
    tx,
    steps.map(({ step }) => step.id),
    steps.flatMap(({ defined, step }) => (active ? deadlinesOf(tx, defined, step, facts) : [])),
  );
}

function isTimed(step: StepDefinition): boolean {
  return step.due !== undefined || (step.kind === 'APPROVAL' && step.approval.timeout !== undefined);
}

function isOpen({ phase }: Step): boolean {
  return phase === StepPhase.READY || phase === StepPhase.WAITING;
}

async function dueFacts(tx: Transaction, ticket: Ticket, loaded: LoadedRun): Promise<DueFacts> {
  const done = [...loaded.steps.values()].filter(
    ({ phase }) => phase === StepPhase.COMPLETED || phase === StepPhase.SKIPPED,
  );
  return {
    startedAt: loaded.run.startedAt,
    doneAt: new Map(done.flatMap(({ key, completedAt }) => (completedAt ? [[key, completedAt]] : []))),
    form: formOf(loaded.definition, loaded.state),
    calendar: await workingTimeOf(tx, ticket.teamId),
  };
}

function deadlinesOf(
  tx: Transaction,
  defined: StepDefinition,
  step: Step,
  { calendar }: DueFacts,
): NewDeadline[] {
  if (!isOpen(step)) return [];
  const of = { subjectId: step.id, streamId: step.ticketId };
  // Another attempt is another thing to be reminded of.
  const name = `${step.id}:${step.attempt}`;
  const deadlines: NewDeadline[] = [];
  if (step.dueAt) {
    deadlines.push({ ...of, key: `overdue:${name}`, kind: STEP_OVERDUE, at: step.dueAt });
    for (const { hours, at } of remindersOf(defined.due, step.dueAt, tx.now))
      deadlines.push({ ...of, key: `reminder:${name}:${hours}`, kind: STEP_REMINDER, at });
  }
  const timeout = defined.kind === 'APPROVAL' ? defined.approval.timeout : undefined;
  if (timeout && step.phase === StepPhase.READY && step.readyAt) {
    const at = timeoutAt(timeout, step.readyAt, calendar);
    deadlines.push({ ...of, key: `timeout:${name}`, kind: APPROVAL_TIMEOUT, at });
  }
  return deadlines;
}
