import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchema } from 'type-graphql';
import {
  AbsenceResolver,
  AgentDeputiesResolver,
  ApprovalDelegationResolver,
} from './modules/absence/absence.resolver.js';
import { AuditEntryResolver } from './modules/audit/audit.resolver.js';
import { recordMutations } from './modules/audit/audited.js';
import { CalendarResolver, TeamCalendarResolver } from './modules/calendar/calendar.resolver.js';
import { AgentAdminResolver } from './modules/directory/agent-admin.resolver.js';
import { ApiKeyResolver } from './modules/directory/api-key.resolver.js';
import {
  CustomerAdminResolver,
  OrganizationAdminResolver,
} from './modules/directory/customer-admin.resolver.js';
import { AgentResolver, CustomerResolver, TeamResolver } from './modules/directory/directory.resolver.js';
import { TeamAdminResolver } from './modules/directory/team-admin.resolver.js';
import { ViewerResolver } from './modules/directory/viewer.resolver.js';
import {
  CoordinationRequestResolver,
  TicketCoordinationResolver,
} from './modules/escalation/coordination.resolver.js';
import { EscalationResolver, TicketEscalationsResolver } from './modules/escalation/escalation.resolver.js';
import { TicketLevelsResolver } from './modules/escalation/level.resolver.js';
import { FileResolver } from './modules/file/file.resolver.js';
import { DeskCountsSubscription } from './modules/live/desk-counts.subscription.js';
import {
  ApprovalDecidedResolver,
  MessageAddedResolver,
  ReportChangedResolver,
  RunChangedResolver,
  StepChangedResolver,
  StepCompletedResolver,
  StepSkippedResolver,
  SurveyChangedResolver,
} from './modules/live/event-details.resolver.js';
import { EventPageResolver } from './modules/live/event-page.resolver.js';
import { QueueChangeResolver, TicketEventResolver } from './modules/live/live.subscription.js';
import { ApprovalChangeResolver, WorkChangeResolver } from './modules/live/work.subscription.js';
import { MessageResolver, TicketMessagesResolver } from './modules/message/message.resolver.js';
import { PresenceResolver, TicketPresenceResolver } from './modules/presence/presence.resolver.js';
import { TicketPresenceSubscription } from './modules/presence/presence.subscription.js';
import { ProcessResolver, ProcessVersionResolver } from './modules/process/process.resolver.js';
import { ProcessDraftResolver, ProcessEditingResolver } from './modules/process/process-editing.resolver.js';
import { ProcessChangeResolver } from './modules/process/process-history.resolver.js';
import { StepOfProcessResolver } from './modules/process/step-of-process.resolver.js';
import { FeedbackResolver } from './modules/quality/feedback.resolver.js';
import { QualityReviewResolver, TicketQualityResolver } from './modules/quality/quality.resolver.js';
import { ImprovementItemResolver, RetrospectiveResolver } from './modules/quality/retrospective.resolver.js';
import { ReportResolver, TicketReportsResolver } from './modules/report/report.resolver.js';
import {
  AssignmentCandidateResolver,
  AssignmentResolver,
  TicketAssignmentResolver,
} from './modules/routing/assignment.resolver.js';
import { RunMigrationPlanResolver } from './modules/run/migration.resolver.js';
import { MessagePreviewResolver } from './modules/run/preview.resolver.js';
import { RunResolver, TicketRunsResolver } from './modules/run/run.resolver.js';
import {
  ApprovalDecisionResolver,
  StepAttemptResolver,
  StepDraftResolver,
  StepResolver,
} from './modules/run/step.resolver.js';
import { StepChangesResolver } from './modules/run/step-changes.resolver.js';
import {
  StepAttemptFilesResolver,
  StepDraftFilesResolver,
  StepFilesResolver,
} from './modules/run/step-files.resolver.js';
import { WorkResolver } from './modules/run/work.resolver.js';
import { SurveyResolver, TicketSurveysResolver } from './modules/survey/survey.resolver.js';
import { CategoryResolver } from './modules/ticket/category.resolver.js';
import { TicketResolver } from './modules/ticket/ticket.resolver.js';
import {
  CustomerTicketsResolver,
  TicketCustomerResolver,
} from './modules/ticket/ticket-customer.resolver.js';
import { guardSchema } from './platform/auth/access.js';
import { NodeResolver } from './platform/graphql/node.resolver.js';
import { DateTimeScalar } from './platform/graphql/scalars.js';
import { limitTexts } from './platform/graphql/text-limits.js';

