import { Entity, Index, PrimaryKey, Unique } from '@mikro-orm/decorators/legacy';
import { Field, Int, ObjectType } from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import { Flag, Json, Moment, Text, TextList, Whole } from '../../platform/database/columns.js';
import { Node } from '../../platform/graphql/node.js';
import { DateTimeScalar } from '../../platform/graphql/scalars.js';
import { StepKind } from '../process/process.types.js';
import './run.enums.js';
import { type Answers, type Decision, StepPhase, Verdict, type Vote } from './run.state.js';

@Entity({ tableName: 'step' })
@Unique({ properties: ['runId', 'key'], where: 'removed_at is null' })
@Index({ properties: ['assigneeId', 'phase'] })
@Index({ properties: ['ticketId'] })
@Index({ properties: ['phase', 'readyAt'] })
@ObjectType({ implements: Node, description: 'One item of a run.' })
export class Step implements Node {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Text()
  runId: string;

  @Text()
  ticketId: string;

  @Text()
  @Field(() => String, { description: 'Its key in the process.' })
  key: string;

  @Whole()
  @Field(() => Int, { description: '1 for the first step of the run.' })
  position: number;

  @Text()
  @Field(() => String, { description: 'Name for people.' })
  title: string;

  @Text()
  @Field(() => StepKind, { description: 'Task or approval.' })
  kind: StepKind;

  @Text()
  @Field(() => StepPhase, { description: 'Where it stands.' })
  phase: StepPhase;

  @Whole()
  @Field(() => Int, { description: '1 at first; one more each time it is sent back.' })
  attempt: number = 1;

  /** What people made of it, whatever hides it now: COMPLETED, SKIPPED or null. */
  @Text({ nullable: true })
  outcome: 'COMPLETED' | 'SKIPPED' | null = null;

  /** Rejected and not completed again since. */
  @Flag()
  returned: boolean = false;

  @Json()
  answers: Answers = {};

  /** What was saved of the answers before the step is completed. */
  @Json({ nullable: true })
  draftAnswers: Answers | null = null;

  @Text({ nullable: true })
  draftById: string | null = null;

  @Moment({ nullable: true })
  draftAt: Date | null = null;

  /** When a migration of the run took it out. Such a step is nobody's any more; it is kept as a record. */
  @Moment({ nullable: true })
  removedAt: Date | null = null;

  @Text({ nullable: true })
  @Access('STAFF')
  @Field(() => String, { nullable: true, description: 'Why it was skipped. For staff only.' })
  skipReason: string | null = null;

  /** Of an approval: what was decided in this attempt, by subject. The record of all is `ApprovalDecision`. */
  @Json()
  decisions: Record<string, Decision> = {};

  /** Of an approval: the yeses of this attempt, by subject. */
  @Json()
  votes: Record<string, Vote[]> = {};

  @Flag()
  customerVisible: boolean = false;

  @Text({ nullable: true })
  assigneeId: string | null = null;

  /** Whose turn it is where nobody in particular is named: a role. */
  @Text({ nullable: true })
  assignedRole: string | null = null;

  /** Or any member of a team. */
  @Text({ nullable: true })
  assignedTeamId: string | null = null;

  /** Or whoever its ticket is assigned to; `assigneeId` is null then. */
  @Flag()
  followsTicket: boolean = false;

  /** Somebody gave or took it: it stays theirs in later attempts, whatever the process says. */
  @Flag()
  assignedByHand: boolean = false;

  /** Of an approval: the role that a time-out handed this attempt to, instead of those whom the process names. */
  @Text({ nullable: true })
  handedToRole: string | null = null;

  /** Of an approval: who may decide it; see `Approvers`. */
  @TextList()
  approverRoles: string[] = [];

  @TextList()
  approverIds: string[] = [];

  @TextList()
  approverTeamIds: string[] = [];

  /** Of an approval: whose word it does not wait for; see `Beyond`. */
  @TextList()
  conflictedIds: string[] = [];

  @TextList()
  settledIds: string[] = [];

  @Text({ nullable: true })
  completedById: string | null = null;

  @Moment({ nullable: true })
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it last became READY.' })
  readyAt: Date | null = null;

  @Moment({ nullable: true })
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was completed or skipped; null while it is neither.',
  })
  completedAt: Date | null = null;

  @Moment({ nullable: true })
  @Access('STAFF')
  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      "Until when it is to be done, by the calendar of the ticket's team; null while it isn't due. For staff only.",
  })
  dueAt: Date | null = null;
}

@Entity({ tableName: 'step_attempt' })
@Unique({ properties: ['stepId', 'attempt'] })
@ObjectType({ description: 'A finished go at a step, with what was answered then.' })
export class StepAttempt {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Text()
  stepId: string;

  @Text()
  ticketId: string;

  @Whole()
  @Field(() => Int, { description: '1 for the first.' })
  attempt: number;

  @Json()
  answers: Answers = {};

  @Text({ nullable: true })
  @Field(() => String, { nullable: true, description: 'Why it was skipped, where it was.' })
  skipReason: string | null = null;

  @Text()
  completedById: string;

  @Moment()
  @Field(() => DateTimeScalar, { description: 'When it was completed or skipped.' })
  completedAt: Date;
}

@Entity({ tableName: 'approval_decision' })
@Unique({ properties: ['stepId', 'standing'] })
@ObjectType({ description: "One person's word on one subject of an approval." })
export class ApprovalDecision {
  @PrimaryKey({ type: 'text' })
  id: string;

  /** The approval. */
  @Text()
  stepId: string;

  @Text()
  ticketId: string;

  @Whole()
  @Field(() => Int, { description: 'The attempt of the approval that it belongs to.' })
  attempt: number;

  @Text()
  @Field(() => String, { description: 'Key of the step that was decided on.' })
  subjectKey: string;

  @Whole()
  @Field(() => Int, { description: 'The attempt of that step.' })
  subjectAttempt: number;

  @Text()
  @Field(() => Verdict, { description: 'Yes or no.' })
  verdict: Verdict;

  @Text({ nullable: true })
  @Field(() => String, { nullable: true, description: 'Why; always there for a rejection.' })
  comment: string | null = null;

  @Text()
  decidedById: string;

  /** The approver whose word it is: who decided, or for whom they acted. */
  @Text()
  inNameOfId: string;

  @Flag()
  @Field(() => Boolean, {
    description: 'Whether the subject was decided with it; a yes below the quorum waits for others.',
  })
  final: boolean = true;

  /** One word of an approver on an attempt of a subject, while it stands: unique. Null once it was taken back. */
  @Text({ nullable: true })
  standing: string | null = null;

  @Moment({ nullable: true })
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was taken back; null while it stands.',
  })
  withdrawnAt: Date | null = null;

  @Moment()
  @Field(() => DateTimeScalar, { description: 'When.' })
  decidedAt: Date;
}
