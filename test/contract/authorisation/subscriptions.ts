import { type GraphQLField, parse } from 'graphql';
import type { Client, Stream } from '../../support/client.js';
import type { Place } from '../stage/people.js';
import type { Stage } from '../stage/stage.js';
import { operationOf } from './queries.js';
import type { Thing } from './world.js';

/** What a subscription is begun with: about the ticket of the place where it can be, and from before there was any. */
const ARGUMENTS: Record<string, (stage: Stage, place: Place) => object> = {
  ticketEvents: ({ tickets, before }, place) => ({ ticket: tickets[place], after: before }),
  ticketPresence: ({ tickets }, place) => ({ ticket: tickets[place] }),
  queueChanges: ({ before }) => ({ after: before }),
  myWork: ({ before }) => ({ after: before }),
  approvalRequests: ({ before }) => ({ after: before }),
  deskCounts: () => ({ everyMilliseconds: 1_000 }),
};

/** Whether a subscription is about one ticket. */
export const aboutTicket = (field: string) => field.startsWith('ticket');

/** After which delivery nothing more is to come that was there before. */
function isLast(field: string, value: Thing): boolean {
  if (field === 'deskCounts' || field === 'ticketPresence') return true;
  if (value.detail) return ['Heartbeat', 'ResyncRequired', 'AccessEnded'].includes(value.detail.__typename);
  if (value.changes) return value.resyncRequired || value.changes.length === 0;
  return ['HEARTBEAT', 'RESYNC_REQUIRED'].includes(value.move);
}

/**
 * Subscribes to everything a field gives, and takes what comes.
 * @param more arguments
 * @returns a letter of the table, and what came
 */
export async function follow(
  stage: Stage,
  client: Client,
  field: GraphQLField<unknown, unknown>,
  place: Place,
  more: object = {},
): Promise<{ letter: string; values: Thing[] }> {
  const usual = ARGUMENTS[field.name]?.(stage, place);
  if (!usual) throw new Error(`Say in ARGUMENTS what ${field.name} is begun with`);
  const given = { ...usual, ...more };
  const document = parse(operationOf(stage.schema, 'subscription', field, given));
  let stream: Stream<{ found: Thing }> | undefined;
  try {
    stream = await client.subscribe<{ found: Thing }, object>(document as never, given);
    const taken = await stream.takeUntil(({ found }) => isLast(field.name, found));
    return { letter: 'V', values: taken.map(({ found }) => found) };
  } catch (error) {
    if ((error as { code?: number }).code === 4401) return { letter: 'U', values: [] };
    const code = /"code":"(\w+)"/.exec(String(error))?.[1];
    if (code === 'FORBIDDEN') return { letter: 'F', values: [] };
    if (code === 'NOT_FOUND') return { letter: 'N', values: [] };
    throw error;
  } finally {
    await stream?.close();
  }
}
