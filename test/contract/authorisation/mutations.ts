import type { GraphQLField } from 'graphql';
import { Role } from '../../../src/platform/auth/viewer.js';
import type { Client } from '../../support/client.js';
import { at } from '../../support/office.js';
import { mutate, type Payload } from '../stage/actor.js';
import { CAST, type Place, type ViewerName } from '../stage/people.js';
import type { Stage } from '../stage/stage.js';
import { findOn, stepOn } from './queries.js';
import { partsOfPayload } from './selection.js';
import type { Known } from './world.js';

const NOBODY = 'agent_00000000000000000000000000';
const UNSEEN = { expectedVersion: -1 };
const LATER = { from: '2040-01-02T00:00:00Z', until: '2040-01-03T00:00:00Z' };

/** What an input is made of: things of the place, and for people oneself, a colleague, and one of another team. */
interface Cast {
  stage: Stage;
  place: Place;
  ticketId: string;
  agentId: string;
  teamId: string;
  customerId: string;
  step(key: string): string;
  thing(type: string, holds?: (truth: Payload) => boolean): string;
}

/**
 * What each mutation is called with. Where it could do its work it is made to fail by what is looked at only
 * after the rights, an unseen version or somebody unknown, so that nothing changes for those who come after.
 */
const INPUTS: Record<string, (cast: Cast) => object> = {
  addNote: ({ ticketId }) => ({ ticketId, body: 'Noted' }),
  addTeamMember: ({ teamId }) => ({ teamId, agentId: NOBODY }),
  answerSurvey: ({ thing }) => ({ surveyId: thing('Survey'), overall: 4 }),
  approveReport: ({ thing }) => ({ reportId: thing('Report', isDraft) }),
  archiveReport: ({ thing }) => ({ reportId: thing('Report', isDraft), ...UNSEEN }),
  assignStep: ({ step }) => ({ stepId: step('still-open'), agentId: NOBODY }),
  assignTicket: ({ ticketId, agentId }) => ({ ticketId, agentId, ...UNSEEN }),
  cancelRun: ({ thing }) => ({
    runId: thing('Run', ({ phase }) => phase === 'CANCELLED'),
    reason: 'Why not',
  }),
  claimStep: ({ step }) => ({ stepId: step('make') }),
  claimTicket: ({ ticketId }) => ({ ticketId }),
  closeTicket: ({ ticketId }) => ({ ticketId, ...UNSEEN }),
  completeStep: ({ step }) => ({ stepId: step('make'), answers: [] }),
  createAgent: () => ({ email: at('agent'), name: 'Twin', roles: [Role.AGENT], skills: [], teamIds: [] }),
  createApiKey: () => ({ name: 'None', scopes: [] }),
  createCustomer: () => ({ email: at('other'), name: 'Twin' }),
  createOrganization: () => ({ name: 'Example Airlines', sharesTickets: false, tier: 'STANDARD' }),
  createProcess: () => ({ key: 'everything', name: 'Twin', description: 'Twin' }),
  createTeam: () => ({ name: 'Vault', memberIds: [], restricted: false, skills: [] }),
  createTicket: () => ({
    subject: 'New',
    description: 'New',
    channel: 'PHONE',
    customer: { email: at('customer') },
  }),
  createUpload: ({ ticketId }) => ({
    ticketId,
    fileName: 'note.txt',
    contentType: 'text/plain',
    size: 1,
  }),
  deactivateAgent: ({ agentId }) => ({ agentId, ...UNSEEN }),
  decideApproval: ({ step }) => ({ stepId: step('check'), verdict: 'APPROVED', subjects: ['none'] }),
  delegateApprovals: ({ agentId }) => ({ toAgentId: agentId, from: LATER.until, until: LATER.from }),
  editReport: ({ thing }) => ({ reportId: thing('Report', isDraft), summary: 'Edited', ...UNSEEN }),
  endAbsence: ({ thing }) => ({ absenceId: thing('Absence') }),
  endDelegation: ({ thing }) => ({ delegationId: thing('ApprovalDelegation') }),
  escalateTicket: ({ ticketId }) => ({ ticketId, agentId: NOBODY, reason: 'Why not' }),
  migrateRun: ({ stage, thing }) => ({
    runId: thing('Run', ({ processName }) => processName === 'everything'),
    toVersionId: stage.versions[1],
    planHash: 'none',
    acceptLoss: [],
  }),
  publishProcess: ({ stage }) => ({ processId: stage.processes.drafted, ...UNSEEN }),
  reactivateAgent: ({ agentId }) => ({ agentId, ...UNSEEN }),
  reinstateProcess: ({ stage }) => ({ processId: stage.processes.published }),
  removeTeamMember: ({ teamId }) => ({ teamId, agentId: NOBODY }),
  reopenStep: ({ step }) => ({ stepId: step('still-open'), mode: 'KEEP', reason: 'Why not' }),
  reopenTicket: ({ ticketId }) => ({ ticketId, reason: 'Why not', ...UNSEEN }),
  replyToTicket: ({ ticketId }) => ({ ticketId, body: 'Hello' }),
  resolveTicket: ({ ticketId }) => ({ ticketId, resolution: 'Done', ...UNSEEN }),
  retireProcess: ({ stage }) => ({ processId: stage.processes.retired, reason: 'Why not' }),
  revokeApiKey: ({ thing }) => ({ apiKeyId: thing('ApiKey', ({ revokedAt }) => revokedAt !== null) }),
  saveCalendar: ({ thing }) => ({
    id: thing('Calendar'),
    name: 'None',
    timeZone: 'UTC',
    hours: [],
    holidays: [],
    ...UNSEEN,
  }),
  saveProcessDraft: ({ stage }) => ({ processId: stage.processes.drafted, definition: {}, ...UNSEEN }),
  saveStepDraft: ({ step }) => ({ stepId: step('make'), answers: [] }),
  setAbsence: ({ agentId }) => ({ agentId, from: LATER.until, to: LATER.from }),
  setAvailability: ({ agentId }) => ({ agentId, availability: 'AVAILABLE', capacity: -1 }),
  setPresence: ({ ticketId }) => ({ ticketId, state: 'VIEWING' }),
  setTicketPriority: ({ ticketId }) => ({ ticketId, impact: 'LOW', ...UNSEEN }),
  setTicketStatus: ({ ticketId }) => ({ ticketId, status: 'PENDING', ...UNSEEN }),
  skipStep: ({ step }) => ({ stepId: step('make'), reason: 'Why not' }),
  startRun: ({ ticketId }) => ({ ticketId, process: 'none' }),
  updateAgent: ({ agentId }) => ({ agentId, name: 'Other', ...UNSEEN }),
  updateCoordinationRequest: ({ thing }) => ({ id: thing('CoordinationRequest'), status: 'OPEN' }),
  updateCustomer: ({ customerId }) => ({ customerId, name: 'Other', ...UNSEEN }),
  updateImprovementItem: ({ thing }) => ({ id: thing('ImprovementItem'), done: true }),
  updateOrganization: ({ stage }) => ({ organizationId: stage.people['Example Airlines'], ...UNSEEN }),
  updateTeam: ({ teamId }) => ({ teamId, skills: [], ...UNSEEN }),
  withdrawDecision: ({ step }) => ({ stepId: step('check'), subject: 'make', comment: 'Why not' }),
};

