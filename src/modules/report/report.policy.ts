import { hasRole, Role, type Viewer } from '../../platform/auth/viewer.js';
import { DomainError, ErrorCode } from '../../platform/errors.js';

/**
 * Refuses who may not approve a report by hand: approving is for leads and managers, and never for the
 * one who drafted it. Pure.
 * @throws DomainError FORBIDDEN or SELF_APPROVAL
 */
export function checkApprover(viewer: Viewer, draftedById: string): void {
  if (!hasRole(viewer, Role.TEAM_LEAD, Role.MANAGER))
    throw new DomainError(ErrorCode.FORBIDDEN, 'Approving reports is for team leads and managers.');
  if (viewer.id === draftedById)
    throw new DomainError(
      ErrorCode.SELF_APPROVAL,
      'You drafted this report; somebody else has to approve it.',
      ['input', 'reportId'],
    );
}
