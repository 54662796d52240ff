/**
 * What a process is, as typed data. A definition is plain JSON: it is validated, hashed, stored and
 * shipped without change, and the kernel reads nothing else. Pure.
 *
 * Vocabulary: a *process* is an ordered list of *steps*; a step collects *answers* to its *fields*,
 * may be shown only under a *condition*, and when it completes its *effects* happen to the desk. An
 * approval step decides on earlier steps, its *subjects*. Effects are in `effect.definition.ts`.
 */

import type { EffectDefinition } from './effect.definition.js';
import type { FieldType } from './field.vocabulary.js';

/** A typed value that a step collects. */
export interface FieldDefinition {
  /** Unique within the process, so that `{{form.KEY}}` and conditions can name it without its step. */
  key: string;
  label: string;
  type: FieldType;
  /** Whether the step can't complete without it. Default false. */
  required?: boolean;
  /** One sentence beside the input. */
  help?: string;
  /** The choices of DROPDOWN and MULTI_CHOICE, in display order. */
  options?: string[];
  /** Least and most: of a NUMBER its value, of text its length in characters, of a list its entries. */
  min?: number;
  max?: number;
  /** What the input begins with, given like an answer. Shown and never applied by itself; not for people, teams and files. */
  default?: string | number | boolean | string[];
  /** Of text: a regular expression in RE2's syntax that the whole answer must match. */
  pattern?: string;
  /** Of FILE: most bytes of each file. */
  maxSize?: number;
  /** Of FILE: the media types that are taken, `image/png` or `image/*`. */
  types?: string[];
  /** Of MEMBERS: false allows one agent only. Default true. */
  multiple?: boolean;
}

export const CONDITION_OPERATORS = [
  'IS',
  'IS_NOT',
  'CONTAINS',
  'HAS_VALUE',
  'HAS_NO_VALUE',
  'GREATER_THAN',
  'LESS_THAN',
] as const;
export type ConditionOperator = (typeof CONDITION_OPERATORS)[number];

/** Ticket attributes that a condition may read. */
export const TICKET_FACTS = [
  'status',
  'priority',
  'impact',
  'urgency',
  'channel',
  'category',
  'product',
  'team',
  'escalationLevel',
] as const;
export type TicketFact = (typeof TICKET_FACTS)[number];

/** One comparison. Exactly one of `form` (a field key) and `ticket` says what is compared. */
export interface Comparison {
  form?: string;
  ticket?: TicketFact;
  operator: ConditionOperator;
  /** Absent for HAS_VALUE and HAS_NO_VALUE. */
  value?: string | number | boolean;
}

/** OR of ANDs: true when all comparisons of at least one inner list hold. */
export type Condition = Comparison[][];

/** Who a step is given to when it becomes READY. The first rule that yields somebody counts. */
export type Assignment =
  | { to: 'TICKET_ASSIGNEE' }
  /** The agents chosen in a MEMBERS field of an earlier step. */
  | { to: 'FIELD'; field: string }
  /** Anyone who holds the role. */
  | { to: 'ROLE'; role: 'AGENT' | 'TEAM_LEAD' | 'QA_MANAGER' | 'MANAGER' }
  /** Any member of the team of this name. Names and addresses, not ids: a definition fits every desk. */
  | { to: 'TEAM'; team: string }
  /** The agent with this address. */
  | { to: 'AGENT'; email: string }
  /** Whoever completed the earlier step, in its present attempt. */
  | { to: 'COMPLETER'; step: string }
  /** Any member of the team chosen in a TEAM field of an earlier step. */
  | { to: 'TEAM_FIELD'; field: string };

/** Some of those who may decide an approval. */
export type ApproverRule =
  /** Who holds the role. TEAM_LEAD means the lead of the ticket's team, or any lead while it has no team. */
  | { role: 'TEAM_LEAD' | 'QA_MANAGER' | 'MANAGER' }
  /** The agents with these addresses. */
  | { agents: string[] }
  /** The members of the team of this name. */
  | { team: string }
  /** The agents chosen in a MEMBERS field of an earlier step. */
  | { field: string };

