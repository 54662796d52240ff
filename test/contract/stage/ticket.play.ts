import type { GraphQLSchema } from 'graphql';
import { Role } from '../../../src/platform/auth/viewer.js';
import { uploaded } from '../../modules/file/uploads.js';
import type { TestDesk } from '../../support/desk.js';
import { act, type Payload } from './actor.js';
import { CAST, marker, type Place } from './people.js';

const STEPS = 'run { id steps { id key } }';

/** Makes a ticket of this place, with one of everything on it. @returns its id */
export async function playTicket(
  schema: GraphQLSchema,
  desk: TestDesk,
  place: Place,
  people: Readonly<Record<string, string>>,
): Promise<string> {
  const { customer, worker, team } = CAST[place];
  const [told, secret] = [marker(place, 'PUBLIC'), marker(place, 'STAFF')];
  const [asWorker, asManager] = [await desk.as(worker), await desk.as(Role.MANAGER)];
  const asCustomer = await desk.as(customer);
  const work = (name: string, input: object, selection = ''): Promise<Payload> =>
    act(schema, asWorker, name, input, selection);
  const { data } = await asWorker.send<Payload, unknown>('{ categories { nodes { id } } }');

  const { ticket } = await work(
    'createTicket',
    {
      subject: told,
      description: told,
      channel: 'EMAIL',
      customer: { email: customer },
      categoryId: data.categories.nodes[0].id,
    },
    'ticket { id }',
  );
  const ticketId = ticket.id as string;
  const agentId = people[worker];
  await work('assignTicket', { ticketId, teamId: people[team], agentId, reason: secret });
  await work('setTicketPriority', { ticketId, priority: 'HIGH', reason: secret });
  const file = (name: string) => uploaded(asWorker, Buffer.from(name), { ticketId, fileName: `${name}.png` });
  const [toldFile, secretFile, answerFile] = [
    await file(told),
    await file(secret),
    await file(`${secret}.2`),
  ];
  await work('addNote', { ticketId, body: secret, fileIds: [secretFile] });
  await work('replyToTicket', { ticketId, body: told, fileIds: [toldFile] });
  await act(schema, asCustomer, 'replyToTicket', { ticketId, body: told });
  await work('escalateTicket', { ticketId, agentId, reason: secret });

  const { run: dropped } = await work('startRun', { ticketId, process: 'six-stage' }, STEPS);
  await act(schema, asManager, 'cancelRun', { runId: dropped.id, reason: secret });
  const { run } = await work('startRun', { ticketId, process: 'everything' }, STEPS);
  const step = (key: string) => run.steps.find((each: { key: string }) => each.key === key).id as string;
  const answers = Object.entries({
    Words: secret,
    Code: 'abc',
    Score: 3,
    Hours: 5,
    Departments: ['Engineering'],
    Who: [agentId],
    By: '2027-01-15',
    Files: [answerFile],
    Feedback: marker(place, 'FEEDBACK'),
  }).map(([field, value]) => ({ field, value }));
  await work('completeStep', { stepId: step('make'), answers });
  await act(schema, asManager, 'decideApproval', {
    stepId: step('check'),
    verdict: 'REJECTED',
    comment: secret,
  });
  await work('saveStepDraft', { stepId: step('make'), answers });
  await work('completeStep', {
    stepId: step('make'),
    answers: [...answers.filter(({ field }) => field !== 'Feedback'), { field: 'Team', value: people[team] }],
  });
  await work('assignTicket', { ticketId, agentId, reason: secret });
  await work('completeStep', {
    stepId: step('file-away'),
    answers: [
      { field: 'Report', value: secret },
      { field: 'Whom', value: [agentId] },
    ],
  });
  await work('skipStep', { stepId: step('leave-out'), reason: secret });
  await work('saveStepDraft', {
    stepId: step('still-open'),
    answers: [
      { field: 'More', value: secret },
      { field: 'Proof', value: [answerFile] },
    ],
  });
  await work('assignStep', { stepId: step('still-open'), teamId: people[team] });
  const vote = { stepId: step('check'), verdict: 'APPROVED', comment: secret };
  await act(schema, asManager, 'decideApproval', vote);
  await act(schema, asManager, 'withdrawDecision', {
    stepId: step('check'),
    subject: 'make',
    comment: secret,
  });
  await act(schema, asManager, 'decideApproval', vote);

  const { run: moving } = await work('startRun', { ticketId, process: 'moving' }, STEPS);
  await work('completeStep', {
    stepId: moving.steps[0].id,
    answers: answers.filter(({ field }) => ['Words', 'Code'].includes(field)),
  });

  const { data: made } = await asManager.send<Payload, unknown>(
    'query ($id: ID!) { ticket(by: {id: $id}) { surveys { id } reports { id status } coordinationRequests { id } } }',
    { id: ticketId },
  );
  await act(schema, asCustomer, 'answerSurvey', {
    surveyId: made.ticket.surveys[0].id,
    overall: 4,
    clarity: 4,
    professionalism: 4,
    responsiveness: 4,
    comment: marker(place, 'SURVEY'),
  });
  const draft = made.ticket.reports.find(({ status }: { status: string }) => status === 'DRAFT');
  await act(schema, asManager, 'editReport', { reportId: draft.id, summary: `${secret}.` });
  for (const { id } of made.ticket.coordinationRequests)
    await work('updateCoordinationRequest', { id, outcome: secret });
  return ticketId;
}
