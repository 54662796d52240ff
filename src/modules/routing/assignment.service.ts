import { LockMode } from '@mikro-orm/core';
import { sql } from 'kysely';
import type { Context } from '../../platform/context.js';
import { sqlOf } from '../../platform/database/database.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { DomainError, ErrorCode, notFound } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import { Agent } from '../directory/agent.entity.js';
import { Availability } from '../directory/directory.vocabulary.js';
import { Team, TeamMember } from '../directory/team.entity.js';
import { Category } from '../ticket/category.entity.js';
import type { Ticket } from '../ticket/ticket.entity.js';
import { READS_ALL } from '../ticket/ticket.policy.js';
import { because, changeTicket, mustWork, textOf } from '../ticket/ticket.service.js';
import { Assignment, AssignmentKind } from './assignment.entity.js';
import { type Candidate, type RoutingDecision, route } from './routing.policy.js';

/**
 * Gives a locked ticket to a team and, by the routing rules, to one of its members. Nobody free: it
 * waits in the team's queue and goes to the lead, so that somebody knows.
 * @param teamId without it: the team of the ticket's category, or the team it has
 * @param path leads to the input that could have named a team
 * @throws DomainError REQUIRED where there is no team; NOT_FOUND
 */
export async function routeTicket(
  tx: Transaction,
  ticket: Ticket,
  teamId: string | null,
  path: string[],
): Promise<void> {
  const target = teamId ?? (await categoryTeam(tx, ticket)) ?? ticket.teamId;
  if (target === null)
    throw new DomainError(
      ErrorCode.REQUIRED,
      'Say which team or agent takes the ticket: its category names no team.',
      path,
    );
  const team = await tx.em.findOne(Team, { id: target });
  if (!team) throw notFound('team', target, path);
  const decision = await decided(tx, team);
  const chosen = decision.agentId ?? team.leadId;
  ticket.teamId = team.id;
  ticket.assigneeId = chosen;
  if (decision.agentId) (await tx.em.findOneOrFail(Agent, { id: decision.agentId })).lastAssignedAt = tx.now;
  record(tx, ticket, AssignmentKind.AUTOMATIC, sentence(decision, team), decision.candidates);
}

/** Routes by who is there, and keeps the one who is chosen from leaving until the ticket is theirs. */
async function decided(tx: Transaction, team: Team): Promise<RoutingDecision> {
  for (;;) {
    const decision = route(await candidatesOf(tx, team.id), team.skills);
    if (decision.agentId === null) return decision;
    const { rows } =
      await sql`select 1 from agent where id = ${decision.agentId} and active for no key update`.execute(
        sqlOf(tx.em),
      );
    if (rows.length > 0) return decision;
  }
}

/** Gives a locked ticket to somebody who was named. */
export async function giveTicket(
  tx: Transaction,
  ticket: Ticket,
  to: { agentId?: string | null; teamId?: string | null },
  reason: string,
  kind = AssignmentKind.MANUAL,
): Promise<void> {
  if (to.teamId != null) {
    if (!(await tx.em.findOne(Team, { id: to.teamId })))
      throw notFound('team', to.teamId, ['input', 'teamId']);
    ticket.teamId = to.teamId;
    ticket.assigneeId = null;
  }
  if (to.agentId != null) {
    // Kept from leaving, or losing rights, until this is done: what they have by then is found and released.
    const agent = await tx.em.findOne(
      Agent,
      { id: to.agentId, active: true },
      { lockMode: LockMode.PESSIMISTIC_READ },
    );
    if (!agent) throw notFound('agent', to.agentId, ['input', 'agentId']);
    await mustSee(tx, agent, ticket.teamId);
    ticket.assigneeId = agent.id;
  }
  record(tx, ticket, kind, reason, []);
}

/**
 * Takes a locked ticket from whoever has it, back to the queue of its team.
 * @param homeTeamId whose queue it goes to where it has no team
 */
export function releaseTicket(
  tx: Transaction,
  ticket: Ticket,
  homeTeamId: string | null,
  reason: string,
): void {
  ticket.assigneeId = null;
  ticket.teamId ??= homeTeamId;
  record(tx, ticket, AssignmentKind.RELEASED, reason, []);
}

/** Refuses to give a restricted team's ticket to somebody who could not see it. */
async function mustSee(tx: Transaction, agent: Agent, teamId: string | null): Promise<void> {
  const team =
    teamId === null
      ? null
      : await tx.em.findOne(Team, { id: teamId }, { lockMode: LockMode.PESSIMISTIC_READ });
  if (!team?.restricted || team.leadId === agent.id || agent.roles.some((role) => READS_ALL.includes(role)))
    return;
  if (await tx.em.findOne(TeamMember, { teamId: team.id, agentId: agent.id })) return;
  throw new DomainError(
    ErrorCode.INVALID_INPUT,
    `${agent.name} does not belong to ${team.name}, whose tickets only its members see; choose a member or another team.`,
    ['input', 'agentId'],
  );
}

