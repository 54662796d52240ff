import type { NewEvent } from '../../platform/events/event.js';

/** What is told of absences and delegations. Pure. */

/** The stream that they are told in: of the desk, not of a ticket. */
export const DEPUTIES_STREAM = 'deputies';
export const DEPUTIES_CHANGED = 'DEPUTIES_CHANGED';

/** @param agentIds those who act for somebody, or are acted for, by it */
export function deputiesChanged(what: string, id: string, agentIds: string[]): NewEvent {
  return { type: DEPUTIES_CHANGED, visibility: 'INTERNAL', data: { what, id, agentIds } };
}
