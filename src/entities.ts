import { Absence, ApprovalDelegation } from './modules/absence/absence.entity.js';
import { AuditEntry } from './modules/audit/audit.entity.js';
import { Calendar } from './modules/calendar/calendar.entity.js';
import { Agent } from './modules/directory/agent.entity.js';
import { ApiKey } from './modules/directory/api-key.entity.js';
import { Customer } from './modules/directory/customer.entity.js';
import { Organization } from './modules/directory/organization.entity.js';
import { Team, TeamMember } from './modules/directory/team.entity.js';
import { CoordinationRequest } from './modules/escalation/coordination.entity.js';
import { Escalation } from './modules/escalation/escalation.entity.js';
import { File } from './modules/file/file.entity.js';
import { Message } from './modules/message/message.entity.js';
import { ReceivedMail } from './modules/message/received-mail.entity.js';
import { ReplyAddress } from './modules/message/reply-address.entity.js';
import { TicketLink } from './modules/portal/ticket-link.entity.js';
import { Process, ProcessVersion } from './modules/process/process.entity.js';
import { Feedback } from './modules/quality/feedback.entity.js';
import { QualityReview } from './modules/quality/quality.entity.js';
import { ImprovementItem, Retrospective } from './modules/quality/retrospective.entity.js';
import { Report } from './modules/report/report.entity.js';
import { Assignment } from './modules/routing/assignment.entity.js';
import { Run } from './modules/run/run.entity.js';
import { ApprovalDecision, Step, StepAttempt } from './modules/run/step.entity.js';
import { Survey } from './modules/survey/survey.entity.js';
import { Category, Product } from './modules/ticket/category.entity.js';
import { Ticket } from './modules/ticket/ticket.entity.js';
import { Mail } from './platform/mail/mail.entity.js';

/** Every entity of the desk. The event log has none: it is written and read by SQL alone. */
export const entities = [
  Absence,
  Agent,
  ApiKey,
  ApprovalDecision,
  ApprovalDelegation,
  Assignment,
  AuditEntry,
  Calendar,
  Category,
  CoordinationRequest,
  Customer,
  Escalation,
  Feedback,
  File,
  ImprovementItem,
  Mail,
  Message,
  Organization,
  Process,
  ProcessVersion,
  Product,
  QualityReview,
  ReceivedMail,
  ReplyAddress,
  Report,
  Retrospective,
  Run,
  Step,
  StepAttempt,
  Survey,
  Team,
  TeamMember,
  Ticket,
  TicketLink,
];

/** Tables whose rows stay as they were written; triggers see to it, and the rights of the role that serves. */
export const appendOnly = ['audit', 'process_version'];
