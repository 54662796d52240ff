import { Role } from '../../platform/auth/viewer.js';
import type { Context } from '../../platform/context.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { DomainError, ErrorCode } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import { administersAnyTeam, type DirectoryAct, LEAD_SETTINGS } from './directory.policy.js';
import { amend, checkVersion, nameOf, recorded, skillsOf } from './directory.rules.js';
import {
  addToDirectory,
  agentFor,
  changeDirectory,
  mustBeNamedAlone,
  rolesNow,
  teamFor,
  tellRights,
} from './directory-change.service.js';
import { Team, TeamMember } from './team.entity.js';
import type {
  AddTeamMemberInput,
  CreateTeamInput,
  RemoveTeamMemberInput,
  UpdateTeamInput,
} from './team-admin.input.js';

/**
 * Makes a team.
 * @throws DomainError ALREADY_EXISTS by name; NOT_FOUND by agent or team; FORBIDDEN with oneself in it
 */
export function createTeam(ctx: Context, input: CreateTeamInput): Promise<{ teamId: string }> {
  const { restricted } = input;
  const [name, skills] = [nameOf(input.name), skillsOf(input.skills)];
  const memberIds = [...new Set(input.memberIds)];
  return addToDirectory(ctx, 'createTeam', input, async (tx) => {
    await mustBeNamedAlone(tx, Team, name, null);
    for (const id of memberIds) {
      await agentFor(tx, id, 'memberIds', true);
      mustBeAnother(tx, id, 'memberIds');
    }
    const team = Object.assign(new Team(), { id: newId('team'), name, skills, restricted });
    team.leadId = await leadFor(tx, input.leadId ?? null);
    team.escalationTeamId = await targetFor(tx, team, input.escalationTeamId ?? null);
    tx.em.persist(team);
    for (const agentId of memberIds)
      tx.em.persist(Object.assign(new TeamMember(), { teamId: team.id, agentId }));
    tellRights(tx, restricted ? null : [team.leadId, ...memberIds]);
    return { teamId: team.id };
  });
}

/**
 * Changes a team. Its lead changes how it works; administrators the rest.
 * @throws DomainError NOT_FOUND; STALE; ALREADY_EXISTS by name; INVALID_INPUT for a lead without the role;
 *   FORBIDDEN for oneself as lead
 */
export function updateTeam(ctx: Context, input: UpdateTeamInput): Promise<void> {
  const { teamId, expectedVersion, ...rest } = input;
  const wanted = Object.keys(rest).filter((field) => rest[field as keyof typeof rest] !== undefined);
  return changeDirectory(ctx, 'updateTeam', async (tx, releases) => {
    const team = await teamFor(tx, teamId, 'teamId');
    if (!(await mayOnTeam(tx, 'updateTeam', team))) {
      const field = wanted.find((each) => !LEAD_SETTINGS.includes(each));
      if (field !== undefined)
        throw new DomainError(ErrorCode.FORBIDDEN, `${field} of a team is for administrators to change.`, [
          'input',
          field,
        ]);
    }
    checkVersion('team', team, expectedVersion);
    const name = input.name == null ? undefined : nameOf(input.name);
    if (name !== undefined) await mustBeNamedAlone(tx, Team, name, team.id);
    const { leadId, escalationTeamId } = input;
    const formerLead = team.leadId;
    const changes = amend(team, {
      name,
      skills: input.skills == null ? undefined : skillsOf(input.skills),
      // Who leads it already may stay, whatever became of their roles.
      leadId: leadId === undefined || leadId === formerLead ? undefined : await leadFor(tx, leadId),
      escalationTeamId:
        escalationTeamId === undefined ? undefined : await targetFor(tx, team, escalationTeamId),
      restricted: input.restricted ?? undefined,
    });
    tx.note({ changes: recorded(changes) });
    if (changes.restricted || (changes.leadId && team.restricted))
      releases.of({ teamId: team.id }, `Only members of ${team.name} work on its tickets.`);
    if (changes.restricted) tellRights(tx, null);
    else if (changes.leadId) tellRights(tx, [formerLead, team.leadId]);
  });
}

