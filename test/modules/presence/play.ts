import { expect } from '@jest/globals';
import {
  type PresencePartsFragment,
  type PresenceState,
  SetPresenceDocument,
  TicketPresenceDocument,
  WhoIsThereDocument,
} from '../../generated/graphql.js';
import type { Client } from '../../support/client.js';

/** What people see: `Alex Agent: TYPING`. */
const words = (present: PresencePartsFragment[]) =>
  present.map(({ agent, state }) => `${agent.name}: ${state}`);

/** Says what somebody does. @returns who is there then */
export async function say(client: Client, ticketId: string, state: PresenceState): Promise<string[]> {
  const { setPresence } = await client.ask(SetPresenceDocument, { input: { ticketId, state } });
  expect(setPresence.userErrors).toEqual([]);
  return words(setPresence.ticket?.presence ?? []);
}

/** Who is there, as a query says. */
export async function there(client: Client, id: string): Promise<string[]> {
  return words((await client.ask(WhoIsThereDocument, { id })).ticket?.presence ?? []);
}

/** Who is there, as it is told; the first that is told is taken already. */
export async function watch(client: Client, ticket: string) {
  const stream = await client.subscribe(TicketPresenceDocument, { ticket });
  const next = async (seconds = 15) => {
    const { ticketPresence } = await stream.next(seconds);
    return ticketPresence.accessEnded ? 'access ended' : words(ticketPresence.present);
  };
  return { first: await next(), next, stream };
}