/** Every resolver of the desk. */
const resolvers = [
  AbsenceResolver,
  AgentAdminResolver,
  AgentDeputiesResolver,
  AgentResolver,
  ApiKeyResolver,
  ApprovalChangeResolver,
  ApprovalDecidedResolver,
  ApprovalDecisionResolver,
  ApprovalDelegationResolver,
  AssignmentCandidateResolver,
  AssignmentResolver,
  AuditEntryResolver,
  CalendarResolver,
  CategoryResolver,
  CoordinationRequestResolver,
  CustomerAdminResolver,
  CustomerResolver,
  CustomerTicketsResolver,
  EscalationResolver,
  FeedbackResolver,
  FileResolver,
  ImprovementItemResolver,
  MessageAddedResolver,
  MessagePreviewResolver,
  MessageResolver,
  NodeResolver,
  OrganizationAdminResolver,
  PresenceResolver,
  ProcessChangeResolver,
  ProcessDraftResolver,
  ProcessEditingResolver,
  ProcessResolver,
  ProcessVersionResolver,
  QualityReviewResolver,
  EventPageResolver,
  QueueChangeResolver,
  DeskCountsSubscription,
  ReportChangedResolver,
  ReportResolver,
  RetrospectiveResolver,
  RunChangedResolver,
  RunMigrationPlanResolver,
  RunResolver,
  StepAttemptFilesResolver,
  StepAttemptResolver,
  StepChangedResolver,
  StepCompletedResolver,
  StepSkippedResolver,
  StepDraftFilesResolver,
  StepDraftResolver,
  StepFilesResolver,
  StepChangesResolver,
  StepOfProcessResolver,
  StepResolver,
  SurveyChangedResolver,
  SurveyResolver,
  TeamAdminResolver,
  TeamCalendarResolver,
  TeamResolver,
  TicketAssignmentResolver,
  TicketCoordinationResolver,
  TicketCustomerResolver,
  TicketEscalationsResolver,
  TicketEventResolver,
  TicketLevelsResolver,
  TicketMessagesResolver,
  TicketPresenceResolver,
  TicketPresenceSubscription,
  TicketQualityResolver,
  TicketReportsResolver,
  TicketResolver,
  TicketRunsResolver,
  TicketSurveysResolver,
  WorkChangeResolver,
  WorkResolver,
  ViewerResolver,
] as unknown as Parameters<typeof buildSchema>[0]['resolvers'];

const ROOTS = {
  Query: 'What can be read.',
  Mutation:
    'What can be done. Each takes one input and answers with what it changed, or with userErrors and nothing changed.',
  Subscription:
    'What can be watched, over WebSocket (graphql-transport-ws). Each that tells of events can be resumed by its last cursor.',
};

/** Inputs of which exactly one field is given. TypeGraphQL has no word for it, so it is said here. */
const ONE_OF = ['TicketBy'];

/** The desk's schema, ready to run: each field behind its audience, each text bounded, privileged mutations recorded. */
export async function makeSchema(): Promise<GraphQLSchema> {
  const schema = await buildSchema({
    resolvers,
    validate: false,
    scalarsMap: [{ type: Date, scalar: DateTimeScalar }],
    // Asked for as soon as there is a subscription; each of ours brings its own source.
    pubSub: {
      publish: () => undefined,
      subscribe: () => Promise.reject(new Error('Subscriptions bring their own source')) as never,
    },
  });
  for (const [name, description] of Object.entries(ROOTS))
    Object.assign(schema.getType(name) ?? {}, { description });
  for (const name of ONE_OF) (schema.getType(name) as { isOneOf?: boolean }).isOneOf = true;
  return recordMutations(guardSchema(limitTexts(schema)));
}