/**
 * Has somebody belong to a team from now on.
 * @throws DomainError NOT_FOUND; FORBIDDEN for oneself, and for another team than one's own; ALREADY_EXISTS
 */
export function addTeamMember(ctx: Context, { teamId, agentId }: AddTeamMemberInput): Promise<void> {
  return changeDirectory(ctx, 'addTeamMember', async (tx) => {
    const team = await teamFor(tx, teamId, 'teamId');
    await mayOnTeam(tx, 'addTeamMember', team);
    mustBeAnother(tx, agentId, 'agentId');
    const agent = await agentFor(tx, agentId, 'agentId', true);
    if (await tx.em.findOne(TeamMember, { teamId, agentId }))
      throw new DomainError(ErrorCode.ALREADY_EXISTS, `${agent.name} belongs to ${team.name} already.`, [
        'input',
        'agentId',
      ]);
    tx.em.persist(Object.assign(new TeamMember(), { teamId, agentId }));
    team.version += 1;
    tellRights(tx, [agentId]);
  });
}

/**
 * Has somebody belong to a team no more. Of a restricted one, what they were working on goes back to its queue.
 * @throws DomainError NOT_FOUND, also for who is no member; FORBIDDEN for another team than one's own
 */
export function removeTeamMember(ctx: Context, { teamId, agentId }: RemoveTeamMemberInput): Promise<void> {
  return changeDirectory(ctx, 'removeTeamMember', async (tx, releases) => {
    const team = await teamFor(tx, teamId, 'teamId');
    await mayOnTeam(tx, 'removeTeamMember', team);
    const agent = await agentFor(tx, agentId, 'agentId');
    const member = await tx.em.findOne(TeamMember, { teamId, agentId });
    if (!member)
      throw new DomainError(ErrorCode.NOT_FOUND, `${agent.name} does not belong to ${team.name}.`, [
        'input',
        'agentId',
      ]);
    tx.em.remove(member);
    team.version += 1;
    releases.of({ agentId }, `${agent.name} does not belong to ${team.name} any more.`);
    tellRights(tx, [agentId]);
  });
}

/**
 * Whether the viewer may do it to any team; false where only as the lead of this one.
 * @throws DomainError FORBIDDEN for the lead of another
 */
async function mayOnTeam(tx: Transaction, act: DirectoryAct, team: Team): Promise<boolean> {
  if (administersAnyTeam(act, await rolesNow(tx))) return true;
  if (team.leadId === tx.viewer.id) return false;
  throw new DomainError(ErrorCode.FORBIDDEN, `${team.name} is for its own lead to look after.`, [
    'input',
    'teamId',
  ]);
}

/** Teams decide approvals and see what is restricted: nobody brings themself into one. */
function mustBeAnother(tx: Transaction, agentId: string, field: string): void {
  if (agentId !== tx.viewer.id) return;
  throw new DomainError(ErrorCode.FORBIDDEN, 'Nobody gives rights to themself: ask somebody else who may.', [
    'input',
    field,
  ]);
}

async function leadFor(tx: Transaction, leadId: string | null): Promise<string | null> {
  if (leadId === null) return null;
  const lead = await agentFor(tx, leadId, 'leadId', true);
  mustBeAnother(tx, leadId, 'leadId');
  if (!lead.roles.includes(Role.TEAM_LEAD))
    throw new DomainError(ErrorCode.INVALID_INPUT, `${lead.name} does not hold the role TEAM_LEAD.`, [
      'input',
      'leadId',
    ]);
  return lead.id;
}

async function targetFor(tx: Transaction, team: Team, targetId: string | null): Promise<string | null> {
  if (targetId === null) return null;
  if (targetId === team.id)
    throw new DomainError(ErrorCode.INVALID_INPUT, 'A team does not escalate to itself.', [
      'input',
      'escalationTeamId',
    ]);
  return (await teamFor(tx, targetId, 'escalationTeamId')).id;
}
