import { expect, test } from '@jest/globals';
import { findViewer } from '../../../src/modules/directory/identity.service.js';
import { Run } from '../../../src/modules/run/run.entity.js';
import { Step } from '../../../src/modules/run/step.entity.js';
import { workerOf, workIds } from '../../../src/modules/run/work.query.js';
import { waitsFor } from '../../../src/modules/run/work.rules.js';
import { waitingOf } from '../../../src/modules/run/work.service.js';
import { Ticket } from '../../../src/modules/ticket/ticket.entity.js';
import type { Viewer } from '../../../src/platform/auth/viewer.js';
import { Context } from '../../../src/platform/context.js';
import { DelegateApprovalsDocument, MyWorkDocument } from '../../generated/graphql.js';
import { useDesk } from '../../support/desk.js';
import { at, Case, publish } from '../../support/office.js';
import { approval, processOf, task } from '../run/definitions.js';

const desk = useDesk();
const lead = approval('ok', ['a', 'b']);

/** Steps that wait side by side for an agent, a team, a role and the ticket's assignee; then a lead, or a team. */
const PROCESS = 'side-by-side';
const sideBySide = {
  ...processOf(
    task('a', { assign: [{ to: 'AGENT', email: at('second') }] }),
    task('b', { after: [], assign: [{ to: 'TEAM', team: 'Billing' }] }),
    task('c', { after: [], assign: [{ to: 'ROLE', role: 'TEAM_LEAD' }] }),
    task('d', { after: [] }),
    {
      ...lead,
      after: ['a', 'b'],
      approval: {
        ...lead.approval,
        approvers: [{ role: 'TEAM_LEAD' as const }, { team: 'First line' }],
        quorum: 'ALL' as const,
      },
    },
  ),
  key: PROCESS,
};

async function addresses(): Promise<string[]> {
  const rows = await desk.app.desk.database.sql.selectFrom('agent').select('email').execute();
  return rows.map(({ email }) => email as string);
}

/** Cases at every stage, on tickets of several teams, with somebody who acts for somebody. */
async function manyCases(): Promise<void> {
  await publish(desk, sideBySide);
  const manager = await desk.as(at('manager'));
  const billing = await desk.app.desk.database.sql.selectFrom('team').select('id').execute();
  const agents = await desk.app.desk.database.sql.selectFrom('agent').select(['id', 'email']).execute();
  const id = (name: string) => agents.find(({ email }) => email === at(name))?.id as string;
  for (let n = 0; n < 8; n += 1) {
    const run = await Case.open(desk, PROCESS);
    const to = { id: run.ticketId, team: billing[n % billing.length]?.id, agent: id('agent') };
    await manager.send(
      `mutation ($id: ID!, $team: ID!, $agent: ID!) {
         assignTicket(input: {ticketId: $id, teamId: $team, agentId: $agent}) { userErrors { code } } }`,
      to,
    );
    if (n % 2 === 1) await run.complete('a', 'second');
    if (n % 4 === 3) await run.complete('b', 'billing');
    if (n === 7) await run.decide('ok', 'lead');
  }
  const now = desk.clock.now();
  const until = new Date(now.getTime() + 3_600_000).toISOString();
  for (const [from, to] of [
    ['lead', 'quality'],
    ['senior', 'second'],
  ] as const)
    await (await desk.as(at(from))).ask(DelegateApprovalsDocument, {
      input: { toAgentId: id(to), from: now.toISOString(), until },
    });
}

test('pages of work go on where the last one ended', async () => {
  await publish(desk, sideBySide);
  for (let n = 0; n < 3; n += 1) await Case.open(desk, PROCESS);
  const second = await desk.as(at('second'));
  const whole = (await second.ask(MyWorkDocument, { first: 100 })).myWork.nodes.map(({ id }) => id);
  const seen: string[] = [];
  for (let after: string | null | undefined, more = true; more; ) {
    const { nodes, pageInfo } = (await second.ask(MyWorkDocument, { first: 2, after })).myWork;
    seen.push(...nodes.map(({ id }) => id));
    [after, more] = [pageInfo.endCursor, pageInfo.hasNextPage];
  }
  expect(seen).toEqual(whole);
});

test('the list in SQL and the live list agree, for everybody on every step', async () => {
  await manyCases();
  const em = desk.app.desk.database.fork();
  const steps = await em.findAll(Step);
  const runs = new Map((await em.findAll(Run)).map((run) => [run.id, run]));
  const tickets = new Map((await em.findAll(Ticket)).map((ticket) => [ticket.id, ticket]));
  let waits = 0;
  for (const email of await addresses()) {
    const viewer = (await findViewer(desk.app.desk.database, email)) as Viewer;
    const ctx = new Context(desk.app.desk, viewer);
    const worker = await workerOf(ctx, desk.clock.now());
    const live = steps.filter((step) => {
      const ticket = tickets.get(step.ticketId) as Ticket;
      const waiting = waitingOf(step, ticket, runs.get(step.runId)?.phase === 'ACTIVE');
      return waiting !== null && waitsFor(waiting, worker);
    });
    waits += live.length;
    expect((await workIds(ctx, viewer, worker, 'ANY')).sort()).toEqual(live.map(({ id }) => id).sort());
  }
  expect(waits).toBeGreaterThan(30);
});
