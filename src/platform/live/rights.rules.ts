import { RIGHTS_CHANGED } from '../auth/rights.events.js';
import type { Viewer } from '../auth/viewer.js';
import type { EventRecord } from '../events/event.js';

/** Whose rights an event says have changed: ids of people, null for everybody's; undefined where it says nothing of rights. */
export function subjectsOf({ type, data }: Pick<EventRecord, 'type' | 'data'>): string[] | null | undefined {
  return type === RIGHTS_CHANGED ? (data.subjects as string[] | null) : undefined;
}

/** Whether the event says that the viewer's rights have changed. */
export function concernsRightsOf(viewer: Viewer, event: Pick<EventRecord, 'type' | 'data'>): boolean {
  const subjects = subjectsOf(event);
  if (subjects === undefined) return false;
  return subjects === null || (viewer.id !== null && subjects.includes(viewer.id));
}
