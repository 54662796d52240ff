import type { Context } from '../../platform/context.js';
import { inTransaction, type Transaction } from '../../platform/database/transaction.js';
import { TeamMember } from '../directory/team.entity.js';
import type { StepDefinition } from '../process/process.definition.js';
import { releaseTicket } from '../routing/assignment.service.js';
import { Ticket } from '../ticket/ticket.entity.js';
import { changing } from '../ticket/ticket.service.js';
import { type Misplaced, misplacedWork, type Suspects } from './misplaced.query.js';
import { stepAssigned, stepFell } from './run.events.js';
import { type LoadedRun, loadRun } from './run.store.js';
import { Step } from './step.entity.js';
import { handTo } from './step-deadlines.service.js';
import { planRun } from './step-planning.service.js';
import { giveTurn } from './step-turn.store.js';

/** Which tickets a transaction must have locked is known only once its work is done. */
class NotLocked extends Error {
  constructor(readonly ticketIds: string[]) {
    super('Tickets to be released were not locked at the start of the transaction');
  }
}

/** How often it is begun anew; each time with the tickets that turned up. */
const MOST_ATTEMPTS = 10;

/** What a change of rights leaves behind to be released. */
export interface Releases {
  /** @param reason for people: kept with each ticket and told with each step */
  of(suspects: Suspects, reason: string): void;
}

/**
 * Runs a change of rights, and takes from people what they may not have any more, in the same transaction:
 * tickets go back to the queue of their team, steps to whom the process says, or else to that team, and
 * approvals that only the leaving could decide to the managers.
 *
 * Streams are locked before anything is written, so what turns out to be concerned is undone and begun
 * again with those locks. Nothing can be added meanwhile: whoever gives work to somebody holds their row.
 */
export async function releasing<Result>(
  ctx: Context,
  streams: string[],
  work: (tx: Transaction, releases: Releases) => Promise<Result>,
): Promise<Result> {
  const tickets = new Set<string>();
  for (let attempt = 1; ; attempt++)
    try {
      return await inTransaction(ctx, [...streams, ...tickets], async (tx) => {
        const asked: [Suspects, string][] = [];
        const result = await work(tx, { of: (...release) => void asked.push(release) });
        await tx.em.flush();
        for (const [suspects, reason] of asked) await release(tx, tickets, suspects, reason);
        if (tickets.size > 0) tx.note({ releasedTicketIds: [...tickets] });
        return result;
      });
    } catch (error) {
      if (!(error instanceof NotLocked) || attempt === MOST_ATTEMPTS) throw error;
      for (const id of error.ticketIds) tickets.add(id);
    }
}

async function release(tx: Transaction, locked: Set<string>, suspects: Suspects, reason: string) {
  const misplaced = await misplacedWork(tx.em, suspects);
  const missing = misplaced.filter(({ ticketId }) => !locked.has(ticketId));
  if (missing.length > 0) throw new NotLocked(missing.map(({ ticketId }) => ticketId));
  for (const [ticketId, works] of Map.groupBy(misplaced, (each) => each.ticketId)) {
    const ticket = changing(tx, await tx.em.findOneOrFail(Ticket, { id: ticketId }));
    const runs = new Map<string, LoadedRun>();
    for (const work of works.filter(({ what }) => what === 'TICKET'))
      releaseTicket(tx, ticket, await homeOf(tx, work.agentId), reason);
    for (const work of works.filter(({ what }) => what !== 'TICKET'))
      await releaseStep(tx, ticket, runs, work, reason);
    for (const loaded of runs.values()) await planRun(tx, ticket, loaded);
  }
}

async function releaseStep(
  tx: Transaction,
  ticket: Ticket,
  runs: Map<string, LoadedRun>,
  { id, what, agentId }: Misplaced,
  reason: string,
): Promise<void> {
  const { runId, key } = await tx.em.findOneOrFail(Step, { id });
  const loaded = runs.get(runId) ?? (await loadRun(tx, runId));
  runs.set(runId, loaded);
  const step = loaded.steps.get(key) as Step;
  if (what === 'APPROVAL') {
    if (step.handedToRole !== null) return;
    handTo(step, 'MANAGER');
    tx.append(ticket.id, stepFell('APPROVAL_ESCALATED', step));
    return;
  }
  const defined = loaded.definition.steps.find((each) => each.key === key) as StepDefinition;
  giveTurn(step, defined, ticket, loaded);
  step.assignedByHand = false;
  if (step.assigneeId === agentId) step.assigneeId = null;
  const waits = step.assigneeId !== null || step.assignedTeamId !== null || step.assignedRole !== null;
  if (!waits && !step.followsTicket) step.assignedTeamId = ticket.teamId ?? (await homeOf(tx, agentId));
  const to = { agentId: step.assigneeId, teamId: step.assignedTeamId, claimed: false, reason };
  tx.append(ticket.id, stepAssigned({ stepId: step.id, runId, key, ...to }));
}

/** The queue of somebody who has what belongs to no team: that of the first team they are in. */
async function homeOf(tx: Transaction, agentId: string): Promise<string | null> {
  const [first] = await tx.em.find(TeamMember, { agentId }, { orderBy: { teamId: 'asc' }, limit: 1 });
  return first?.teamId ?? null;
}
