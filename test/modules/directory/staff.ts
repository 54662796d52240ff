import { expect } from '@jest/globals';
import {
  type AgentAdminFragment,
  CreateAgentDocument,
  type CreateAgentInput,
  CreateTeamDocument,
  type CreateTeamInput,
  type TeamAdminFragment,
} from '../../generated/graphql.js';
import type { Client } from '../../support/client.js';
import { at } from '../../support/office.js';

/** Takes somebody on by mutation. */
export async function employ(
  admin: Client,
  name: string,
  given: Partial<CreateAgentInput> = {},
): Promise<AgentAdminFragment> {
  const input = { name, email: at(name), roles: ['AGENT' as const], ...given };
  const { createAgent } = await admin.ask(CreateAgentDocument, { input });
  expect(createAgent.userErrors).toEqual([]);
  return createAgent.agent as AgentAdminFragment;
}

/** Makes a team by mutation. */
export async function found(
  admin: Client,
  name: string,
  given: Partial<CreateTeamInput> = {},
): Promise<TeamAdminFragment> {
  const { createTeam } = await admin.ask(CreateTeamDocument, { input: { name, ...given } });
  expect(createTeam.userErrors).toEqual([]);
  return createTeam.team as TeamAdminFragment;
}
