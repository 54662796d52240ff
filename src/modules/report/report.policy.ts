import { hasRole, Role, type Viewer } from '../../platform/auth/viewer.js';
import { DomainError, ErrorCode } from '../../platform/errors.js';

/** Those whose words a report says. Pure, as all here. */
export interface Authors {
  draftedById: string;
  editedByIds: readonly string[];
}

/**
 * Refuses who may not approve a report by hand: approving is for leads and managers, and never for somebody
 * who wrote some of it.
 * @throws DomainError FORBIDDEN or SELF_APPROVAL
 */
export function checkApprover(viewer: Viewer, authors: Authors): void {
  if (!hasRole(viewer, Role.TEAM_LEAD, Role.MANAGER))
    throw new DomainError(ErrorCode.FORBIDDEN, 'Approving reports is for team leads and managers.');
  if (viewer.id === authors.draftedById)
    throw new DomainError(
      ErrorCode.SELF_APPROVAL,
      'You drafted this report; somebody else has to approve it.',
      ['input', 'reportId'],
    );
  checkNotEditor(viewer, authors, ['input', 'reportId']);
}

/**
 * Refuses who edited the report since it was drafted. That its drafter doesn't approve it, a process sees to.
 * @throws DomainError SELF_APPROVAL
 */
export function checkNotEditor(viewer: Viewer, { editedByIds }: Authors, path: string[]): void {
  if (editedByIds.some((id) => id === viewer.id))
    throw new DomainError(
      ErrorCode.SELF_APPROVAL,
      'You edited this report; somebody else has to approve it.',
      path,
    );
}
