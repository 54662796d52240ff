import { afterEach, beforeAll, expect, test } from '@jest/globals';
import { Role } from '../../../src/platform/auth/viewer.js';
import {
  ApprovalRequestsDocument,
  DecisionsDocument,
  DelegateApprovalsDocument,
  EndAbsenceDocument,
  EndDelegationDocument,
  SetAbsenceDocument,
  type SetAbsenceInput,
  StoryDocument,
} from '../../generated/graphql.js';
import { useDesk } from '../../support/desk.js';
import { at, Case, hire, publish } from '../../support/office.js';
import { approval, processOf, task } from '../run/definitions.js';

const desk = useDesk();
const HOUR = 3_600_000;
let ids: Record<string, string>;
let ended: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  await publish(desk, { ...processOf(task('a'), approval('ok', ['a']), task('b')), key: 'signed' });
  await hire(desk, ['boss'], [Role.MANAGER]);
  const { data } = await (await desk.as(at('manager'))).send<
    { agents: { nodes: { id: string; email: string }[] } },
    never
  >('{ agents(first: 100) { nodes { id email } } }');
  ids = Object.fromEntries(
    (data?.agents.nodes ?? []).map(({ id, email }) => [email.split('@')[0] as string, id]),
  );
});

afterEach(async () => {
  for (const end of ended) await end();
  ended = [];
});

const hours = (n: number) => new Date(desk.clock.now().getTime() + n * HOUR).toISOString();

async function away(name: string, standIn: string | null, rest: Partial<SetAbsenceInput> = {}) {
  const client = await desk.as(at(name));
  const standInId = standIn === null ? null : (ids[standIn] as string);
  const input = { from: hours(0), to: hours(1), standInId, ...rest };
  const { setAbsence } = await client.ask(SetAbsenceDocument, { input });
  const absenceId = setAbsence.absence?.id;
  if (absenceId) ended.push(() => client.ask(EndAbsenceDocument, { input: { absenceId } }));
  return setAbsence;
}

async function delegate(name: string, to: string, from = hours(0)) {
  const client = await desk.as(at(name));
  const input = { toAgentId: ids[to] as string, from, until: hours(1) };
  const { delegateApprovals } = await client.ask(DelegateApprovalsDocument, { input });
  const delegationId = delegateApprovals.delegation?.id;
  if (delegationId) ended.push(() => client.ask(EndDelegationDocument, { input: { delegationId } }));
  return delegateApprovals;
}

async function requested(name: string) {
  const { approvalRequests } = await (await desk.as(at(name))).ask(ApprovalRequestsDocument);
  return approvalRequests.nodes.map(({ step, inNameOf }) => `${step.id} ${inNameOf?.name ?? ''}`);
}

async function waiting(): Promise<Case> {
  const run = await Case.open(desk, 'signed');
  await run.complete('a');
  return run;
}

test("an absent approver's approvals go to their stand-in, who decides in their name, until it is over", async () => {
  const run = await waiting();
  expect(await run.decide('ok', 'quality')).toBe('FORBIDDEN');
  const { absence } = await away('manager', 'quality', { reason: ' Holiday ' });
  expect(absence).toMatchObject({ reason: 'Holiday', standIn: { name: 'Quinn Quality' } });
  expect(absence?.agent?.absences).toEqual([{ id: absence?.id }]);
  expect(await requested('quality')).toContain(`${run.step('ok').id} Morgan Manager`);
  expect(await run.decide('ok', 'quality')).toBeUndefined();
  const { node } = await (await desk.as(at('manager'))).ask(DecisionsDocument, { id: run.step('ok').id });
  expect(node).toMatchObject({
    decisions: [{ decidedBy: { name: 'Quinn Quality' }, inNameOf: { name: 'Morgan Manager' } }],
  });
  for (const end of ended) await end();
  const next = await waiting();
  expect(await requested('quality')).toEqual([]);
  expect(await next.decide('ok', 'quality')).toBe('FORBIDDEN');
});

