/**
 * What a run is while it is followed, and the commands that change it: plain JSON-able data. Pure.
 *
 * Vocabulary: a step's *outcome* is what people made of it and survives everything except a new attempt;
 * its *phase* is derived from the outcomes, the conditions and the gates, and is stored as last settled.
 * An *attempt* is one go at a step; a rejection or a send-back opens the next.
 */
import type { EffectDefinition, ReportKind } from '../process/effect.definition.js';

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

/**
 * A file that was uploaded, by its id; or one that an earlier version of the desk took the word of a client
 * for, whose bytes are somewhere else. `size` in bytes, `type` a MIME type.
 */
export interface FileAnswer {
  id?: string;
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

/** What was decided on one subject: the word that settled it. A rejection always has a comment. */
export interface Decision {
  verdict: Verdict;
  /** Id of the person who gave it. */
  by: string;
  comment: string | null;
  /** Id of the approver in whose name it was given. Absent where they gave it themselves. */
  inNameOf?: string;
}

/** A yes to one subject, which counts towards the quorum: one at most of each approver. */
export interface Vote {
  /** Id of the person who gave it. */
  by: string;
  /** Id of the approver whose vote it is: the same person, or whom they act for. */
  of: string;
}

/** Somebody who may decide an approval, as far as its position goes. */
export interface EligibleApprover {
  id: string;
  /** Those who may decide in this approver's name at present. */
  deputies: readonly string[];
  /** Those, and for whom this approver may: their conflicts are shared. */
  actsWith: readonly string[];
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
  /** Approvals only: the subjects that are decided in this attempt, by key. */
  decisions: Record<string, Decision>;
  /** Approvals only: the votes of this attempt by subject key, also where they are not enough yet. */
  votes: Record<string, Vote[]>;
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
      /** Id of the approver whose vote it is; absent where `by` gives their own. */
      inNameOf?: string;
      /** Everybody who may decide this approval at present: whom the quorum is counted over. */
      approvers: readonly EligibleApprover[];
    }
  /** Takes back a vote that `by` gave, or that was given in their name. */
  | { type: 'WITHDRAW'; step: string; subject: string; comment: string; by: string }
  /** Opens a finished task for another attempt; `archived` are the run's reports that never change again. */
  | {
      type: 'REOPEN';
      step: string;
      mode: ReopenMode;
      reason: string;
      archived: readonly ReportKind[];
      by: string;
    }
  | { type: 'CANCEL'; by: string };

/** What becomes of the steps after one that is opened again. */
export enum ReopenMode {
  /** They stay as they are; only decisions on the opened step are lost. */
  KEEP = 'KEEP',
  /** All that was done after it is done anew. */
  REDO = 'REDO',
}

/** An effect that the caller carries out, with all answers as they were when its step completed. */
export interface EffectIntent {
  step: string;
  effect: EffectDefinition;
  form: Answers;
}
