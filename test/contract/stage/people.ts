import type { GraphQLSchema } from 'graphql';
import { Role } from '../../../src/platform/auth/viewer.js';
import type { Client } from '../../support/client.js';
import type { TestDesk } from '../../support/desk.js';
import { at } from '../../support/office.js';
import { act } from './actor.js';

/** Who looks: nobody in particular, and one person a role. */
export const VIEWERS = ['anonymous', ...Object.values(Role)] as const;
export type ViewerName = (typeof VIEWERS)[number];

/**
 * Whose a ticket is, to each viewer: OWN is theirs (as its customer, its assignee), TEAM of their team or of a
 * colleague of the customer, OTHER of another customer, in the queue of a team that is restricted.
 */
export const PLACES = ['OWN', 'TEAM', 'OTHER'] as const;
export type Place = (typeof PLACES)[number];

/** Whose request a ticket is, and who works on it. */
export const CAST: Record<Place, { customer: string; worker: string; team: string }> = {
  OWN: { customer: at('customer'), worker: at('agent'), team: 'First line' },
  TEAM: { customer: at('colleague'), worker: at('second'), team: 'First line' },
  OTHER: { customer: at('other'), worker: at('vault'), team: 'Vault' },
};

/**
 * A text that is told only to some: whoever finds it in an answer knows whose it is. PUBLIC is for whoever
 * sees the ticket, STAFF for staff that does, SURVEY for staff and its customer alone, FEEDBACK for the
 * assignee and the leads of their teams, KEY for who made the key and administrators.
 */
export const KINDS = ['PUBLIC', 'STAFF', 'SURVEY', 'FEEDBACK', 'KEY'] as const;
export type Kind = (typeof KINDS)[number];
export const marker = (place: Place, kind: Kind) => `zq${place.toLowerCase()}${kind.toLowerCase()}qz`;

/** Somebody who signs in; nobody for `anonymous`. */
export async function clientOf(desk: TestDesk, viewer: ViewerName): Promise<Client> {
  return viewer === 'anonymous' ? desk.anonymous() : desk.as(viewer);
}

/** Adds to the demo a colleague of its customer, and a restricted team with two members. @returns the agents and teams by name */
export async function hirePeople(schema: GraphQLSchema, desk: TestDesk): Promise<Record<string, string>> {
  const admin = await desk.as(Role.ADMIN);
  const query = `{ organizations { nodes { id name } } agents { nodes { id email } }
    teams { nodes { id name } } customers { nodes { id email } } }`;
  type Found = Record<string, { nodes: { id: string; name?: string; email?: string }[] }>;
  const look = async () => {
    const { data } = await admin.send<Found, unknown>(query);
    return Object.fromEntries(
      Object.values(data as Found).flatMap(({ nodes }) =>
        nodes.map(({ id, name, email }) => [(email ?? name) as string, id]),
      ),
    );
  };
  const known = await look();
  await act(schema, admin, 'updateOrganization', {
    organizationId: known['Example Airlines'],
    sharesTickets: true,
  });
  await act(schema, admin, 'createCustomer', {
    email: at('colleague'),
    name: 'Cory Colleague',
    organizationId: known['Example Airlines'],
  });
  const hire = async (name: string, teamIds: string[] = []) =>
    (
      await act(
        schema,
        admin,
        'createAgent',
        { email: at(name), name, roles: [Role.AGENT, Role.TEAM_LEAD], skills: ['keys'], teamIds },
        'agent { id }',
      )
    ).agent.id as string;
  const [vault, vault2] = [await hire('vault'), await hire('vault2')];
  await act(schema, admin, 'createTeam', {
    name: 'Vault',
    leadId: vault,
    memberIds: [vault, vault2],
    restricted: true,
    skills: ['keys'],
    escalationTeamId: known['Senior support'],
  });
  const people = await look();
  await act(schema, admin, 'saveCalendar', {
    name: 'Vault hours',
    timeZone: 'UTC',
    hours: [{ weekday: 'MONDAY', from: '09:00', to: '17:00' }],
    holidays: ['2026-12-25'],
    teamIds: [people.Vault, people['First line']],
  });
  await act(schema, await desk.as(at('vault2')), 'setAvailability', {
    agentId: vault2,
    availability: 'AWAY',
  });
  await act(schema, await desk.as(at('lead')), 'delegateApprovals', {
    toAgentId: people[at('quality')],
    from: new Date(desk.clock.now().getTime() - 60_000).toISOString(),
    until: new Date(desk.clock.now().getTime() + 86_400_000).toISOString(),
  });
  return people;
}
