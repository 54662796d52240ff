import type { Transaction } from '../../platform/database/transaction.js';
import type { Ticket } from '../ticket/ticket.entity.js';
import { onTicketChange } from '../ticket/ticket.service.js';
import { Run } from './run.entity.js';
import { RunPhase, StepPhase } from './run.state.js';
import { Step } from './step.entity.js';
import { WORK, type WorkChange } from './work.events.js';
import type { Waiting } from './work.rules.js';

type Owner = Pick<Ticket, 'assigneeId' | 'teamId'>;

/** For whom a step waits, as its row and its ticket say; null while it is not READY or its run is over. */
export function waitingOf(step: Step, ticket: Owner, active: boolean): Waiting | null {
  if (step.phase !== StepPhase.READY || !active) return null;
  return {
    kind: step.kind,
    attempt: step.attempt,
    votes: Object.values(step.votes).flat().length,
    assigneeId: step.followsTicket ? ticket.assigneeId : step.assigneeId,
    teamId: step.assignedTeamId,
    role: step.assignedRole,
    approvers: { roles: step.approverRoles, agentIds: step.approverIds, teamIds: step.approverTeamIds },
    conflicted: step.conflictedIds,
    settled: step.settledIds,
    ticketTeamId: ticket.teamId,
  };
}

/** The steps that a transaction may change, and for whom they waited before it. */
const watched = new WeakMap<Transaction, Map<Step, (ticket: Owner) => Waiting | null>>();

/** Has live lists told at the end how the steps of a run changed: to be called before they do. */
export function watchWork(tx: Transaction, run: Run, steps: Iterable<Step>): void {
  const before = watched.get(tx) ?? new Map();
  const active = run.phase === RunPhase.ACTIVE;
  for (const step of steps) {
    if (before.has(step)) continue;
    const was = { ...step } as Step;
    before.set(step, (ticket: Owner) => waitingOf(was, ticket, active));
  }
  watched.set(tx, before);
}

/** A step waits for others also because its ticket went to others: the steps of its runs are looked at then. */
async function watchRuns(tx: Transaction, ticketId: string): Promise<void> {
  for (const run of await tx.em.find(Run, { ticketId, phase: RunPhase.ACTIVE }))
    watchWork(tx, run, await tx.em.find(Step, { runId: run.id, phase: StepPhase.READY }));
}

onTicketChange(async (tx, ticket, before) => {
  if (ticket.assigneeId !== before.assigneeId || ticket.teamId !== before.teamId)
    await watchRuns(tx, ticket.id);
  const changes: WorkChange[] = [];
  for (const [step, was] of watched.get(tx) ?? []) {
    const run = await tx.em.findOneOrFail(Run, { id: step.runId });
    const [then, now] = [was(before), waitingOf(step, ticket, run.phase === RunPhase.ACTIVE)];
    if (JSON.stringify(then) !== JSON.stringify(now))
      changes.push({ stepId: step.id, kind: step.kind, before: then, after: now });
  }
  if (changes.length > 0) tx.changedToo(ticket.id, WORK, changes);
});
