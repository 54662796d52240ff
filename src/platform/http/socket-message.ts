import { MessageType } from 'graphql-ws';

/** What a client may say; anything else is a server's to say, or nobody's. */
const SAID_BY_CLIENTS = new Set<unknown>([
  MessageType.ConnectionInit,
  MessageType.Ping,
  MessageType.Pong,
  MessageType.Subscribe,
  MessageType.Complete,
]);
const ABOUT_OPERATIONS = new Set<unknown>([MessageType.Subscribe, MessageType.Complete]);
/** Characters of an id, which comes back with every delivery. */
const MOST_ID = 200;

/** A message of a client, as far as it matters to whom it is for; the rest is graphql-ws's to look at. */
export interface ClientMessage {
  text: string;
  type: string;
  /** Of the operation that it is about; null for any other message. */
  id: string | null;
}

/** @returns null for what is no message of a client, or has an id that is none */
export function readMessage(text: string): ClientMessage | null {
  let message: { type?: unknown; id?: unknown } | null;
  try {
    message = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof message !== 'object' || message === null) return null;
  const { type, id } = message;
  if (!SAID_BY_CLIENTS.has(type)) return null;
  if (!ABOUT_OPERATIONS.has(type)) return { text, type: type as string, id: null };
  const sound = typeof id === 'string' && id !== '' && id.length <= MOST_ID;
  return sound ? { text, type: type as string, id } : null;
}
