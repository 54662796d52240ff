import type { NewEvent } from '../../platform/events/event.js';
import type { RunEvent } from './kernel.events.js';

/** What is told of runs, in the ticket's stream. Pure. */

/** The rows that a kernel's event speaks of. */
export interface Told {
  runId: string;
  process: string;
  /** By step key. */
  steps: Record<string, { id: string; title: string; customerVisible: boolean }>;
}

/** A kernel's event as the log keeps it. Customers hear of the steps that are marked as visible to them. */
export function told(event: RunEvent, { runId, process, steps }: Told): NewEvent {
  const { type } = event;
  if (!('step' in event)) {
    const { type: _, ...what } = event;
    return { type, visibility: 'INTERNAL', data: { runId, process, ...what } };
  }
  const { type: _, step: key, ...what } = event;
  const step = steps[key];
  const visibility = type === 'STEP_CHANGED' && step?.customerVisible ? 'PUBLIC' : 'INTERNAL';
  return { type, visibility, data: { runId, stepId: step?.id, key, ...what } };
}

/** Which events of a stream are a kernel's: those that its runs are made of. */
const OF_KERNEL: Record<RunEvent['type'], true> = {
  RUN_STARTED: true,
  STEP_COMPLETED: true,
  STEP_SKIPPED: true,
  APPROVAL_DECIDED: true,
  DECISION_WITHDRAWN: true,
  STEP_REOPENED: true,
  ATTEMPT_OPENED: true,
  DECISIONS_LAPSED: true,
  STEP_CHANGED: true,
  RUN_MIGRATED: true,
  RUN_COMPLETED: true,
  RUN_CANCELLED: true,
};

/** The kernel's events of a run, out of its ticket's stream: the other way round. */
export function eventsOfRun(stream: readonly Pick<NewEvent, 'type' | 'data'>[], runId: string): RunEvent[] {
  return stream
    .filter(({ type, data }) => Object.hasOwn(OF_KERNEL, type) && data.runId === runId)
    .map(({ type, data: { runId: _run, process: _process, stepId: _step, key, ...what } }) => {
      return { type, ...(key === undefined ? {} : { step: key }), ...what } as RunEvent;
    });
}

/** What fell due of a step: STEP_REMINDER, STEP_OVERDUE, APPROVAL_REMINDER or APPROVAL_ESCALATED, with whose turn it is. */
export function stepFell(
  type: string,
  step: {
    id: string;
    runId: string;
    key: string;
    attempt: number;
    dueAt: Date | null;
    assigneeId: string | null;
    assignedRole: string | null;
  },
): NewEvent {
  const { id: stepId, runId, key, attempt, dueAt, assigneeId, assignedRole } = step;
  const due = dueAt?.toISOString() ?? null;
  const data = { stepId, runId, key, attempt, dueAt: due, assigneeId, assignedRole };
  return { type, visibility: 'INTERNAL', data };
}

/** Answers of a step were saved before it is completed. What they are is not told. */
export function draftSaved({ id: stepId, runId, key }: { id: string; runId: string; key: string }): NewEvent {
  return { type: 'STEP_DRAFT_SAVED', visibility: 'INTERNAL', data: { stepId, runId, key } };
}

/** That somebody gave a step to an agent or a team, or took it. */
export function stepAssigned(of: {
  runId: string;
  stepId: string;
  key: string;
  agentId: string | null;
  teamId: string | null;
  claimed: boolean;
  /** Where it was taken from somebody: why. */
  reason?: string;
}): NewEvent {
  return { type: 'STEP_ASSIGNED', visibility: 'INTERNAL', data: of };
}
