/**
 * What happens to a run. A run is what its events made of it (`replay.rules.ts`), and nothing else changes
 * one, so they carry everything that it is made of. Pure.
 */
import type { Answers, ReopenMode, StepPhase, Verdict } from './run.state.js';

export interface RunStarted {
  type: 'RUN_STARTED';
  by: string;
  /** Keys of its steps, in the order of the definition. */
  steps: string[];
}

/** A task was done, or an approval has all its decisions. */
export interface StepCompleted {
  type: 'STEP_COMPLETED';
  step: string;
  attempt: number;
  /** All of them: what the step held before is replaced. An approval has none. */
  answers: Answers;
  by: string;
}

export interface StepSkipped {
  type: 'STEP_SKIPPED';
  step: string;
  attempt: number;
  reason: string;
  by: string;
}

/** A step is to be done once more, because of another: a rejection, a step sent back or reopened, a new version. */
export interface AttemptOpened {
  type: 'ATTEMPT_OPENED';
  step: string;
  /** The attempt that it opens. */
  attempt: number;
  /** Whether an approver rejected the step itself: then it waits for gates alone. */
  returned: boolean;
}

/** A step's phase or attempt changed. `attempt` is the one it has now. */
export interface StepChanged {
  type: 'STEP_CHANGED';
  step: string;
  from: StepPhase;
  to: StepPhase;
  attempt: number;
}

/** One approver's word. Both attempts are those that were decided, not the ones a rejection opens. */
export interface ApprovalDecided {
  type: 'APPROVAL_DECIDED';
  /** Key of the approval. */
  step: string;
  subject: string;
  verdict: Verdict;
  comment: string | null;
  by: string;
  attempt: number;
  subjectAttempt: number;
  /** Id of the approver whose word it is, where somebody else gave it for them. */
  inNameOf: string | null;
  /** Whether the subject is decided with it; a yes below the quorum leaves it open. */
  final: boolean;
  /** Whether it repeats a yes of the same approver, because the votes given are enough by now. */
  again: boolean;
}

/** Words on a subject were taken back: that of one approver. */
export interface DecisionWithdrawn {
  type: 'DECISION_WITHDRAWN';
  /** Key of the approval. */
  step: string;
  subject: string;
  comment: string;
  by: string;
  /** Id of the approver whose word it was. */
  of: string;
  attempt: number;
  subjectAttempt: number;
}

/**
 * All words of an approval on these subjects stopped counting: what they were given on is done once more, or
 * the approval no longer decides on it.
 */
export interface DecisionsLapsed {
  type: 'DECISIONS_LAPSED';
  /** Key of the approval. */
  step: string;
  subjects: string[];
}

export interface StepReopened {
  type: 'STEP_REOPENED';
  step: string;
  mode: ReopenMode;
  reason: string;
  by: string;
  /** The attempt that it opens. */
  attempt: number;
}

/** The run follows another version of its process. What it asks of steps that were done is told after it. */
export interface RunMigrated {
  type: 'RUN_MIGRATED';
  fromVersion: number;
  toVersion: number;
  /** Keys of the steps of the new version, in its order. */
  steps: string[];
  /** Those of them that begin anew. */
  added: string[];
  /** Keys of the fields whose answers stayed behind. */
  lost: string[];
}

export interface RunCompleted {
  type: 'RUN_COMPLETED';
}

export interface RunCancelled {
  type: 'RUN_CANCELLED';
  by: string;
}

/** What happened, in the order it is to be told. */
export type RunEvent =
  | RunStarted
  | StepCompleted
  | StepSkipped
  | ApprovalDecided
  | DecisionWithdrawn
  | StepReopened
  | AttemptOpened
  | DecisionsLapsed
  | StepChanged
  | RunMigrated
  | RunCompleted
  | RunCancelled;
