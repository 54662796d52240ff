/**
 * What a process is, as typed data. A definition is plain JSON: it is validated, hashed, stored and
 * shipped without change, and the kernel reads nothing else. Pure.
 *
 * Vocabulary: a *process* is an ordered list of *steps*; a step collects *answers* to its *fields*,
 * may be shown only under a *condition*, and when it completes its *effects* happen to the desk. An
 * approval step decides on earlier steps, its *subjects*.
 */

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

/** What a review scores: a RATING field of the step. */
export interface CriterionDefinition {
  field: string;
  label: string;
  /** Makes it critical: a review that gives it less fails, however good the rest is. */
  failBelow?: number;
}

export type ReportKind = 'INTERACTION' | 'SERVICE' | 'FINAL';

/**
 * What completing a step does to the desk. `field` names a field of the same step unless said
 * otherwise; text properties are templates (`{{form.X}}`, `{{ticket.number}}`, `{{customer.name}}` …).
 */
export type EffectDefinition =
  /** Sends a public message to the customer. `to` names an EMAIL field whose answer replaces the customer's own address. */
  | { kind: 'SEND_MESSAGE'; subject: string; body: string; to?: string }
  /** Writes an internal note on the ticket. */
  | { kind: 'ADD_NOTE'; body: string }
  /** Sets the ticket's category to the one whose name is the answer. */
  | { kind: 'SET_CATEGORY'; field: string }
  /** Sets the ticket's channel; `map` goes from option to channel. */
  | {
      kind: 'SET_CHANNEL';
      field: string;
      map: Record<string, 'EMAIL' | 'PHONE' | 'CHAT' | 'WEB_FORM' | 'SOCIAL_MEDIA'>;
    }
  /** Sets impact or urgency; the priority follows by the matrix. */
  | { kind: 'SET_URGENCY'; field: string; map: Record<string, 'LOW' | 'MEDIUM' | 'HIGH'> }
  | { kind: 'SET_IMPACT'; field: string; map: Record<string, 'LOW' | 'MEDIUM' | 'HIGH'> }
  /** Overrides the priority; the reason stored is the step's title. */
  | { kind: 'SET_PRIORITY'; field: string; map: Record<string, 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL'> }
  /** Moves the ticket to the status that the answer maps to, unless it is there already. */
  | {
      kind: 'SET_STATUS';
      field: string;
      map: Record<string, 'OPEN' | 'PENDING' | 'ON_HOLD' | 'RESOLVED'>;
      resolutionField?: string;
    }
  /**
   * Routes the ticket. `teamField` (TEAM) or the category's team says where; `memberField` (MEMBERS)
   * names the assignee, otherwise one is chosen from the team and the reason is stored.
   */
  | { kind: 'ROUTE'; teamField?: string; memberField?: string }
  /** Stores the promise of a resolution on the ticket: now + the answer in hours (NUMBER). */
  | { kind: 'PROMISE_RESOLUTION'; field: string }
  /** Stores the resolution on the ticket without changing its status. */
  | { kind: 'RECORD_RESOLUTION'; field: string }
  /** RESOLVED, with the resolution of `field` (of any earlier step), or the one already recorded. */
  | { kind: 'RESOLVE'; field?: string }
  /**
   * Raises the ticket's escalation level and opens an escalation with its reason. `membersField` names
   * the higher authority; without it the team's escalation target takes the ticket.
   */
  | { kind: 'ESCALATE'; reasonField: string; membersField?: string }
  /** Opens one coordination request per chosen department (MULTI_CHOICE), owned by `ownerField` (MEMBERS) or unowned. */
  | { kind: 'COORDINATE'; field: string; briefField: string; ownerField?: string; dueField?: string }
  /** Sends the customer a satisfaction survey with a single-use link. `to` as in SEND_MESSAGE. */
  | { kind: 'INVITE_SURVEY'; to?: string }
  /** Stores the analysis on the run's newest survey. */
  | { kind: 'ANALYSE_SURVEY'; field: string }
  /** Records a review of the service: each criterion is a RATING field of the step. */
  | { kind: 'REVIEW_QUALITY'; criteria: CriterionDefinition[]; summaryField?: string }
  /** Gives feedback to the ticket's assignee, seen by that agent and their lead only. */
  | { kind: 'GIVE_FEEDBACK'; field: string }
  /** Drafts a report from the ticket's own data, with the answer as its summary; again: a new draft of the same report. */
  | { kind: 'DRAFT_REPORT'; report: ReportKind; field: string }
  /** Approves the run's draft of that kind. */
  | { kind: 'APPROVE_REPORT'; report: ReportKind }
  /** Archives the run's report of that kind: it never changes again. Approves it first where no step did. */
  | { kind: 'ARCHIVE_REPORT'; report: ReportKind }
  /** Keeps what was learned: notes (LONG_TEXT) and improvement items, one a line. */
  | { kind: 'RECORD_RETROSPECTIVE'; notesField: string; itemsField?: string }
  /** CLOSED, with closing notes; a confirmation goes to the customer. Resolves first where the ticket is not yet RESOLVED. */
  | { kind: 'CLOSE_TICKET'; notesField?: string; subject: string; body: string }
  /** Sends the run back to an earlier step, as a new attempt of it and of all between, when the CHECKBOX is ticked. */
  | { kind: 'SEND_BACK'; field: string; to: string };
export type EffectKind = EffectDefinition['kind'];

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
