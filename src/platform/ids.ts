import { fromString, getType, typeid } from 'typeid-js';

/**
 * A new global id: a TypeID, that is `prefix_` and a UUIDv7 in base 32, so that ids of one kind sort
 * by the time they were made. The same text is the id in the database, the API and the logs.
 * Source: https://github.com/jetify-com/typeid (specification 0.3).
 */
export function newId(prefix: string): string {
  return typeid(prefix).toString();
}

/** The prefix of a well-formed id, or undefined for anything else. */
export function prefixOf(id: string): string | undefined {
  try {
    return getType(fromString(id)) || undefined;
  } catch {
    return undefined;
  }
}