export function assignTicket(
  ctx: Context,
  input: {
    ticketId: string;
    agentId?: string | null;
    teamId?: string | null;
    reason?: string | null;
    expectedVersion?: number | null;
  },
): Promise<{ ticketId: string }> {
  mustWork(ctx);
  return changeTicket(
    ctx,
    input.ticketId,
    async (tx, ticket) => {
      if (input.agentId == null && input.teamId == null)
        await routeTicket(tx, ticket, null, ['input', 'teamId']);
      else
        await giveTicket(
          tx,
          ticket,
          input,
          input.reason?.trim() ? textOf(input.reason, 'reason', 2000) : 'Assigned by hand.',
        );
      return { ticketId: ticket.id };
    },
    input.expectedVersion,
  );
}

/**
 * Takes an unassigned ticket for oneself. Of two who claim it at once one wins.
 * @throws DomainError ALREADY_CLAIMED naming who has it
 */
export function claimTicket(ctx: Context, input: { ticketId: string }): Promise<{ ticketId: string }> {
  mustWork(ctx);
  return changeTicket(ctx, input.ticketId, async (tx, ticket) => {
    if (ticket.assigneeId !== null) {
      const holder = await tx.em.findOne(Agent, { id: ticket.assigneeId });
      throw new DomainError(
        ErrorCode.ALREADY_CLAIMED,
        `${holder?.name ?? 'Somebody'} has this ticket already.`,
        ['input', 'ticketId'],
      );
    }
    await giveTicket(tx, ticket, { agentId: tx.viewer.id }, 'Claimed.', AssignmentKind.CLAIMED);
    return { ticketId: ticket.id };
  });
}

async function candidatesOf(tx: Transaction, teamId: string): Promise<Candidate[]> {
  await tx.em.flush();
  const rows = await sqlOf(tx.em)
    .selectFrom('agent as a')
    .innerJoin('team_member as m', 'm.agent_id', 'a.id')
    .where('m.team_id', '=', teamId)
    .where('a.active', '=', true)
    .select(['a.id', 'a.name', 'a.availability', 'a.skills', 'a.capacity', 'a.last_assigned_at'])
    .select((eb) =>
      eb
        .selectFrom('absence as x')
        .whereRef('x.agent_id', '=', 'a.id')
        .where('x.starts_at', '<=', tx.now)
        .where('x.ends_at', '>', tx.now)
        .select((inner) => inner.fn.countAll().as('n'))
        .as('absences'),
    )
    .select((eb) =>
      eb
        .selectFrom('ticket as t')
        .whereRef('t.assignee_id', '=', 'a.id')
        .where('t.status', 'not in', ['RESOLVED', 'CLOSED'])
        .select((inner) => inner.fn.countAll().as('n'))
        .as('load'),
    )
    .execute();
  return rows.map((row) => ({
    agentId: row.id,
    name: row.name,
    available: row.availability === Availability.AVAILABLE && Number(row.absences) === 0,
    skills: row.skills as string[],
    capacity: Number(row.capacity),
    load: Number(row.load),
    lastAssignedAt: row.last_assigned_at ? new Date(row.last_assigned_at) : null,
  }));
}

async function categoryTeam(tx: Transaction, ticket: Ticket): Promise<string | null> {
  if (ticket.categoryId === null) return null;
  return (await tx.em.findOne(Category, { id: ticket.categoryId }))?.teamId ?? null;
}

function sentence(decision: RoutingDecision, team: Team): string {
  const chosen = decision.candidates.find((candidate) => candidate.agentId === decision.agentId);
  if (!chosen) return `Nobody in ${team.name} is free; its lead was told.`;
  return `${chosen.name} of ${team.name} had the most spare capacity: ${chosen.load} of ${chosen.capacity} open tickets.`;
}

function record(
  tx: Transaction,
  ticket: Ticket,
  kind: AssignmentKind,
  reason: string,
  candidates: Assignment['candidates'],
): void {
  const { teamId, assigneeId } = ticket;
  tx.em.persist(
    Object.assign(new Assignment(), {
      id: newId('assignment'),
      ticketId: ticket.id,
      teamId,
      agentId: assigneeId,
      kind,
      reason,
      candidates,
      createdAt: tx.now,
    }),
  );
  because(ticket, reason);
}