const isDraft = ({ status }: Payload) => status === 'DRAFT';

/** What a mutation is called with by a viewer, about what is of a place. */
export function inputFor(
  name: string,
  stage: Stage,
  known: ReadonlyMap<string, Known>,
  viewer: ViewerName,
  place: Place,
): object {
  const input = INPUTS[name];
  if (!input) throw new Error(`Say in INPUTS what ${name} is called with`);
  const { people, tickets } = stage;
  const self = SELVES[viewer];
  const who = place === 'OWN' && self !== undefined ? at(self) : CAST[place].worker;
  const team = { OWN: 'First line', TEAM: 'Billing', OTHER: 'Vault' }[place];
  return input({
    stage,
    place,
    ticketId: tickets[place],
    agentId: people[who] as string,
    teamId: people[team] as string,
    customerId: people[CAST[place].customer] as string,
    step: (key) => stepOn(known, place, key),
    thing: (type, holds = () => true) => {
      const personal = ['Absence', 'ApprovalDelegation', 'Calendar'].includes(type);
      if (!personal) return findOn(known, place, type, holds);
      const found = [...known].find(
        ([, it]) => it.type.name === type && ofPlace(it.truth, people[CAST[place].worker]),
      );
      if (!found) throw new Error(`There is no ${type} on the stage`);
      return found[0];
    },
  });
}

/** Who they are among the agents. */
export const SELVES: Partial<Record<ViewerName, string>> = {
  AGENT: 'agent',
  TEAM_LEAD: 'lead',
  QA_MANAGER: 'quality',
  MANAGER: 'manager',
  ADMIN: 'admin',
};

/** Absences are somebody's; of the others there is one. */
const ofPlace = ({ agent }: Payload, agentId: string | undefined) =>
  agent === undefined || agent.id === agentId;

/** How each mutation is refused to somebody, as letters of the table. */
export async function tryMutation(
  stage: Stage,
  client: Client,
  field: GraphQLField<unknown, unknown>,
  input: object,
): Promise<{ letter: string; answer: Payload }> {
  const answer = await mutate(stage.schema, client, field.name, input, partsOfPayload(field));
  return { letter: letterOf(input, answer), answer };
}

function letterOf(input: object, { payload, errors }: Awaited<ReturnType<typeof mutate>>): string {
  const code = errors[0]?.extensions.code ?? payload?.userErrors[0]?.code;
  if (code === 'UNAUTHENTICATED') return 'U';
  if (code === 'FORBIDDEN') return 'F';
  // What the input is about is named first in it; a word that is taken back, as the subject.
  const target = Object.keys(input)[0];
  const named = payload?.userErrors[0]?.path?.[1];
  return code === 'NOT_FOUND' && (named === target || named === 'subject') ? 'N' : '+';
}
