import { Role, type Viewer } from '../../platform/auth/viewer.js';
import type { TicketFacets } from './ticket.facets.js';

/**
 * Which tickets a viewer may see, as data: the same words are turned into SQL for lists
 * (`ticket.scope.ts`) and applied to an event's facets for live delivery. Pure.
 */
export type TicketScope =
  | { kind: 'NONE' }
  | { kind: 'ALL' }
  /** Every ticket except those of restricted teams that the agent is no member of. */
  | { kind: 'ALL_BUT'; teamIds: readonly string[] }
  /** Its own, and its organization's where the organization shares them. */
  | { kind: 'CUSTOMER'; customerId: string; organizationId: string | null };

/** Who sees the tickets of restricted teams too. */
export const READS_ALL: readonly Role[] = [Role.MANAGER, Role.QA_MANAGER];

export function scopeOf(viewer: Viewer): TicketScope {
  switch (viewer.kind) {
    case 'SYSTEM':
      return { kind: 'ALL' };
    case 'CUSTOMER':
      return { kind: 'CUSTOMER', customerId: viewer.id, organizationId: viewer.sharedOrganizationId };
    case 'STAFF': {
      if (viewer.roles.includes(Role.MANAGER) || viewer.roles.includes(Role.QA_MANAGER))
        return { kind: 'ALL' };
      return viewer.barredTeamIds.length
        ? { kind: 'ALL_BUT', teamIds: viewer.barredTeamIds }
        : { kind: 'ALL' };
    }
    case 'ANONYMOUS':
      return { kind: 'NONE' };
  }
}

export function inScope(
  scope: TicketScope,
  ticket: Pick<TicketFacets, 'customerId' | 'organizationId' | 'teamId'>,
): boolean {
  switch (scope.kind) {
    case 'NONE':
      return false;
    case 'ALL':
      return true;
    case 'ALL_BUT':
      return ticket.teamId === null || !scope.teamIds.includes(ticket.teamId);
    case 'CUSTOMER':
      return (
        ticket.customerId === scope.customerId ||
        (scope.organizationId !== null && ticket.organizationId === scope.organizationId)
      );
  }
}

/** Working on tickets takes AGENT, TEAM_LEAD or MANAGER; QA_MANAGER and ADMIN read them and do what is theirs. */
export function mayWork(viewer: Viewer): boolean {
  return (
    viewer.kind === 'SYSTEM' ||
    (viewer.kind === 'STAFF' && viewer.roles.some((role) => WORKERS.includes(role)))
  );
}

export const WORKERS: readonly Role[] = [Role.AGENT, Role.TEAM_LEAD, Role.MANAGER];
