/** Who may decide an approval. Pure. */

/** Those who may decide, as ids and roles: an approval's rules once they are looked up. */
export interface Approvers {
  roles: readonly string[];
  agentIds: readonly string[];
  teamIds: readonly string[];
}

/** What a person is on the desk. */
export interface Approver {
  id: string;
  roles: readonly string[];
  /** Teams the person belongs to. */
  teamIds: readonly string[];
  /** Teams whose lead the person is. */
  ledTeamIds: readonly string[];
}

/**
 * Whether the person's position allows deciding: being named, belonging to a team that is, or holding a
 * role that is; for TEAM_LEAD also leading the ticket's team, or any while the ticket has none
 * (`ticketTeamId` null).
 *
 * No role stands in for another, and being an administrator is no way round. That nobody decides on their
 * own work is the kernel's to check, because it depends on the run.
 */
export function mayDecide(approvers: Approvers, person: Approver, ticketTeamId: string | null): boolean {
  if (approvers.agentIds.includes(person.id)) return true;
  if (approvers.teamIds.some((team) => person.teamIds.includes(team))) return true;
  return approvers.roles.some((role) => {
    if (!person.roles.includes(role)) return false;
    return role !== 'TEAM_LEAD' || ticketTeamId === null || person.ledTeamIds.includes(ticketTeamId);
  });
}
