import type { NewEvent } from '../events/event.js';

/** What is told when rights of people change. Pure. */

/** The stream it is told in: of the desk, not of a ticket. */
export const RIGHTS_STREAM = 'rights';
export const RIGHTS_CHANGED = 'RIGHTS_CHANGED';

/**
 * Rights of people changed: roles, teams, organizations, whether they may sign in at all. Each node looks
 * their rights up anew before it delivers anything that follows in the log.
 * @param subjects ids of the people; null for everybody, as when a team becomes restricted
 */
export function rightsChanged(subjects: readonly string[] | null): NewEvent {
  return { type: RIGHTS_CHANGED, visibility: 'INTERNAL', data: { subjects } };
}
