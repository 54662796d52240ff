import { expect } from '@jest/globals';
import {
  AssignTicketDocument,
  ClaimTicketDocument,
  CloseTicketDocument,
  CreateTicketDocument,
  type CreateTicketInput,
  LifecycleDocument,
  PeopleDocument,
  ResolveTicketDocument,
} from '../../generated/graphql.js';
import type { Client } from '../../support/client.js';

export const CUSTOMER = 'customer@demo.stepdesk.example';
export const OTHER = 'other@demo.stepdesk.example';

type Refused = { userErrors: { code: string; path?: string[] | null }[] };

/** What a mutation was refused with: each code and the path of its input. */
export const refusals = ({ userErrors }: Refused): string[] =>
  userErrors.map(({ code, path }) => [code, ...(path ?? [])].join(' '));

/** Makes a ticket, of the demo's customer unless told otherwise. @returns its id */
export async function create(client: Client, given: Partial<CreateTicketInput> = {}): Promise<string> {
  const { createTicket } = await client.ask(CreateTicketDocument, {
    input: {
      subject: 'No sound',
      description: 'The headset is silent.',
      channel: 'EMAIL',
      customer: { email: CUSTOMER },
      ...given,
    },
  });
  expect(createTicket.userErrors).toEqual([]);
  return createTicket.ticket?.id as string;
}

/** Claims and resolves a ticket. */
export async function resolve(client: Client, ticketId: string): Promise<void> {
  expect(refusals((await client.ask(ClaimTicketDocument, { input: { ticketId } })).claimTicket)).toEqual([]);
  const { resolveTicket } = await client.ask(ResolveTicketDocument, {
    input: { ticketId, resolution: 'Plugged it in' },
  });
  expect(refusals(resolveTicket)).toEqual([]);
}

/** Claims, resolves and closes a ticket. */
export async function close(client: Client, ticketId: string): Promise<void> {
  await resolve(client, ticketId);
  expect(refusals((await client.ask(CloseTicketDocument, { input: { ticketId } })).closeTicket)).toEqual([]);
}

/** A ticket as staff sees it. */
export async function look(client: Client, id: string) {
  const { ticket } = await client.ask(LifecycleDocument, { id });
  if (!ticket) throw new Error(`There is no ticket ${id} to see`);
  return ticket;
}

/** Has routing choose, or gives a ticket away; it is not refused. */
export async function assign(
  client: Client,
  ticketId: string,
  to: { agentId?: string; teamId?: string; reason?: string } = {},
) {
  const { assignTicket } = await client.ask(AssignTicketDocument, { input: { ticketId, ...to } });
  expect(refusals(assignTicket)).toEqual([]);
  return assignTicket.ticket;
}

/** Ids by name: of agents by the first part of their address, of teams and of categories. */
export async function directory(client: Client) {
  const { agents, teams, categories } = await client.ask(PeopleDocument);
  return {
    agents: Object.fromEntries(agents.nodes.map(({ email, id }) => [email?.split('@')[0], id])) as Record<
      string,
      string
    >,
    teams: Object.fromEntries(teams.nodes.map(({ name, id }) => [name, id])) as Record<string, string>,
    categories: Object.fromEntries(categories.nodes.map(({ name, id }) => [name, id])) as Record<
      string,
      string
    >,
  };
}
