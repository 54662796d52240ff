import { createUnionType, Field, ID, Int, ObjectType } from 'type-graphql';
import type { EventRecord } from '../../platform/events/event.js';
import { CursorScalar, DateTimeScalar } from '../../platform/graphql/scalars.js';
import { StepPhase, Verdict } from '../run/run.state.js';
import '../run/run.enums.js';
import { Channel } from '../ticket/ticket.vocabulary.js';

/** What one event of a ticket's stream is shown from. A stream's last word has no record. */
export interface TicketEventRoot {
  id: string;
  cursor: string;
  occurredAt: Date;
  ticketId: string;
  actorId: string | null;
  detail: Detail;
}

/** A detail by the name of its type, with what its fields are read from. */
export type Detail = { kind: string } & Record<string, unknown>;

@ObjectType({ description: 'The ticket was made.' })
export class TicketCreated {
  @Field(() => Channel, { description: 'How it reached the desk.' })
  channel: Channel;
  @Field(() => Boolean, { description: 'Whether it came from another system, with its history.' })
  imported: boolean;
}

@ObjectType({ description: 'One attribute of the ticket that changed. Ids and enum values as text.' })
export class TicketFieldChange {
  @Field(() => String, {
    description: 'Its name in the schema of the filter: status, priority, assigneeId …',
  })
  field: string;
  @Field(() => String, { nullable: true, description: 'The value before.' })
  from: string | null;
  @Field(() => String, { nullable: true, description: 'The value after.' })
  to: string | null;
}

@ObjectType({ description: 'Attributes of the ticket changed. A customer sees those it may know.' })
export class TicketChanged {
  @Field(() => [TicketFieldChange], { description: 'What changed.' })
  changes: TicketFieldChange[];
  @Field(() => String, {
    nullable: true,
    description: 'Why, where somebody or a rule said so. For staff only.',
  })
  reason: string | null;
}

@ObjectType({ description: 'A run of a process began, ended, was given up, or changed its version.' })
export class RunChanged {
  runId: string;
  @Field(() => String, { description: 'RUN_STARTED, RUN_COMPLETED, RUN_CANCELLED or RUN_MIGRATED.' })
  what: string;
  @Field(() => String, { description: 'Key of the process.' })
  process: string;
  @Field(() => Int, { nullable: true, description: 'Of a migration: number of the version it left.' })
  fromVersion?: number;
  @Field(() => Int, { nullable: true, description: 'Of a migration: number of the version it follows now.' })
  toVersion?: number;
  @Field(() => [String], {
    nullable: true,
    description: 'Of a migration: keys of the fields whose answers were left behind.',
  })
  lost?: string[];
}

@ObjectType({ description: 'A step of a run moved.' })
export class StepChanged {
  stepId: string;
  @Field(() => String, { description: 'Its key in the process.' })
  key: string;
  @Field(() => StepPhase, { description: 'Where it stood.' })
  from: StepPhase;
  @Field(() => StepPhase, { description: 'Where it stands.' })
  to: StepPhase;
  @Field(() => Int, { description: 'Its attempt.' })
  attempt: number;
}

@ObjectType({ description: 'A task was done, or an approval has all its decisions. For staff only.' })
export class StepCompleted {
  stepId: string;
  @Field(() => String, { description: 'Its key in the process.' })
  key: string;
  @Field(() => Int, {
    description: 'The attempt that was completed; what was answered is in the attempts of the step.',
  })
  attempt: number;
}

@ObjectType({ description: 'An optional step was left out. For staff only.' })
export class StepSkipped {
  stepId: string;
  @Field(() => String, { description: 'Its key in the process.' })
  key: string;
  @Field(() => Int, { description: 'The attempt that was left out.' })
  attempt: number;
  @Field(() => String, { description: 'Why.' })
  skipReason: string;
}

@ObjectType({ description: 'An approver gave their word on a subject.' })
export class ApprovalDecided {
  stepId: string;
  @Field(() => String, { description: 'Key of the approval in the process.' })
  key: string;
  @Field(() => String, { description: 'Key of the step that was decided on.' })
  subject: string;
  @Field(() => Verdict, { description: 'Yes or no.' })
  verdict: Verdict;
  @Field(() => String, { nullable: true, description: 'Why.' })
  comment: string | null;
}

@ObjectType({ description: "Something was added to the ticket's thread." })
export class MessageAdded {
  messageId: string;
}

@ObjectType({ description: 'A survey was sent, reminded of, answered or analysed, or has expired.' })
export class SurveyChanged {
  surveyId: string;
  @Field(() => String, {
    description: 'SURVEY_SENT, SURVEY_REMINDED, SURVEY_ANSWERED, SURVEY_ANALYSED or SURVEY_EXPIRED.',
  })
  what: string;
}

