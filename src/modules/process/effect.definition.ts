/** What completing a step does to the desk, as typed data. Pure. */

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
