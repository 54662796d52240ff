import { beforeAll, expect, jest, test } from '@jest/globals';
import { Role } from '../../../src/platform/auth/viewer.js';
import {
  type CoordinationPartsFragment,
  EvidenceDocument,
  TicketDocument,
  UpdateCoordinationRequestDocument,
  type UpdateCoordinationRequestInput,
} from '../../generated/graphql.js';
import type { Client } from '../../support/client.js';
import { useDesk } from '../../support/desk.js';
import type { Walk } from '../../support/walk.js';
import { toCoordination } from '../quality/interaction.js';
import { refusals } from '../ticket/play.js';

const desk = useDesk();
// Many requests: a limit for what hangs, not for how fast it is.
jest.setTimeout(120_000);
let agent: Client;
let walk: Walk;
let engineering: CoordinationPartsFragment;
let product: CoordinationPartsFragment;

beforeAll(async () => {
  agent = await desk.as(Role.AGENT);
  walk = await toCoordination(desk);
  await walk.complete('coordinate-with-other-departments', {
    Departments: ['Engineering', 'Product'],
    Coordination_Brief: 'Lift the lock',
    Coordination_Owner: [walk.agent('quality')],
  });
  const requests =
    (await agent.ask(EvidenceDocument, { id: walk.ticketId })).ticket?.coordinationRequests ?? [];
  [engineering, product] = [...requests].sort((a, b) => (a.department < b.department ? -1 : 1)) as [
    CoordinationPartsFragment,
    CoordinationPartsFragment,
  ];
});

const update = async (input: UpdateCoordinationRequestInput, client = agent) =>
  (await client.ask(UpdateCoordinationRequestDocument, { input })).updateCoordinationRequest;
const version = async () => (await agent.ask(TicketDocument, { by: { id: walk.ticketId } })).ticket?.version;

test('each department is asked, and has one who answers for it', () => {
  const asked = { brief: 'Lift the lock', status: 'OPEN', outcome: null, owner: { name: 'Quinn Quality' } };
  expect([engineering, product]).toMatchObject([
    { department: 'Engineering', ...asked },
    { department: 'Product', ...asked },
  ]);
});

test('what is given changes, the rest stays; null takes away', async () => {
  const { id } = engineering;
  expect((await update({ id, outcome: ' On it ' })).coordinationRequest).toEqual({
    ...engineering,
    outcome: 'On it',
  });
  expect((await update({ id, status: 'DONE' })).coordinationRequest).toEqual({
    ...engineering,
    outcome: 'On it',
    status: 'DONE',
  });
  expect(
    (await update({ id, ownerId: walk.agent('senior'), status: null })).coordinationRequest,
  ).toMatchObject({ status: 'DONE', owner: { name: 'Sasha Senior' } });
  expect((await update({ id, ownerId: null, outcome: null, status: 'OPEN' })).coordinationRequest).toEqual({
    ...engineering,
    owner: null,
  });
  const { ticket } = await agent.ask(EvidenceDocument, { id: walk.ticketId });
  expect(ticket?.coordinationRequests).toContainEqual(product);
});

test('a change is told by the ticket, and what changes nothing is not', async () => {
  const before = (await version()) as number;
  await update({ id: product.id, outcome: 'Soon' });
  expect(await version()).toBe(before + 1);
  await update({ id: product.id, outcome: 'Soon', ownerId: walk.agent('quality'), status: 'OPEN' });
  expect(await version()).toBe(before + 1);
});

test('it is for who works on tickets, and for its owner, who may hand it on and is then out of it', async () => {
  const quality = await desk.as(Role.QA_MANAGER);
  expect(refusals(await update({ id: product.id, status: 'DONE' }, await desk.as(Role.ADMIN)))).toEqual([
    'FORBIDDEN',
  ]);
  expect(
    refusals(await update({ id: product.id, ownerId: walk.agent('agent'), outcome: 'Asked' }, quality)),
  ).toEqual([]);
  expect(refusals(await update({ id: product.id, outcome: 'Asked again' }, quality))).toEqual(['FORBIDDEN']);
  const { errors } = await (await desk.as(Role.CUSTOMER)).send(UpdateCoordinationRequestDocument, {
    input: { id: product.id, status: 'DONE' },
  });
  expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
});

test.each<[string, Partial<UpdateCoordinationRequestInput>, string]>([
  ['an owner who is not there', { ownerId: 'agent_1', status: 'DONE' }, 'NOT_FOUND input ownerId'],
  ['an empty outcome', { outcome: ' ', status: 'DONE' }, 'REQUIRED input outcome'],
  ['an endless outcome', { outcome: 'x'.repeat(20_001) }, 'INVALID_INPUT input outcome'],
  ['a request that is not there', { id: 'coordination_1', status: 'DONE' }, 'NOT_FOUND input id'],
])('%s is refused, and nothing else of it is done', async (_, given, wanted) => {
  const before = (await agent.ask(EvidenceDocument, { id: walk.ticketId })).ticket?.coordinationRequests;
  expect(refusals(await update({ id: product.id, ...given }))).toEqual([wanted]);
  expect((await agent.ask(EvidenceDocument, { id: walk.ticketId })).ticket?.coordinationRequests).toEqual(
    before,
  );
});
