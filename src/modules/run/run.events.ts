import type { NewEvent } from '../../platform/events/event.js';
import type { RunEvent } from './run.state.js';

/** What is told of runs, in the ticket's stream. Pure. */

/** The rows that a kernel's event speaks of. */
export interface Told {
  runId: string;
  process: string;
  /** By step key. */
  steps: Record<string, { id: string; title: string; customerVisible: boolean }>;
}

/** A kernel's event as the log keeps it. Customers hear of the steps that are marked as visible to them. */
export function told(event: RunEvent, of: Told): NewEvent {
  const { runId, process } = of;
  switch (event.type) {
    case 'STEP_CHANGED': {
      const step = of.steps[event.step];
      return {
        type: event.type,
        visibility: step?.customerVisible ? 'PUBLIC' : 'INTERNAL',
        data: {
          runId,
          stepId: step?.id,
          key: event.step,
          from: event.from,
          to: event.to,
          attempt: event.attempt,
        },
      };
    }
    case 'APPROVAL_DECIDED': {
      const { subject, verdict, comment, attempt, subjectAttempt, inNameOf, final } = event;
      return {
        type: event.type,
        visibility: 'INTERNAL',
        data: {
          runId,
          stepId: of.steps[event.step]?.id,
          key: event.step,
          subject,
          verdict,
          comment,
          attempt,
          subjectAttempt,
          inNameOf,
          final,
        },
      };
    }
    case 'DECISION_WITHDRAWN': {
      const { type, step: key, by: _, ...rest } = event;
      return { type, visibility: 'INTERNAL', data: { stepId: of.steps[key]?.id, runId, key, ...rest } };
    }
    case 'STEP_REOPENED': {
      const { step: key, mode, reason, attempt } = event;
      const data = { stepId: of.steps[key]?.id, runId, key, mode, reason, attempt };
      return { type: event.type, visibility: 'INTERNAL', data };
    }
    case 'RUN_STARTED':
    case 'RUN_COMPLETED':
    case 'RUN_CANCELLED':
      return { type: event.type, visibility: 'INTERNAL', data: { runId, process } };
  }
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

/** A run went over to another version of its process. `lost` are the keys of the fields whose answers stayed behind. */
export function runMigrated(
  runId: string,
  process: string,
  fromVersion: number,
  toVersion: number,
  lost: string[],
): NewEvent {
  return {
    type: 'RUN_MIGRATED',
    visibility: 'INTERNAL',
    data: { runId, process, fromVersion, toVersion, lost },
  };
}

/** That somebody gave a step to an agent or a team, or took it. */
export function stepAssigned(of: {
  runId: string;
  stepId: string;
  key: string;
  agentId: string | null;
  teamId: string | null;
  claimed: boolean;
}): NewEvent {
  return { type: 'STEP_ASSIGNED', visibility: 'INTERNAL', data: of };
}
