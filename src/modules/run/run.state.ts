/**
 * What a run is while it is followed: plain JSON-able data, the commands that change it, and what comes
 * out of a change. Pure.
 *
 * Vocabulary: a step's *outcome* is what people made of it and survives everything except a new attempt;
 * its *phase* is derived from the outcomes, the conditions and the gates, and is stored as last settled.
 * An *attempt* is one go at a step; a rejection or a send-back opens the next.
 */
import type { EffectDefinition } from '../process/process.definition.js';

/** Where a step stands. */
export enum StepPhase {
  /** Something before it is not done yet. */
  WAITING = 'WAITING',
  /** Somebody can act on it now. */
  READY = 'READY',
  COMPLETED = 'COMPLETED',
  SKIPPED = 'SKIPPED',
  /** Its condition is false, or it is an approval of nothing but hidden subjects. It blocks nothing. */
  HIDDEN = 'HIDDEN',
}

export enum Verdict {
  APPROVED = 'APPROVED',
  REJECTED = 'REJECTED',
}

export enum RunPhase {
  ACTIVE = 'ACTIVE',
  /** Every step is done, skipped or hidden. Final. */
  COMPLETED = 'COMPLETED',
  /** Given up. Final. */
  CANCELLED = 'CANCELLED',
}

/** A file that was uploaded or linked; the bytes are somewhere else. `size` in bytes, `type` a MIME type. */
export interface FileAnswer {
  name: string;
  url?: string;
  size?: number;
  type?: string;
}

/**
 * A checked answer. NUMBER and RATING are numbers, CHECKBOX a boolean, MULTI_CHOICE and MEMBERS string
 * lists, FILE a list of files, DATE `YYYY-MM-DD`, everything else a string. Never null, '' or [].
 */
export type AnswerValue = string | number | boolean | string[] | FileAnswer[];

/** Answers by field key. A field without an answer has no key. */
export type Answers = Record<string, AnswerValue>;

/** One person's word on one subject. A rejection always has a comment. */
export interface Decision {
  verdict: Verdict;
  /** Id of the person. */
  by: string;
  comment: string | null;
}

export interface StepState {
  outcome: null | 'COMPLETED' | 'SKIPPED';
  /** From 1. */
  attempt: number;
  /** As last completed: they count while the outcome is COMPLETED, and are the draft of the next attempt. */
  answers: Answers;
  /** Who completed or skipped it; of an approval, who gave the last decision. Null without an outcome. */
  completedBy: string | null;
  skipReason: string | null;
  /** An approver rejected it and it has not been completed again since. */
  returned: boolean;
  /** Approvals only: the decisions of this attempt by subject key. */
  decisions: Record<string, Decision>;
  /** As last settled. */
  phase: StepPhase;
}

export interface RunState {
  phase: RunPhase;
  /** Id of the person who started it: the requester, who may not decide its approvals. */
  startedBy: string;
  /** By step key: every step of the definition. */
  steps: Record<string, StepState>;
}

/** Who decides where the definition itself says how: the desk, in its own name. */
export const DESK = 'system';

/** What a person does to a run. `by` is the person's id. */
export type Command =
  /** `answers` have been checked by `checkAnswers`. */
  | { type: 'COMPLETE'; step: string; answers: Answers; by: string }
  | { type: 'SKIP'; step: string; reason: string; by: string }
  /** `subjects` are step keys; null means all that are pending. */
  | {
      type: 'DECIDE';
      step: string;
      subjects: string[] | null;
      verdict: Verdict;
      comment: string | null;
      by: string;
    }
  | { type: 'CANCEL'; by: string };

export interface RunStarted {
  type: 'RUN_STARTED';
  by: string;
}

/** A step's phase or attempt changed. `attempt` is the one it has now. */
export interface StepChanged {
  type: 'STEP_CHANGED';
  step: string;
  from: StepPhase;
  to: StepPhase;
  attempt: number;
}

/** Both attempts are those that were decided, not the ones a rejection opens. */
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
}

export interface RunCompleted {
  type: 'RUN_COMPLETED';
}

export interface RunCancelled {
  type: 'RUN_CANCELLED';
  by: string;
}

/** What happened, in the order it is to be told. */
export type RunEvent = RunStarted | StepChanged | ApprovalDecided | RunCompleted | RunCancelled;

/** An effect that the caller carries out, with all answers as they were when its step completed. */
export interface EffectIntent {
  step: string;
  effect: EffectDefinition;
  form: Answers;
}

/** The result of every change: the next state, what to do to the desk, what to tell. */
export interface Outcome {
  run: RunState;
  effects: EffectIntent[];
  events: RunEvent[];
}
