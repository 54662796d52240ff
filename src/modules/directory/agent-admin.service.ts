import { Role } from '../../platform/auth/viewer.js';
import type { Context } from '../../platform/context.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { DomainError, ErrorCode } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import { Agent } from './agent.entity.js';
import type { CreateAgentInput, DeactivateAgentInput, UpdateAgentInput } from './agent-admin.input.js';
import { administers, orphansDesk, type Standing } from './directory.policy.js';
import { addressOf, amend, checkVersion, nameOf, recorded, rolesOf, skillsOf } from './directory.rules.js';
import {
  addToDirectory,
  agentFor,
  changeDirectory,
  mustBeFree,
  teamFor,
  tellRights,
} from './directory-change.service.js';
import { Team, TeamMember } from './team.entity.js';

/**
 * Takes somebody on.
 * @throws DomainError ALREADY_EXISTS for an address that an agent or customer has; NOT_FOUND by team
 */
export function createAgent(ctx: Context, input: CreateAgentInput): Promise<{ agentId: string }> {
  const given = {
    name: nameOf(input.name),
    email: addressOf(input.email),
    roles: rolesOf(input.roles),
    skills: skillsOf(input.skills),
  };
  const teamIds = [...new Set(input.teamIds)];
  return addToDirectory(ctx, 'createAgent', input, async (tx) => {
    await mustBeFree(tx, given.email, null);
    const agent = Object.assign(new Agent(), given, { id: newId('agent') });
    tx.em.persist(agent);
    for (const teamId of teamIds) {
      const team = await teamFor(tx, teamId, 'teamIds', String(input.teamIds.indexOf(teamId)));
      team.version += 1;
      tx.em.persist(Object.assign(new TeamMember(), { teamId, agentId: agent.id }));
    }
    tellRights(tx, [agent.id]);
    return { agentId: agent.id };
  });
}

/**
 * Changes what is said of somebody who works here. Who may no longer work on tickets, or no longer leads,
 * has none and no team afterwards.
 * @throws DomainError NOT_FOUND; STALE; ALREADY_EXISTS for an address that somebody has; FORBIDDEN for one's own
 *   roles, and for those of the last administrator
 */
export function updateAgent(ctx: Context, input: UpdateAgentInput): Promise<void> {
  const given = {
    name: input.name == null ? undefined : nameOf(input.name),
    email: input.email == null ? undefined : addressOf(input.email),
    roles: input.roles == null ? undefined : rolesOf(input.roles),
    skills: input.skills == null ? undefined : skillsOf(input.skills),
  };
  return changeDirectory(ctx, 'updateAgent', async (tx, releases) => {
    const agent = await agentFor(tx, input.agentId, 'agentId');
    checkVersion('agent', agent, input.expectedVersion);
    if (given.email !== undefined && given.email !== agent.email) await mustBeFree(tx, given.email, agent.id);
    const before = { active: agent.active, roles: agent.roles };
    const changes = amend(agent, given);
    tx.note({ changes: recorded(changes) });
    if (changes.roles && agent.id === tx.viewer.id)
      throw new DomainError(
        ErrorCode.FORBIDDEN,
        'Nobody gives roles to themself: ask another administrator.',
        ['input', 'roles'],
      );
    await mustKeepAdministrator(tx, agent, before, 'roles');
    if (changes.roles) {
      if (!agent.roles.includes(Role.TEAM_LEAD)) tx.note({ ledTeamIds: await emptyLeads(tx, agent.id) });
      releases.of({ agentId: agent.id }, `${agent.name} may not work on it any more.`);
    }
    if (changes.roles || changes.email) tellRights(tx, [agent.id]);
  });
}

/**
 * Has somebody leave: their tokens stop working, and what they were working on goes back to the queues. The
 * teams that they led have no lead; those that they belonged to keep them as a member, for a return.
 * @throws DomainError NOT_FOUND; STALE; INVALID_TRANSITION for who has left; FORBIDDEN for the last administrator
 */
export function deactivateAgent(ctx: Context, input: DeactivateAgentInput): Promise<void> {
  return changeDirectory(ctx, 'deactivateAgent', async (tx, releases) => {
    const agent = await agentFor(tx, input.agentId, 'agentId');
    checkVersion('agent', agent, input.expectedVersion);
    mustBe(agent, true);
    const before = { active: agent.active, roles: agent.roles };
    amend(agent, { active: false });
    await mustKeepAdministrator(tx, agent, before, 'agentId');
    // Before the teams' rows: whoever gives work to somebody holds theirs first, then their team's.
    await tx.em.flush();
    tx.note({ ledTeamIds: await emptyLeads(tx, agent.id) });
    releases.of({ agentId: agent.id }, `${agent.name} has left.`);
    tellRights(tx, [agent.id]);
  });
}

/**
 * Has somebody come back, with the roles and teams they had; leading none.
 * @throws DomainError NOT_FOUND; STALE; INVALID_TRANSITION for who is there
 */
export function reactivateAgent(ctx: Context, input: DeactivateAgentInput): Promise<void> {
  return changeDirectory(ctx, 'reactivateAgent', async (tx) => {
    const agent = await agentFor(tx, input.agentId, 'agentId');
    checkVersion('agent', agent, input.expectedVersion);
    mustBe(agent, false);
    amend(agent, { active: true });
    tellRights(tx, [agent.id]);
  });
}

function mustBe(agent: Agent, active: boolean): void {
  if (agent.active === active) return;
  throw new DomainError(
    ErrorCode.INVALID_TRANSITION,
    active ? `${agent.name} has left already.` : `${agent.name} has not left.`,
    ['input', 'agentId'],
  );
}

async function mustKeepAdministrator(
  tx: Transaction,
  agent: Agent,
  before: Standing,
  field: string,
): Promise<void> {
  if (!administers(before) || administers(agent)) return;
  const others = (await tx.em.find(Agent, { active: true, id: { $ne: agent.id } })).filter(administers);
  if (orphansDesk(before, agent, others.length))
    throw new DomainError(
      ErrorCode.FORBIDDEN,
      `${agent.name} is the last administrator: make somebody else one first.`,
      ['input', field],
    );
}

/** @returns the teams that have no lead by it */
async function emptyLeads(tx: Transaction, agentId: string): Promise<string[]> {
  const teams = await tx.em.find(Team, { leadId: agentId });
  for (const team of teams) amend(team, { leadId: null });
  return teams.map(({ id }) => id);
}
