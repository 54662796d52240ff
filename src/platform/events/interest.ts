import type { EventRecord } from './event.js';

/** Under which keys an event is told; its stream's id is always one of them. */
export type KeysOf = (record: EventRecord) => readonly string[];

/** The key of those who hear of every event. */
export const EVERYTHING = '*';

/**
 * What a listener wants to hear of. Everything it could be told of has at least one of its keys; it may
 * also hear of what it then leaves out.
 */
export interface Interest {
  keys: readonly string[];
  /** Set where one stream is all it wants: it is then read from the log by its index. */
  streamId?: string;
}

export const everything: Interest = { keys: [EVERYTHING] };

export function ofStream(streamId: string): Interest {
  return { keys: [streamId], streamId };
}

/** Whether an event with these keys is of interest. */
export function concerns({ keys }: Interest, told: readonly string[]): boolean {
  return keys.some((key) => key === EVERYTHING || told.includes(key));
}
