import type { Transaction } from '../../platform/database/transaction.js';
import {
  type Deadline,
  type DeadlineHandlers,
  dropDeadlines,
  repeatDeadline,
} from '../../platform/deadlines/deadline.js';
import { workingTimeOf } from '../calendar/working-time.service.js';
import type { StepDefinition, TimeoutDefinition } from '../process/process.definition.js';
import type { Ticket } from '../ticket/ticket.entity.js';
import { lockedTicket } from '../ticket/ticket.service.js';
import { nextTimeout } from './due.rules.js';
import { RUN_PLAN } from './replanning.service.js';
import { Run } from './run.entity.js';
import { stepFell } from './run.events.js';
import { carryOut } from './run.service.js';
import { DESK, RunPhase, StepPhase, Verdict } from './run.state.js';
import { type LoadedRun, loadRun } from './run.store.js';
import { Step } from './step.entity.js';
import { APPROVAL_TIMEOUT, planRun, STEP_OVERDUE, STEP_REMINDER } from './step-planning.service.js';

/** What happens to steps at their time. Whatever changes a step plans anew, so a deadline that fires still holds. */
export const stepDeadlines: DeadlineHandlers = {
  [STEP_REMINDER]: (tx, deadline) => tell(tx, deadline, STEP_REMINDER),
  [STEP_OVERDUE]: (tx, deadline) => tell(tx, deadline, STEP_OVERDUE),
  [APPROVAL_TIMEOUT]: timeOut,
  [RUN_PLAN]: async (tx, { subjectId }) => {
    const ticket = await lockedTicket(tx, subjectId);
    const runs = await tx.em.find(Run, { ticketId: ticket.id, phase: RunPhase.ACTIVE });
    for (const { id } of runs) await planRun(tx, ticket, await loadRun(tx, id));
    await dropDeadlines(tx, ticket.id, [RUN_PLAN]);
  },
};

/** A step with everything around it, for changing. */
interface Found {
  ticket: Ticket;
  loaded: LoadedRun;
  step: Step;
  defined: StepDefinition;
}

async function found(tx: Transaction, { subjectId, streamId }: Deadline): Promise<Found> {
  const ticket = await lockedTicket(tx, streamId);
  const { runId, key } = await tx.em.findOneOrFail(Step, { id: subjectId });
  const loaded = await loadRun(tx, runId);
  const step = loaded.steps.get(key) as Step;
  const defined = loaded.definition.steps.find((each) => each.key === key) as StepDefinition;
  return { ticket, loaded, step, defined };
}

async function tell(tx: Transaction, deadline: Deadline, what: string): Promise<void> {
  const { ticket, step } = await found(tx, deadline);
  tx.append(ticket.id, stepFell(what, step));
}

async function timeOut(tx: Transaction, deadline: Deadline): Promise<void> {
  const { ticket, loaded, step, defined } = await found(tx, deadline);
  const timeout = defined.kind === 'APPROVAL' ? defined.approval.timeout : undefined;
  if (!timeout || step.phase !== StepPhase.READY) return;
  switch (timeout.action) {
    case 'REMIND': {
      tx.append(ticket.id, stepFell('APPROVAL_REMINDER', step));
      const calendar = await workingTimeOf(tx, ticket.teamId);
      await repeatDeadline(tx, deadline.key, nextTimeout(timeout, deadline.fireAt, tx.now, calendar));
      return;
    }
    case 'ESCALATE':
      // Planned anew by another calendar after it was handed on: it stays where it is.
      if (step.handedToRole === timeout.to) return;
      handTo(step, timeout.to as string);
      tx.append(ticket.id, stepFell('APPROVAL_ESCALATED', step));
      return;
    default:
      // In the desk's own name, by the way that people's decisions go: of the two, one wins.
      await carryOut(tx, ticket, loaded, {
        type: 'DECIDE',
        step: step.key,
        subjects: null,
        by: DESK,
        approvers: [],
        ...verdictOf(timeout),
      });
  }
}

/** From now on the role decides, instead of those whom the process names. */
export function handTo(step: Step, role: string): void {
  Object.assign(step, { handedToRole: role, assigneeId: null, assignedTeamId: null, assignedRole: role });
  Object.assign(step, { approverRoles: [role], approverIds: [], approverTeamIds: [] });
}

function verdictOf({ action, afterHours, counting }: TimeoutDefinition) {
  const hours = counting === 'BUSINESS_DAYS' ? 'business hours' : 'hours';
  return {
    verdict: action === 'APPROVE' ? Verdict.APPROVED : Verdict.REJECTED,
    comment: `Nobody decided within ${afterHours} ${hours}.`,
  };
}
