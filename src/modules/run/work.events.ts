/** How the work of people changed, as it travels in the log beside a ticket's change. Pure. */
import type { Waiting } from './work.rules.js';

/** The name under which a change of the log carries it. */
export const WORK = 'work';

/** Of one step: for whom it waited, and for whom it waits. Null while it is not READY. */
export interface WorkChange {
  stepId: string;
  kind: 'TASK' | 'APPROVAL';
  before: Waiting | null;
  after: Waiting | null;
}