test("a stand-in's own stand-in acts too, one level and no farther", async () => {
  const run = await waiting();
  await away('manager', 'quality');
  await away('quality', 'lead');
  await away('lead', 'billing');
  expect(await requested('lead')).toContain(`${run.step('ok').id} Morgan Manager`);
  expect(await run.decide('ok', 'billing')).toBe('FORBIDDEN');
  expect(await run.decide('ok', 'lead')).toBeUndefined();
});

test('deputies that go round in a circle, a second absence at once, and a time that is none are refused', async () => {
  await away('manager', 'quality');
  await delegate('quality', 'lead');
  expect((await away('lead', 'manager')).userErrors).toMatchObject([
    { code: 'INVALID_INPUT', path: ['input', 'standInId'] },
  ]);
  expect((await delegate('lead', 'manager')).userErrors).toMatchObject([{ code: 'INVALID_INPUT' }]);
  expect((await delegate('lead', 'lead')).userErrors).toMatchObject([{ code: 'INVALID_INPUT' }]);
  expect((await away('manager', null)).userErrors).toMatchObject([{ code: 'ALREADY_EXISTS' }]);
  expect((await away('lead', null, { to: hours(-2) })).userErrors).toMatchObject([
    { code: 'INVALID_INPUT', path: ['input', 'to'] },
  ]);
});

test("others' absences are for the lead of their team and for managers", async () => {
  expect((await away('second', null, { agentId: ids.agent })).userErrors[0]?.code).toBe('FORBIDDEN');
  expect((await away('billing', null, { agentId: ids.agent })).userErrors[0]?.code).toBe('FORBIDDEN');
  expect((await away('lead', null, { agentId: ids.agent })).userErrors).toEqual([]);
  expect((await away('manager', null, { agentId: ids.billing })).userErrors).toEqual([]);
});

test("nobody's own work is decided by their deputy, nor the deputy's by the owner", async () => {
  // The demo's agent starts every run, so the agent is the requester.
  await delegate('boss', 'agent');
  const run = await waiting();
  expect(await run.decide('ok', 'agent')).toBe('SELF_APPROVAL');
  expect(await run.decide('ok', 'boss')).toBe('SELF_APPROVAL');
  expect(await requested('boss')).not.toContain(`${run.step('ok').id} `);
  expect(await run.decide('ok', 'manager', { inNameOfId: ids.boss })).toBe('FORBIDDEN');
  expect(await run.decide('ok', 'manager')).toBeUndefined();
});

test('a delegation that has not begun gives nothing yet', async () => {
  await delegate('manager', 'quality', hours(0.5));
  const run = await waiting();
  expect(await run.decide('ok', 'quality')).toBe('FORBIDDEN');
});

test('routing passes the absent by, and says so', async () => {
  await away('agent', null);
  await away('lead', null);
  const run = await Case.open(desk, 'signed');
  const client = await desk.as(at('manager'));
  const { data } = await client.send<{ teams: { nodes: { id: string; name: string }[] } }, never>(
    '{ teams { nodes { id name } } }',
  );
  const team = data?.teams.nodes.find(({ name }) => name === 'First line')?.id;
  await client.send(
    'mutation ($id: ID!, $team: ID!) { assignTicket(input: {ticketId: $id, teamId: $team}) { userErrors { code } } }',
    { id: run.ticketId, team },
  );
  const routed = await client.send<{ assignTicket: { ticket: { assignments: unknown[] } } }, unknown>(
    `mutation ($id: ID!) { assignTicket(input: {ticketId: $id}) {
       ticket { assignments { candidates { name ruledOut } } } userErrors { code } } }`,
    { id: run.ticketId },
  );
  const [latest] = routed.data?.assignTicket.ticket.assignments ?? [];
  expect(latest).toMatchObject({
    candidates: expect.arrayContaining([
      { name: 'Alex Agent', ruledOut: 'AWAY' },
      { name: 'Lee Lead', ruledOut: 'AWAY' },
    ]),
  });
  const { ticket } = await client.ask(StoryDocument, { id: run.ticketId });
  expect(ticket?.assignee?.name).toBe('Sam Second');
});
