import { hasRole, Role } from '../../platform/auth/viewer.js';
import type { Context } from '../../platform/context.js';
import { once } from '../../platform/database/idempotency.js';
import { inTransaction, type Transaction } from '../../platform/database/transaction.js';
import { DomainError, ErrorCode, notFound } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import { Agent } from '../directory/agent.entity.js';
import { Team, TeamMember } from '../directory/team.entity.js';
import { Absence, ApprovalDelegation } from './absence.entity.js';
import { DEPUTIES_STREAM, deputiesChanged } from './absence.events.js';
import type { DelegateApprovalsInput, SetAbsenceInput } from './absence.input.js';
import { directDeputies } from './deputy.query.js';
import { closesCircle } from './deputy.rules.js';
import { dropTerm, planTerm } from './deputy-deadlines.service.js';

/**
 * Says that an agent is away, and who stands in. One's own, or as the lead of a team of theirs or a manager.
 * @throws DomainError FORBIDDEN; ALREADY_EXISTS for another absence in that time; INVALID_INPUT for a time that
 *   ends before it begins, or a stand-in whose deputies lead back to the agent
 */
export async function setAbsence(ctx: Context, input: SetAbsenceInput): Promise<Absence> {
  const { absenceId } = await once(ctx, 'setAbsence', input, [DEPUTIES_STREAM], async (tx) => {
    const agentId = input.agentId ?? (tx.viewer.id as string);
    await mustManage(tx, agentId);
    checkTime(tx, input.from, input.to, 'to');
    const found = await tx.em.findOne(Absence, {
      agentId,
      startsAt: { $lt: input.to },
      endsAt: { $gt: input.from },
    });
    if (found)
      throw new DomainError(
        ErrorCode.ALREADY_EXISTS,
        `There is an absence from ${found.startsAt.toISOString()} to ${found.endsAt.toISOString()} already: end it first.`,
        ['input', 'from'],
      );
    const standInId = input.standInId ?? null;
    if (standInId !== null) await checkDeputy(tx, agentId, standInId, input.from, input.to, 'standInId');
    const absence = Object.assign(new Absence(), {
      id: newId('absence'),
      agentId,
      startsAt: input.from,
      endsAt: input.to,
      standInId,
      reason: input.reason?.trim() || null,
      createdAt: tx.now,
    });
    tx.em.persist(absence);
    await planTerm(tx, 'ABSENCE', absence, known([agentId, standInId]));
    tell(tx, 'ABSENCE_SET', absence.id, [agentId, standInId]);
    return { absenceId: absence.id };
  });
  return ctx.em.findOneOrFail(Absence, { id: absenceId });
}

/**
 * Ends an absence now; one that has not begun is as if it had never been.
 * @throws DomainError NOT_FOUND; FORBIDDEN; INVALID_TRANSITION for one that is over
 */
export function endAbsence(ctx: Context, absenceId: string): Promise<Absence> {
  return changeDeputies(ctx, async (tx) => {
    const absence = await tx.em.findOne(Absence, { id: absenceId });
    if (!absence) throw notFound('absence', absenceId, ['input', 'absenceId']);
    await mustManage(tx, absence.agentId);
    await end(tx, absence, 'absence');
    tell(tx, 'ABSENCE_ENDED', absence.id, [absence.agentId, absence.standInId]);
    return absence;
  });
}

/**
 * Lets another agent decide one's approvals in one's name for a time.
 * @throws DomainError INVALID_INPUT for a time that ends before it begins, or deputies that go round in a circle
 */
