import { LockMode } from '@mikro-orm/core';
import type { Context } from '../../platform/context.js';
import { DomainError, ErrorCode, notFound } from '../../platform/errors.js';
import { Agent } from '../directory/agent.entity.js';
import { Team } from '../directory/team.entity.js';
import { mustWork } from '../ticket/ticket.service.js';
import { stepAssigned } from './run.events.js';
import type { AssignStepInput, ClaimStepInput } from './run.input.js';
import { type Changed, changeStep, mustDo, type StepChange } from './run.service.js';
import { RunPhase, StepPhase } from './run.state.js';

/**
 * Gives a task that is not done to an agent or a team. It stays theirs in later attempts.
 * @throws DomainError INVALID_INPUT unless exactly one is given; INVALID_TRANSITION for an approval or what is
 *   done; STALE when the ticket is not at the expected version
 */
export function assignStep(ctx: Context, input: AssignStepInput): Promise<Changed> {
  mustWork(ctx);
  const { agentId = null, teamId = null } = input;
  if ((agentId === null) === (teamId === null))
    throw new DomainError(ErrorCode.INVALID_INPUT, 'Give either an agent or a team.', ['input']);
  return changeStep(
    ctx,
    input.stepId,
    async (change) => {
      mustBeOpen(change);
      const { em } = change.tx;
      if (
        agentId !== null &&
        !(await em.findOne(
          Agent,
          { id: agentId, active: true },
          // Kept from leaving until this is done.
          { lockMode: LockMode.PESSIMISTIC_READ },
        ))
      )
        throw notFound('agent', agentId, ['input', 'agentId']);
      if (teamId !== null && !(await em.findOne(Team, { id: teamId })))
        throw notFound('team', teamId, ['input', 'teamId']);
      give(change, { agentId, teamId, claimed: false });
    },
    input.expectedVersion,
  );
}

/**
 * Takes a READY task for oneself. Of two who claim it at once one wins.
 * @throws DomainError ALREADY_CLAIMED naming who has it; STEP_NOT_READY; FORBIDDEN for another team's or role's
 */
export function claimStep(ctx: Context, input: ClaimStepInput): Promise<Changed> {
  return changeStep(ctx, input.stepId, async (change) => {
    const { tx, step, ticket, defined } = change;
    const { viewer } = tx;
    mustDo(viewer, defined, step);
    mustBeOpen(change);
    const holderId = step.followsTicket ? ticket.assigneeId : step.assigneeId;
    if (holderId !== null) {
      const holder = await tx.em.findOne(Agent, { id: holderId });
      throw new DomainError(
        ErrorCode.ALREADY_CLAIMED,
        `${holder?.name ?? 'Somebody'} has "${step.title}" already.`,
        ['input', 'stepId'],
      );
    }
    if (step.phase !== StepPhase.READY)
      throw new DomainError(ErrorCode.STEP_NOT_READY, `"${step.title}" is not READY yet.`, [
        'input',
        'stepId',
      ]);
    if (
      step.assignedTeamId !== null &&
      !(viewer.kind === 'STAFF' && viewer.teamIds.includes(step.assignedTeamId))
    )
      throw new DomainError(ErrorCode.FORBIDDEN, `"${step.title}" is for the members of its team.`, [
        'input',
        'stepId',
      ]);
    give(change, { agentId: viewer.id, teamId: null, claimed: true });
  });
}

/** Refuses what nobody does any more, and approvals, which are their approvers' and nobody else's. */
function mustBeOpen({ step, defined, loaded }: StepChange): void {
  const open = step.outcome === null && loaded.run.phase === RunPhase.ACTIVE;
  if (defined.kind === 'TASK' && open) return;
  const why =
    defined.kind === 'TASK' ? 'is done or its run is over' : 'is an approval, which is for its approvers';
  throw new DomainError(
    defined.kind === 'TASK' ? ErrorCode.STEP_NOT_READY : ErrorCode.INVALID_TRANSITION,
    `"${step.title}" ${why}: it can't be given to somebody.`,
    ['input', 'stepId'],
  );
}

function give(
  { tx, step, loaded }: StepChange,
  to: { agentId: string | null; teamId: string | null; claimed: boolean },
): void {
  Object.assign(step, {
    assigneeId: to.agentId,
    assignedTeamId: to.teamId,
    assignedRole: null,
    followsTicket: false,
    assignedByHand: true,
  });
  tx.append(step.ticketId, stepAssigned({ stepId: step.id, runId: loaded.run.id, key: step.key, ...to }));
}
