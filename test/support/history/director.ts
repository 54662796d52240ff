import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type pg from 'pg';
import {
  AddTeamMemberDocument,
  RemoveTeamMemberDocument,
  UpdateAgentDocument,
  UpdateCustomerDocument,
  UpdateOrganizationDocument,
  UpdateTeamDocument,
} from '../../generated/graphql.js';
import type { Client } from '../client.js';
import type { Cast } from './cast.js';
import type { Directory } from './sight.js';

/** The directory after so many events of the stream `rights`. */
export interface Snapshot {
  seq: number;
  directory: Directory;
}

/** In one statement, so of one moment. */
const SNAPSHOT = `select
  coalesce((select last_seq from event_stream where id = 'rights'), 0)::int as seq,
  json_build_object(
    'agents', (select json_object_agg(id, json_build_object('roles', roles)) from agent where active),
    'teams', (select json_object_agg(id, json_build_object('restricted', restricted, 'people',
      array_remove(array[lead_id], null) || array(select agent_id from team_member where team_id = team.id))) from team),
    'customers', (select json_object_agg(id, json_build_object('organizationId', organization_id)) from customer),
    'organizations', (select json_object_agg(id, json_build_object('shares', shares_tickets)) from organization)
  ) as directory`;

/**
 * Changes people's rights by the directory's mutations, one after another, and keeps what SQL has of the
 * directory after each. Nobody else changes it, so between two snapshots lies one change.
 */
export class Director {
  readonly snapshots: Snapshot[] = [];
  private readonly roles = new Map<string, string>();

  constructor(
    private readonly admin: Client,
    private readonly db: pg.Client,
    private readonly cast: Cast,
  ) {}

  async look(): Promise<Directory> {
    const { rows } = await this.db.query<Snapshot>(SNAPSHOT);
    const [snapshot] = rows as [Snapshot];
    this.snapshots.push(snapshot);
    return snapshot.directory;
  }

  /** One change, of whatever kind comes up. */
  async change(): Promise<void> {
    const now = this.snapshots.at(-1)?.directory as Directory;
    const acts = [
      () => this.staffTeam(now),
      () => this.staffTeam(now),
      () => this.restrict(now),
      () => this.promote(),
      () => this.share(now),
      () => this.moveCustomer(now),
    ];
    await any(acts)();
    await this.look();
  }

  /** Somebody comes to a team, or leaves it. */
  private staffTeam({ teams }: Directory): Promise<void> {
    const agentId = any(this.cast.staff.slice(0, 12)).id;
    const teamId = any(this.cast.teams);
    const belongs = teams[teamId]?.people.includes(agentId);
    return belongs
      ? this.send(RemoveTeamMemberDocument, { teamId, agentId })
      : this.send(AddTeamMemberDocument, { teamId, agentId });
  }

  /** A team becomes restricted, or open. */
  private restrict({ teams }: Directory): Promise<void> {
    const teamId = any(this.cast.teams.slice(1));
    return this.send(UpdateTeamDocument, { teamId, restricted: !teams[teamId]?.restricted });
  }

  /** An agent becomes a manager or a QA manager, or an agent again. */
  private promote(): Promise<void> {
    const agentId = any(this.cast.staff.slice(12, 20)).id;
    const role = this.roles.has(agentId) ? 'AGENT' : any(['MANAGER', 'QA_MANAGER'] as const);
    if (role === 'AGENT') this.roles.delete(agentId);
    else this.roles.set(agentId, role);
    return this.send(UpdateAgentDocument, { agentId, roles: [role] });
  }

  /** An organization begins to share its tickets, or ends it. */
  private share({ organizations }: Directory): Promise<void> {
    const organizationId = any(this.cast.organizations);
    return this.send(UpdateOrganizationDocument, {
      organizationId,
      sharesTickets: !organizations[organizationId]?.shares,
    });
  }

  /** A customer goes to another organization. */
  private moveCustomer({ customers }: Directory): Promise<void> {
    const customerId = any(this.cast.customers.slice(0, 6)).id;
    const others = [...this.cast.organizations, null];
    const organizationId = any(others.filter((id) => id !== customers[customerId]?.organizationId));
    return this.send(UpdateCustomerDocument, { customerId, organizationId });
  }

  private async send<Data, Variables extends { input: unknown }>(
    document: TypedDocumentNode<Data, Variables>,
    input: Variables['input'],
  ): Promise<void> {
    const data = (await this.admin.ask(document, { input } as Variables)) as Record<
      string,
      { userErrors: unknown[] }
    >;
    const [payload] = Object.values(data);
    if (payload?.userErrors.length) throw new Error(`Refused: ${JSON.stringify(payload.userErrors)}`);
  }
}

export function any<Value>(values: readonly Value[]): Value {
  return values[Math.floor(Math.random() * values.length)] as Value;
}
