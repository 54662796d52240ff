import type { ProcessDefinition, StepDefinition } from '../process/process.definition.js';
import type { Ticket } from '../ticket/ticket.entity.js';
import { type Named, type Turn, turnOf } from './assignee.rules.js';
import { formOf } from './phase.rules.js';
import type { RunState } from './run.state.js';
import type { Step } from './step.entity.js';

/** The run that a step's turn is worked out in. */
interface Turning {
  definition: ProcessDefinition;
  named: Named;
  state: RunState;
}

/** Whose turn a step is, as things stand. */
export function turnNow(
  defined: StepDefinition,
  ticket: Ticket,
  { definition, named, state }: Turning,
): Turn {
  const completedBy = (key: string) => {
    const step = state.steps[key];
    return step?.outcome === 'COMPLETED' ? step.completedBy : null;
  };
  return turnOf(defined, ticket, { form: formOf(definition, state), named, completedBy });
}

/** Gives a step to those whose turn it is. */
export function giveTurn(row: Step, defined: StepDefinition, ticket: Ticket, run: Turning): void {
  const { agentId, teamId, role, followsTicket, approvers } = turnNow(defined, ticket, run);
  Object.assign(row, {
    assigneeId: agentId,
    assignedTeamId: teamId,
    assignedRole: role,
    followsTicket,
    handedToRole: null,
    approverRoles: [...approvers.roles],
    approverIds: [...approvers.agentIds],
    approverTeamIds: [...approvers.teamIds],
  });
}
