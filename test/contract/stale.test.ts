import { beforeAll, expect, jest, test } from '@jest/globals';
import { type GraphQLSchema, isInputObjectType, isNonNullType } from 'graphql';
import { Role } from '../../src/platform/auth/viewer.js';
import { makeSchema } from '../../src/schema.js';
import { CalendarsDocument, StartRunDocument } from '../generated/graphql.js';
import { Editor } from '../modules/process/editor.js';
import { draft } from '../modules/report/play.js';
import { approval, task } from '../modules/run/definitions.js';
import { create } from '../modules/ticket/play.js';
import { useDesk } from '../support/desk.js';

const desk = useDesk();
// Many requests: a limit for what hangs, not for how fast it is.
jest.setTimeout(120_000);

/** A mutation on what has changed meanwhile: who sends what, what it asks for, and what it is to see. */
interface Case {
  role: Role;
  input: Record<string, unknown>;
  select: string;
  wanted: object;
}
let cases: Record<string, Case>;
let schema: GraphQLSchema;

beforeAll(async () => {
  schema = await makeSchema();
  const agent = await desk.as(Role.AGENT);
  const admin = await desk.as(Role.ADMIN);
  const ticketId = await create(agent, { subject: 'As it is' });
  const editor = await new Editor(admin, 'stale').create(task('do'), approval('check', ['do']));
  expect((await editor.publish()).userErrors).toEqual([]);
  const { startRun } = await agent.ask(StartRunDocument, { input: { ticketId, process: 'stale' } });
  const [first, second] = (startRun.run?.steps ?? []).map(({ id }) => id);
  const runId = startRun.run?.id as string;
  const toVersionId = await editor.release(task('do'), approval('check', ['do']), task('more'));
  const report = await draft(desk);
  const [calendar] = (await agent.ask(CalendarsDocument)).calendars.nodes;

  const ticket = {
    role: Role.AGENT,
    select: 'ticket { subject version }',
    wanted: { ticket: { subject: 'As it is', version: 2 } },
  };
  const step = (key: string) => ({
    role: Role.AGENT,
    select: 'step { key attempt } run { id } ticket { subject version }',
    wanted: { step: { key, attempt: 1 }, run: { id: runId }, ...ticket.wanted },
  });
  const ofTicket = (rest: object) => ({ ...ticket, input: { ticketId, expectedVersion: 1, ...rest } });
  const reported = {
    role: Role.MANAGER,
    select: 'report { id version }',
    wanted: { report: { id: report.id, version: report.version } },
  };
  const ofReport = (rest: object = {}) => ({
    ...reported,
    input: { reportId: report.id, expectedVersion: 99, ...rest },
  });
  const process = {
    role: Role.ADMIN,
    select: 'process { key draft { version } }',
    wanted: { process: { key: 'stale', draft: { version: editor.draftVersion } } },
  };
  const db = desk.app.desk.database.sql;
  const kept = async (table: string, argument: string, rest: object = {}) => {
    const { id, name, version } = await db
      .selectFrom(table)
      .select(['id', 'name', 'version'])
      .orderBy('id')
      .limit(1)
      .executeTakeFirstOrThrow();
    return {
      role: Role.ADMIN,
      input: { [argument]: id, expectedVersion: 99, ...rest },
      select: `${table} { id name version }`,
      wanted: { [table]: { id, name, version } },
    };
  };
  const named = { name: 'Mine', timeZone: 'UTC', hours: [{ weekday: 'MONDAY', from: '09:00', to: '10:00' }] };
  cases = {
    assignTicket: ofTicket({ teamId: 'team_1' }),
    setTicketStatus: ofTicket({ status: 'PENDING' }),
    setTicketPriority: ofTicket({ impact: 'LOW' }),
    resolveTicket: ofTicket({ resolution: 'Done' }),
    reopenTicket: ofTicket({ reason: 'Again' }),
    closeTicket: ofTicket({}),
    assignStep: { ...step('do'), input: { stepId: first, agentId: 'agent_1', expectedVersion: 1 } },
    completeStep: { ...step('do'), input: { stepId: first, expectedAttempt: 2 } },
    decideApproval: {
      ...step('check'),
      input: { stepId: second, verdict: 'APPROVED', expectedAttempt: 2 },
    },
    migrateRun: {
      role: Role.MANAGER,
      input: { runId, toVersionId, planHash: 'another' },
      select: 'run { id } ticket { subject }',
      wanted: { run: { id: runId }, ticket: { subject: 'As it is' } },
    },
    editReport: ofReport({ summary: 'Mine' }),
    approveReport: ofReport(),
    archiveReport: ofReport(),
    saveProcessDraft: {
      ...process,
      input: { processId: editor.id, expectedVersion: 99, definition: editor.definition(task('do')) },
    },
    publishProcess: { ...process, input: { processId: editor.id, expectedVersion: 99 } },
    saveCalendar: {
      role: Role.ADMIN,
      input: { id: calendar?.id, expectedVersion: 99, ...named },
      select: 'calendar { id name }',
      wanted: { calendar: { id: calendar?.id, name: calendar?.name } },
    },
    updateAgent: await kept('agent', 'agentId', { name: 'Mine' }),
    deactivateAgent: await kept('agent', 'agentId'),
    reactivateAgent: await kept('agent', 'agentId'),
    updateTeam: await kept('team', 'teamId', { name: 'Mine' }),
    updateCustomer: await kept('customer', 'customerId', { name: 'Mine' }),
    updateOrganization: await kept('organization', 'organizationId', { name: 'Mine' }),
  };
}, 120_000);

test('a stale write is refused and shows what is there instead, by every mutation that expects something', async () => {
  const expecting = Object.values(schema.getMutationType()?.getFields() ?? {}).filter(({ args: [input] }) => {
    const type = isNonNullType(input?.type) ? input.type.ofType : null;
    const fields = isInputObjectType(type) ? type.getFields() : {};
    return fields.expectedVersion ?? fields.expectedAttempt ?? fields.planHash;
  });
  expect(expecting.map(({ name }) => name).sort()).toEqual(Object.keys(cases).sort());
  for (const { name, args } of expecting) {
    const { role, input, select, wanted } = cases[name] as Case;
    const query = `mutation ($input: ${args[0]?.type}) { ${name}(input: $input) { ${select} userErrors { code } } }`;
    const { data, errors } = await (await desk.as(role)).send<unknown, unknown>(query, { input });
    expect([name, errors, data]).toEqual([
      name,
      undefined,
      { [name]: { ...wanted, userErrors: [{ code: 'STALE' }] } },
    ]);
  }
});
