import { ErrorCode } from '../../platform/errors.js';

/**
 * What is recorded in the audit, done or refused for want of right. Pure. To have another mutation
 * recorded, add it here, and nowhere else.
 */
export interface Privilege {
  /** The field that names what it is done to: of the input, or of what the service notes or made. */
  subject: string;
  /** Fields of the input that are kept: ids, flags, words of vocabularies. Never texts, names or secrets. */
  keeps?: readonly string[];
  /** The field with the agent to whom it is done, where nothing is privileged in doing it to oneself. */
  ofOthers?: string;
  /** Privileged only where one of these is given. */
  onlyWith?: readonly string[];
}

/**
 * Four kinds: whoever gives rights (people, teams, organizations, keys); whoever changes how the
 * desk works for everybody (processes, calendars); whoever decides, or takes back or rewrites what was
 * decided or done; and whoever disposes of other people's work or has one act in another's name. Everyday
 * work on tickets is in their own history and not here.
 */
export const PRIVILEGED: Readonly<Record<string, Privilege>> = {
  createAgent: { subject: 'agentId', keeps: ['roles', 'teamIds'] },
  updateAgent: { subject: 'agentId' },
  deactivateAgent: { subject: 'agentId' },
  reactivateAgent: { subject: 'agentId' },
  createTeam: { subject: 'teamId', keeps: ['leadId', 'escalationTeamId', 'restricted', 'memberIds'] },
  updateTeam: { subject: 'teamId' },
  addTeamMember: { subject: 'agentId', keeps: ['teamId'] },
  removeTeamMember: { subject: 'agentId', keeps: ['teamId'] },
  createOrganization: { subject: 'organizationId', keeps: ['tier', 'sharesTickets'] },
  updateOrganization: { subject: 'organizationId' },
  createCustomer: { subject: 'customerId', keeps: ['organizationId'] },
  updateCustomer: { subject: 'customerId' },

  createApiKey: { subject: 'apiKeyId', keeps: ['scopes', 'expiresAt'] },
  revokeApiKey: { subject: 'apiKeyId' },

  publishProcess: { subject: 'processId', keeps: ['expectedVersion'] },
  retireProcess: { subject: 'processId' },
  reinstateProcess: { subject: 'processId' },
  saveCalendar: { subject: 'calendarId', keeps: ['teamIds'] },

  decideApproval: { subject: 'stepId', keeps: ['verdict', 'subjects', 'inNameOfId'] },
  withdrawDecision: { subject: 'stepId', keeps: ['subject'] },
  reopenStep: { subject: 'stepId', keeps: ['mode'] },
  migrateRun: { subject: 'runId', keeps: ['toVersionId', 'planHash', 'acceptLoss'] },
  cancelRun: { subject: 'runId' },
  approveReport: { subject: 'reportId' },
  archiveReport: { subject: 'reportId' },

  assignTicket: {
    subject: 'ticketId',
    keeps: ['agentId', 'teamId'],
    ofOthers: 'agentId',
    onlyWith: ['agentId', 'teamId'],
  },
  assignStep: { subject: 'stepId', keeps: ['agentId', 'teamId'], ofOthers: 'agentId' },
  setAvailability: { subject: 'agentId', keeps: ['availability', 'capacity'], ofOthers: 'agentId' },
  setAbsence: { subject: 'agentId', keeps: ['from', 'to', 'standInId'] },
  endAbsence: { subject: 'absenceId' },
  delegateApprovals: { subject: 'toAgentId', keeps: ['from', 'until'] },
  endDelegation: { subject: 'delegationId' },
};

/**
 * Mutations that are open to certain roles only and not recorded all the same, with the reason. A test
 * asks of every such mutation that it is in one of the two lists.
 */
export const NOT_RECORDED: Readonly<Record<string, string>> = {
  createProcess: 'makes a draft, which nobody follows before it is published',
  saveProcessDraft: 'changes a draft, which nobody follows before it is published',
};

/** Whether this use of a mutation is recorded. */
export function isRecorded(
  { ofOthers, onlyWith }: Privilege,
  input: Readonly<Record<string, unknown>>,
  actorId: string | null,
): boolean {
  if (onlyWith && !onlyWith.some((field) => input[field] != null)) return false;
  return ofOthers === undefined || input[ofOthers] !== actorId;
}

/** Whether it was refused for want of right. Other refusals are mistakes, and change and attempt nothing. */
export function isRefusal(code: ErrorCode): boolean {
  return code === ErrorCode.FORBIDDEN || code === ErrorCode.SELF_APPROVAL;
}

/** What a record says of the input and of what the service noted. */
export function detailsOf(
  { subject, keeps = [] }: Privilege,
  input: Readonly<Record<string, unknown>>,
  notes: Readonly<Record<string, unknown>>,
): { subjectId: string | null; details: Record<string, unknown> } {
  const given = keeps.filter((field) => input[field] != null).map((field) => [field, input[field]]);
  const { [subject]: made, ...rest } = notes;
  const subjectId = input[subject] ?? made;
  return {
    subjectId: typeof subjectId === 'string' ? subjectId : null,
    details: { ...Object.fromEntries(given), ...rest },
  };
}

/** Whether the service noted that nothing changed by it. */
export function changedNothing({ changes }: Readonly<Record<string, unknown>>): boolean {
  return typeof changes === 'object' && changes !== null && Object.keys(changes).length === 0;
}