/**
 * How many yeses a subject takes, counted over those who may decide on it at the time of the vote: one, all
 * of them, a number of them (all, where there are fewer), or a percentage of them, rounded up.
 */
export type Quorum = 'ANY' | 'ALL' | { count: number } | { percent: number };

/**
 * How time is counted by the calendar of the ticket's team: ALL_DAYS as it comes; BUSINESS_DAYS passes over
 * closed days and counts hours in business hours alone; SHIFT_TO_BUSINESS_DAY counts all and moves what ends
 * on a closed day to the next open one.
 */
export type TimeCounting = 'ALL_DAYS' | 'BUSINESS_DAYS' | 'SHIFT_TO_BUSINESS_DAY';

/**
 * When a step is due: so many days, then hours, after its run began, after another step was last done, or
 * after the close of business on the day answered to a DATE field. While that is not known it isn't due.
 */
export interface DueDefinition {
  after:
    | { from: 'RUN_START' }
    | { from: 'STEP_COMPLETED'; step: string }
    | { from: 'DATE_FIELD'; field: string };
  days?: number;
  hours?: number;
  counting: TimeCounting;
  /** How many hours before it is due its assignee is reminded; each number a reminder. */
  remindBefore?: number[];
}

/**
 * What happens when an approval has been READY for so long: REMIND, again each time as much has passed;
 * ESCALATE hands it to the role `to`; APPROVE and REJECT decide what is pending in the desk's own name.
 */
export interface TimeoutDefinition {
  afterHours: number;
  counting: TimeCounting;
  action: 'REMIND' | 'ESCALATE' | 'APPROVE' | 'REJECT';
  to?: 'TEAM_LEAD' | 'QA_MANAGER' | 'MANAGER';
}

/** What an approval step decides, and who decides. */
export interface ApprovalDefinition {
  /** Keys of earlier steps, each decided by itself. */
  subjects: string[];
  /** Who may decide: whom the rule means, or any of several. */
  approvers: ApproverRule | ApproverRule[];
  /** How many of them must approve each subject; one NO is always enough to reject. Default ANY. */
  quorum?: Quorum;
  /**
   * After a rejection: KEEP leaves completed steps between the subject and the approval as they are,
   * REDO sends those too back for a new attempt.
   */
  onReject: 'KEEP' | 'REDO';
  /** Without it an approval waits as long as it takes. */
  timeout?: TimeoutDefinition;
}

/** What a step tells the person who does it. Plain text; our own words. */
export interface Instructions {
  purpose: string;
  desiredResult: string;
  howTo: string[];
  pitfalls: { pitfall: string; remedy: string }[];
  resources: string[];
}

interface StepCommon {
  /** Stable, kebab-case, unique within the process. */
  key: string;
  title: string;
  instructions: Instructions;
  /** "If necessary": may be skipped with a reason. Default false. */
  optional?: boolean;
  /** Blocks everything after it, also steps that don't follow it directly. Approvals always do. */
  gate?: boolean;
  /** Keys of the steps that must be done first. Default: the step before. */
  after?: string[];
  /** The step is hidden while this is false. */
  when?: Condition;
  /** Rules tried in order. Default: the ticket's assignee. */
  assign?: Assignment[];
  /** Whether the customer sees that this step exists and its state (never its answers). Default false. */
  customerVisible?: boolean;
  /** When it is to be done. Default: never due. */
  due?: DueDefinition;
}

export interface TaskDefinition extends StepCommon {
  kind: 'TASK';
  fields: FieldDefinition[];
  effects: EffectDefinition[];
}

export interface ApprovalStepDefinition extends StepCommon {
  kind: 'APPROVAL';
  approval: ApprovalDefinition;
  /** Happen when every subject is approved. */
  effects: EffectDefinition[];
}

export type StepDefinition = TaskDefinition | ApprovalStepDefinition;

export interface ProcessDefinition {
  /** Stable, kebab-case, unique on the desk. */
  key: string;
  name: string;
  description: string;
  steps: StepDefinition[];
}
