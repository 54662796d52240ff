/** Who may decide an approval. Pure. */
import type { ApprovalDefinition } from '../process/process.definition.js';

/** What a person is on the desk. */
export interface Approver {
  roles: readonly string[];
  /** Teams whose lead the person is. */
  ledTeamIds: readonly string[];
}

/**
 * Whether the person's position allows deciding: the role that the approval names, and for TEAM_LEAD also
 * the lead of the ticket's team, or of any while the ticket has none (`ticketTeamId` null).
 *
 * No role stands in for another, and being an administrator is no way round. That nobody decides on their
 * own work is the kernel's to check, because it depends on the run.
 */
export function mayDecide(
  approval: ApprovalDefinition,
  person: Approver,
  ticketTeamId: string | null,
): boolean {
  const { role } = approval.approvers;
  if (!person.roles.includes(role)) return false;
  if (role !== 'TEAM_LEAD' || ticketTeamId === null) return true;
  return person.ledTeamIds.includes(ticketTeamId);
}

/** The approval as it is to be decided now: by the role that a time-out handed it to, or by its own. */
export function inHandsOf(approval: ApprovalDefinition, assignedRole: string | null): ApprovalDefinition {
  const role = (assignedRole ?? approval.approvers.role) as ApprovalDefinition['approvers']['role'];
  return { ...approval, approvers: { ...approval.approvers, role } };
}
