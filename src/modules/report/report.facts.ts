/**
 * What a report is drafted from, gathered by `report-facts.service.ts` and written down by
 * `report-draft.rules.ts`. Values are as the tables have them; `names` tells people what ids mean. Pure.
 */
export interface ReportFacts {
  ticket: TicketFacts;
  /** The first event first; `earlier` counts those that were left out before it. */
  events: EventFacts[];
  earlier: number;
  runs: RunFacts[];
  messages: MessageFacts;
  surveys: SurveyFacts[];
  /** What the ids of agents, customers, teams, categories and products stand for. */
  names: ReadonlyMap<string, string>;
}

export interface TicketFacts {
  number: number;
  subject: string;
  description: string;
  customer: string;
  organization: string | null;
  channel: string;
  categoryId: string | null;
  productId: string | null;
  priority: string;
  priorityReason: string | null;
  status: string;
  teamId: string | null;
  assigneeId: string | null;
  escalationLevel: number;
  reopenCount: number;
  createdAt: Date;
  firstResponseAt: Date | null;
  promisedResolutionAt: Date | null;
  resolvedAt: Date | null;
  closedAt: Date | null;
  resolution: string | null;
  closingNotes: string | null;
}

export interface EventFacts {
  type: string;
  at: Date;
  actorId: string | null;
  data: Record<string, unknown>;
}

/** One attribute that a TICKET_CHANGED event tells of. */
export interface FieldChange {
  field: string;
  from: unknown;
  to: unknown;
}

export interface RunFacts {
  /** Name of its process. */
  process: string;
  phase: string;
  startedAt: Date;
  endedAt: Date | null;
  /** In the order of the process, without those that are hidden. */
  steps: StepFacts[];
}

export interface StepFacts {
  key: string;
  /** 1 for the first of the process; hidden ones count. */
  position: number;
  title: string;
  phase: string;
  attempt: number;
  skipReason: string | null;
  /** Of a completed step, in the order of its form; without what is not for everyone on the desk. */
  answers: { label: string; value: unknown }[];
  completedById: string | null;
  completedAt: Date | null;
  /** Of an approval, in the order they were given. */
  decisions: DecisionFacts[];
}

export interface DecisionFacts {
  /** Key of the step that was decided on. */
  subject: string;
  verdict: string;
  comment: string | null;
  byId: string;
  at: Date;
}

export interface MessageFacts {
  public: number;
  internal: number;
  /** The latest public ones, the earliest of them first. */
  thread: { at: Date; authorId: string; direction: string; subject: string | null; body: string }[];
}

export interface SurveyFacts {
  status: string;
  /** 1 to 5; null while it is not answered. */
  overall: number | null;
  comment: string | null;
  answeredAt: Date | null;
}