export async function delegateApprovals(
  ctx: Context,
  input: DelegateApprovalsInput,
): Promise<ApprovalDelegation> {
  const { delegationId } = await once(ctx, 'delegateApprovals', input, [DEPUTIES_STREAM], async (tx) => {
    const ownerId = tx.viewer.id as string;
    checkTime(tx, input.from, input.until, 'until');
    await checkDeputy(tx, ownerId, input.toAgentId, input.from, input.until, 'toAgentId');
    const delegation = Object.assign(new ApprovalDelegation(), {
      id: newId('delegation'),
      ownerId,
      delegateId: input.toAgentId,
      startsAt: input.from,
      endsAt: input.until,
      createdAt: tx.now,
    });
    tx.em.persist(delegation);
    await planTerm(tx, 'DELEGATION', delegation, [ownerId, input.toAgentId]);
    tell(tx, 'APPROVALS_DELEGATED', delegation.id, [ownerId, input.toAgentId]);
    return { delegationId: delegation.id };
  });
  return ctx.em.findOneOrFail(ApprovalDelegation, { id: delegationId });
}

/** Ends a delegation now: its owner may, and its delegate. */
export function endDelegation(ctx: Context, delegationId: string): Promise<ApprovalDelegation> {
  return changeDeputies(ctx, async (tx) => {
    const delegation = await tx.em.findOne(ApprovalDelegation, { id: delegationId });
    const concerned =
      delegation && [delegation.ownerId, delegation.delegateId].includes(tx.viewer.id as string);
    if (!concerned) throw notFound('delegation', delegationId, ['input', 'delegationId']);
    await end(tx, delegation, 'delegation');
    tell(tx, 'DELEGATION_ENDED', delegation.id, [delegation.ownerId, delegation.delegateId]);
    return delegation;
  });
}

/** One after the other: whether deputies go round in a circle is seen only when nobody adds one meanwhile. */
function changeDeputies<Result>(ctx: Context, work: (tx: Transaction) => Promise<Result>): Promise<Result> {
  return inTransaction(ctx, [DEPUTIES_STREAM], work);
}

function tell(tx: Transaction, what: string, id: string, agents: (string | null)[]): void {
  tx.append(DEPUTIES_STREAM, deputiesChanged(what, id, known(agents)));
}

function known(agents: (string | null)[]): string[] {
  return agents.filter((agent) => agent !== null);
}

async function end(tx: Transaction, term: Absence | ApprovalDelegation, noun: string): Promise<void> {
  if (term.endsAt <= tx.now)
    throw new DomainError(ErrorCode.INVALID_TRANSITION, `The ${noun} is over already.`, ['input']);
  term.endsAt = tx.now;
  if (term.startsAt > tx.now) term.startsAt = tx.now;
  await dropTerm(tx, term);
}

function checkTime(tx: Transaction, from: Date, until: Date, field: string): void {
  if (until <= from || until <= tx.now)
    throw new DomainError(ErrorCode.INVALID_INPUT, `${field} must be in the future, and after from.`, [
      'input',
      field,
    ]);
}

async function checkDeputy(
  tx: Transaction,
  ownerId: string,
  deputyId: string,
  from: Date,
  until: Date,
  field: string,
): Promise<void> {
  const path = ['input', field];
  if (!(await tx.em.findOne(Agent, { id: deputyId, active: true }))) throw notFound('agent', deputyId, path);
  if (closesCircle(await directDeputies(tx.em, from, until, tx.now), ownerId, deputyId))
    throw new DomainError(
      ErrorCode.INVALID_INPUT,
      'In that time this agent acts through others for the one who would be away: choose somebody else.',
      path,
    );
}

async function mustManage(tx: Transaction, agentId: string): Promise<void> {
  const { viewer } = tx;
  if (agentId !== viewer.id) {
    const teams = (await tx.em.find(TeamMember, { agentId })).map(({ teamId }) => teamId);
    const leads =
      hasRole(viewer, Role.TEAM_LEAD) && (await tx.em.count(Team, { id: { $in: teams }, leadId: viewer.id }));
    if (!leads && !hasRole(viewer, Role.MANAGER))
      throw new DomainError(
        ErrorCode.FORBIDDEN,
        "Others' absences are for the leads of their teams and for managers to set.",
        ['input'],
      );
  }
  if (!(await tx.em.findOne(Agent, { id: agentId }))) throw notFound('agent', agentId, ['input', 'agentId']);
}
