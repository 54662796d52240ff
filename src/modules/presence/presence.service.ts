import type { Context, Loader } from '../../platform/context.js';
import { seen } from '../ticket/ticket.service.js';
import type { SetPresenceInput } from './presence.input.js';
import { allPresent, hasRoom, markOf, type Present, toLeave } from './presence.rules.js';
import { PresenceState } from './presence.vocabulary.js';

/**
 * Says what the viewer does at a ticket. Beyond so many at one ticket, who comes is not shown; beyond so many
 * tickets, the one heard of longest ago is left.
 * @throws DomainError NOT_FOUND
 */
export async function setPresence(
  ctx: Context,
  { ticketId, state }: SetPresenceInput,
): Promise<{ ticketId: string }> {
  await seen(ctx, ticketId, ['input', 'ticketId']);
  const { presence, clock } = ctx.desk;
  const agentId = ctx.viewer.id as string;
  const [marks = []] = await presence.at([ticketId]);
  const now = clock.now().getTime();
  const known = marks.find(({ who }) => who === agentId);
  if (!hasRoom(marks, agentId, now)) return { ticketId };
  presence.put(ticketId, markOf(agentId, state, known, now));
  for (const [left, mark] of toLeave(presence.of(agentId), ticketId, now))
    presence.put(left, markOf(agentId, PresenceState.AWAY, mark, now));
  return { ticketId };
}

/** Who is at a ticket. Of a ticket that the viewer was found to see. */
export const presentAtTicket: Loader<string, Present[]> = {
  load: async ({ desk }, ticketIds) => {
    const found = await desk.presence.at(ticketIds);
    const now = desk.clock.now().getTime();
    return found.map((marks) => allPresent(marks, now));
  },
};
