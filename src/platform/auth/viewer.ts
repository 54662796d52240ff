/** What a person may be on the desk. A person has one or several; CUSTOMER stands alone. Pure. */
export enum Role {
  CUSTOMER = 'CUSTOMER',
  AGENT = 'AGENT',
  TEAM_LEAD = 'TEAM_LEAD',
  QA_MANAGER = 'QA_MANAGER',
  MANAGER = 'MANAGER',
  ADMIN = 'ADMIN',
}

/** What an API key is for; each goes no further than the rights of whose key it is. */
export enum KeyScope {
  READ = 'READ',
  WORK = 'WORK',
  ADMINISTER = 'ADMINISTER',
}

/**
 * Who asks. Worked out from the token and the directory once per operation, and again for live
 * subscribers, since rights change while they listen.
 */
export type Viewer = StaffViewer | CustomerViewer | SystemViewer | AnonymousViewer;

export interface StaffViewer {
  kind: 'STAFF';
  /** The agent's id. */
  id: string;
  name: string;
  roles: readonly Role[];
  /** Teams the agent belongs to. */
  teamIds: readonly string[];
  /** Teams the agent leads. */
  ledTeamIds: readonly string[];
  /** The API key by which they ask; absent where by a token of their own. */
  key?: { id: string; scopes: readonly KeyScope[] };
  /** Restricted teams that the agent does not belong to: what is theirs is hidden. */
  barredTeamIds: readonly string[];
}

export interface CustomerViewer {
  kind: 'CUSTOMER';
  /** The customer's id. */
  id: string;
  name: string;
  /** Set where the organization lets its people see one another's tickets. */
  sharedOrganizationId: string | null;
}

/** The desk itself: imports, seeds, timers. Never reachable through a token. */
export interface SystemViewer {
  kind: 'SYSTEM';
  id: 'system';
  name: string;
}

/** No token. May only use what needs none: a survey link, health. */
export interface AnonymousViewer {
  kind: 'ANONYMOUS';
  id: null;
}

export const anonymous: AnonymousViewer = { kind: 'ANONYMOUS', id: null };
export const system: SystemViewer = { kind: 'SYSTEM', id: 'system', name: 'Stepdesk' };

export function hasRole(viewer: Viewer, ...roles: Role[]): boolean {
  return viewer.kind === 'STAFF' && viewer.roles.some((role) => roles.includes(role));
}
