import { Role } from '../../platform/auth/viewer.js';

/** Who may administer the directory. Read by the edge of the schema and, under the lock, by the services. Pure. */

const { ADMIN, MANAGER, TEAM_LEAD } = Role;

/**
 * One line an act. Who works here, and with which rights, is for administrators alone: whoever gives
 * rights could have them all by way of somebody else. Managers staff the teams and look after customers;
 * a lead staffs the team they lead.
 */
export const MAY_ADMINISTER = {
  createAgent: [ADMIN],
  updateAgent: [ADMIN],
  deactivateAgent: [ADMIN],
  reactivateAgent: [ADMIN],
  createTeam: [ADMIN],
  /** A lead only their own team, and of it `LEAD_SETTINGS`. */
  updateTeam: [ADMIN, TEAM_LEAD],
  /** A lead only of their own team; nobody themself. */
  addTeamMember: [ADMIN, MANAGER, TEAM_LEAD],
  removeTeamMember: [ADMIN, MANAGER, TEAM_LEAD],
  createOrganization: [ADMIN, MANAGER],
  updateOrganization: [ADMIN, MANAGER],
  createCustomer: [ADMIN, MANAGER],
  updateCustomer: [ADMIN, MANAGER],
} satisfies Record<string, Role[]>;

export type DirectoryAct = keyof typeof MAY_ADMINISTER;

/** What of a team its lead may change: how it works, not who sees its tickets, who leads it or what it is called. */
export const LEAD_SETTINGS: readonly string[] = ['skills', 'escalationTeamId'];

/** Whether somebody does it by virtue of a role other than that of a lead, so to any team. */
export function administersAnyTeam(act: DirectoryAct, roles: readonly Role[]): boolean {
  return MAY_ADMINISTER[act].some((role) => role !== TEAM_LEAD && roles.includes(role));
}

/** What of a person decides whether the desk still has an administrator. */
export interface Standing {
  active: boolean;
  roles: readonly Role[];
}

export function administers({ active, roles }: Standing): boolean {
  return active && roles.includes(ADMIN);
}

/**
 * Whether a change would leave the desk without anybody to administer it.
 * @param others how many other active administrators there are
 */
export function orphansDesk(before: Standing, after: Standing, others: number): boolean {
  return administers(before) && !administers(after) && others === 0;
}
