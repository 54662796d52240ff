/**
 * Who may see what, said again from the mission rather than from the code: staff see every ticket but those of
 * restricted teams that they neither belong to nor lead, managers and QA those too; customers see their own,
 * and their organization's where it shares them. Pure.
 */

/** The directory as SQL had it at one moment. */
export interface Directory {
  agents: Record<string, { roles: string[] }>;
  teams: Record<string, { restricted: boolean; people: string[] }>;
  customers: Record<string, { organizationId: string | null }>;
  organizations: Record<string, { shares: boolean }>;
}

/** The attributes of a ticket, as they are in the log. */
export interface Facets {
  status: string;
  priority: string;
  teamId: string | null;
  assigneeId: string | null;
  customerId: string;
  organizationId: string | null;
}

/** What somebody may see, as text: equal texts where and only where the same tickets are seen. */
export function sightOf(directory: Directory, personId: string): string {
  const customer = directory.customers[personId];
  if (customer) return `of customer ${sharedWith(directory, customer) ?? '-'}`;
  const roles = directory.agents[personId]?.roles ?? [];
  if (roles.includes('MANAGER') || roles.includes('QA_MANAGER')) return 'all';
  const hidden = barred(directory, personId);
  // While no team keeps its tickets to itself, it makes no difference to become a manager.
  return hidden.length === 0 ? 'all' : `all but ${hidden.join()}`;
}

export function maySee(directory: Directory, personId: string, ticket: Facets): boolean {
  const customer = directory.customers[personId];
  if (customer) {
    const shared = sharedWith(directory, customer);
    return ticket.customerId === personId || (shared !== null && ticket.organizationId === shared);
  }
  if (sightOf(directory, personId) === 'all' || ticket.teamId === null) return true;
  return !barred(directory, personId).includes(ticket.teamId);
}

function barred({ teams }: Directory, personId: string): string[] {
  return Object.entries(teams)
    .filter(([, { restricted, people }]) => restricted && !people.includes(personId))
    .map(([id]) => id)
    .sort();
}

function sharedWith({ organizations }: Directory, { organizationId }: { organizationId: string | null }) {
  return organizationId !== null && organizations[organizationId]?.shares ? organizationId : null;
}