@ObjectType({ description: 'A report was drafted, approved or archived.' })
export class ReportChanged {
  reportId: string;
  @Field(() => String, { description: 'REPORT_DRAFTED, REPORT_APPROVED or REPORT_ARCHIVED.' })
  what: string;
}

@ObjectType({ description: 'Something else was done at the desk for this ticket.' })
export class DeskActivity {
  @Field(() => String, {
    description:
      'What: ESCALATED, COORDINATION_OPENED, REVIEW_RECORDED …; of a step, STEP_REOPENED, ATTEMPT_OPENED where it is to be done once more, DECISION_WITHDRAWN, DECISIONS_LAPSED …; or what fell due: STEP_REMINDER, STEP_OVERDUE, APPROVAL_REMINDER, APPROVAL_ESCALATED, PROMISE_MISSED.',
  })
  what: string;
  @Field(() => ID, { nullable: true, description: 'What it left behind, for `node`.' })
  subjectId: string | null;
}

@ObjectType({ description: 'The viewer may no longer see the ticket. Nothing follows.' })
export class AccessEnded {
  @Field(() => String, { description: 'What to do, in English.' })
  hint: string;
}

@ObjectType({
  description:
    'The cursor cannot be resumed from: it is of another log, or too old. Query anew and subscribe with the cursor of this event. Nothing follows.',
})
export class ResyncRequired {
  @Field(() => String, { description: 'Why, and what to do, in English.' })
  hint: string;
}

@ObjectType({
  description: 'Nothing happened; the log was read up to the cursor of this event: resume after it.',
})
export class Heartbeat {
  @Field(() => Boolean, { description: 'Always true.' })
  alive: boolean;
}

const DETAILS = {
  TicketCreated,
  TicketChanged,
  RunChanged,
  StepChanged,
  StepCompleted,
  StepSkipped,
  ApprovalDecided,
  MessageAdded,
  SurveyChanged,
  ReportChanged,
  DeskActivity,
  AccessEnded,
  ResyncRequired,
  Heartbeat,
};

export const TicketEventDetail = createUnionType({
  name: 'TicketEventDetail',
  description: 'What happened.',
  types: () => Object.values(DETAILS) as never,
  resolveType: (detail: Detail) => detail.kind,
});

@ObjectType({ description: "One fact of a ticket's history, as it is told." })
export class TicketEvent {
  @Field(() => ID, { description: 'The same for everybody who hears of it: skip what you have seen.' })
  id: string;
  @Field(() => CursorScalar, { description: 'Where it stands in the log: resume after it.' })
  cursor: string;
  @Field(() => DateTimeScalar, { description: 'When it happened.' })
  occurredAt: Date;
  @Field(() => TicketEventDetail, { description: 'What happened.' })
  detail: typeof TicketEventDetail;
}

/** From a record of the log to what is shown of it. */
export function detailOf(
  { type, data }: Pick<EventRecord, 'type' | 'data'>,
  forCustomer: (field: string) => boolean,
): Detail {
  switch (type) {
    case 'TICKET_CREATED':
      return { ...data, kind: 'TicketCreated' };
    case 'TICKET_CHANGED': {
      const changes = data.changes as TicketFieldChange[];
      return {
        kind: 'TicketChanged',
        reason: data.reason,
        changes: changes.filter(({ field }) => forCustomer(field)),
      };
    }
    case 'STEP_CHANGED':
      return { ...data, kind: 'StepChanged' };
    case 'STEP_COMPLETED':
      return { ...data, kind: 'StepCompleted' };
    case 'STEP_SKIPPED':
      return { ...data, kind: 'StepSkipped', skipReason: data.reason };
    case 'APPROVAL_DECIDED':
      return { ...data, kind: 'ApprovalDecided' };
    case 'MESSAGE_ADDED':
      return { ...data, kind: 'MessageAdded' };
    default:
      if (type.startsWith('RUN_')) return { ...data, kind: 'RunChanged', what: type };
      if (type.startsWith('SURVEY_')) return { ...data, kind: 'SurveyChanged', what: type };
      if (type.startsWith('REPORT_')) return { ...data, kind: 'ReportChanged', what: type };
      return { kind: 'DeskActivity', what: type, subjectId: subjectOf(data) };
  }
}

/** What the activity left behind: the step, where it is about one, or the id that the event's data names first. */
function subjectOf({ stepId, ...data }: Record<string, unknown>): string | null {
  const id = stepId ?? Object.entries(data).find(([key]) => key.endsWith('Id'))?.[1];
  return typeof id === 'string' ? id : null;
}
