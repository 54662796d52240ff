import { Role } from '../../../src/platform/auth/viewer.js';
import type { Place as LogPlace } from '../../../src/platform/events/place.rules.js';
import { CAST, KINDS, type Kind, marker, PLACES, type Place } from '../stage/people.js';

/** A row as it was until a transaction changed it; null: it still is. */
type Row<Columns> = Columns & { until: bigint | null };

/** Every row that there was in a while. */
export interface Rows {
  agent: Row<{ id: string; email: string; roles: Role[]; active: boolean }>[];
  team: Row<{ id: string; restricted: boolean; lead_id: string | null }>[];
  team_member: Row<{ team_id: string; agent_id: string }>[];
  customer: Row<{ id: string; email: string; organization_id: string | null }>[];
  organization: Row<{ id: string; shares_tickets: boolean }>[];
  ticket: Row<{ id: string; team_id: string | null; customer_id: string; organization_id: string | null }>[];
}

/** Those that were still so when a transaction, and all before it, had ended. */
function since(rows: Rows, xid: bigint): Rows {
  const still = Object.entries(rows).map(([table, all]: [string, Row<object>[]]) => [
    table,
    all.filter(({ until }) => until === null || until > xid),
  ]);
  return Object.fromEntries(still);
}

/** What of a ticket says who may see it. */
export interface Whose {
  teamId: string | null;
  customerId: string;
  organizationId: string | null;
}

/**
 * What somebody may have seen in a while in which rights were changed: whatever they were allowed at any moment of
 * it, by the words of `authorisation/rules.md`. Pure.
 */
export class Sight {
  /** Rows of whoever had their address. */
  private readonly agents: Rows['agent'];
  private readonly customers: Rows['customer'];
  private readonly ids: readonly string[];
  private readonly later = new Map<bigint, Sight>();

  constructor(
    private readonly rows: Rows,
    private readonly email: string,
  ) {
    this.agents = rows.agent.filter((each) => each.email === email);
    this.customers = rows.customer.filter((each) => each.email === email);
    this.ids = [...this.agents, ...this.customers].map(({ id }) => id);
  }

  /** What they may have seen in what is left of it after a place of the log was told, by rights that had not ended. */
  after({ xid, position }: LogPlace): Sight {
    // Position 0 is before whatever that transaction told.
    const ended = position === 0n ? xid - 1n : xid;
    const known = this.later.get(ended) ?? new Sight(since(this.rows, ended), this.email);
    this.later.set(ended, known);
    return known;
  }

  get isStaff(): boolean {
    return this.agents.length > 0;
  }

  /** Whether there was a moment at which they were nobody. */
  get mayBeGone(): boolean {
    const elsewhere = [...this.rows.agent, ...this.rows.customer].some(
      ({ id, email }) => this.ids.includes(id) && email !== this.email,
    );
    return elsewhere || this.agents.some(({ active }) => !active);
  }

  /** Whether they see, as staff, what is of this team. */
  seesTeam(teamId: string | null): boolean {
    if (!this.isStaff || teamId === null) return this.isStaff;
    if (this.hasRole(Role.MANAGER) || this.hasRole(Role.QA_MANAGER)) return true;
    const { team, team_member } = this.rows;
    return (
      team.some(({ id, restricted, lead_id }) => id === teamId && (!restricted || this.isOneOf(lead_id))) ||
      team_member.some(({ team_id, agent_id }) => team_id === teamId && this.isOneOf(agent_id))
    );
  }

  sees({ teamId, customerId, organizationId }: Whose): boolean {
    const shares = this.rows.organization.some((each) => each.id === organizationId && each.shares_tickets);
    return (
      this.seesTeam(teamId) ||
      this.customers.some(
        ({ id, organization_id }) => id === customerId || (shares && organization_id === organizationId),
      )
    );
  }

  seesTicket(ticketId: string): boolean {
    return this.rows.ticket.some(
      ({ id, team_id: teamId, customer_id: customerId, organization_id: organizationId }) =>
        id === ticketId && this.sees({ teamId, customerId, organizationId }),
    );
  }

  /** The planted texts that are in an answer and that they may not read. */
  leaked(raw: string, tickets: Readonly<Record<Place, string>>): string[] {
    return PLACES.flatMap((place) =>
      KINDS.filter(
        (kind) => raw.includes(marker(place, kind)) && !this.reads(kind, place, tickets[place]),
      ).map((kind) => marker(place, kind)),
    );
  }

  private reads(kind: Kind, place: Place, ticketId: string): boolean {
    const { customer, worker } = CAST[place];
    const seen = this.seesTicket(ticketId);
    const rules: Record<Kind, boolean> = {
      PUBLIC: seen,
      STAFF: seen && this.isStaff,
      SURVEY: seen && (this.isStaff || this.is(customer)),
      FEEDBACK: this.is(worker) || (seen && this.leads(worker)),
      KEY: this.is(worker) || this.hasRole(Role.ADMIN),
    };
    return rules[kind];
  }

  private hasRole(role: Role): boolean {
    return this.agents.some(({ roles }) => roles.includes(role));
  }

  private isOneOf(id: string | null): boolean {
    return id !== null && this.ids.includes(id);
  }

  private is(address: string): boolean {
    return [...this.rows.agent, ...this.rows.customer].some(
      ({ id, email }) => email === address && this.ids.includes(id),
    );
  }

  private leads(worker: string): boolean {
    const { agent, team, team_member } = this.rows;
    const workers = agent.filter(({ email }) => email === worker).map(({ id }) => id);
    const led = team.filter(({ lead_id }) => this.isOneOf(lead_id)).map(({ id }) => id);
    return team_member.some(({ team_id, agent_id }) => led.includes(team_id) && workers.includes(agent_id));
  }
}
