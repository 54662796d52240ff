import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { systemContext } from '../../../src/modules/directory/identity.service.js';
import { importFile } from '../../../src/modules/import/import.service.js';
import { Role } from '../../../src/platform/auth/viewer.js';
import { seedAdmin } from '../../../src/seed/demo.js';
import {
  AssignTicketDocument,
  AuditEntriesDocument,
  type AuditEntriesQueryVariables,
  CreateAgentDocument,
  CreateTeamDocument,
  DeactivateAgentDocument,
  SetAvailabilityDocument,
  UpdateAgentDocument,
  UpdateTeamDocument,
} from '../../generated/graphql.js';
import type { Client } from '../../support/client.js';
import { useDesk } from '../../support/desk.js';
import { Case, publish } from '../../support/office.js';
import { employ } from '../directory/staff.js';
import { approval, processOf, task } from '../run/definitions.js';
import { create, directory, refusals } from '../ticket/play.js';

const desk = useDesk();
let admin: Client;
let agent: Client;
let known: Awaited<ReturnType<typeof directory>>;
beforeAll(async () => {
  admin = await desk.as(Role.ADMIN);
  agent = await desk.as(Role.AGENT);
  known = await directory(admin);
});

const list = async (variables: AuditEntriesQueryVariables = {}, client = admin) =>
  (await client.ask(AuditEntriesDocument, variables)).auditEntries;
const count = async () => (await list()).totalCount;
/** What was recorded while something was done, the earliest first. */
async function during(work: () => Promise<unknown>) {
  const before = await count();
  await work();
  const { nodes, totalCount } = await list({ first: 100 });
  return nodes.slice(0, totalCount - before).reverse();
}

describe('what is done', () => {
  test('is recorded once each, with who, what and how; without names and addresses', async () => {
    let ada: string | undefined;
    const entries = await during(async () => {
      ada = (await employ(admin, 'ada', { roles: ['AGENT', 'TEAM_LEAD'] })).id;
      await admin.ask(UpdateAgentDocument, {
        input: { agentId: ada, roles: ['AGENT'], name: 'Ada A.', email: 'ada@secret.example' },
      });
      await admin.ask(DeactivateAgentDocument, { input: { agentId: ada } });
    });
    const done = { actor: { name: 'Ash Admin' }, outcome: 'DONE', code: null, subjectId: ada };
    expect(entries).toMatchObject([
      { ...done, action: 'createAgent', details: { roles: ['AGENT', 'TEAM_LEAD'], teamIds: [] } },
      {
        ...done,
        action: 'updateAgent',
        details: {
          changes: { roles: { from: ['AGENT', 'TEAM_LEAD'], to: ['AGENT'] }, name: true, email: true },
          ledTeamIds: [],
        },
      },
      { ...done, action: 'deactivateAgent' },
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/Ada A\.|secret\.example/);
  });

  test('is recorded by the transaction that does it', async () => {
    const { id } = await employ(admin, 'atom');
    const { rows } = await sql`select 1 from agent a join audit u on u.subject_id = a.id and u.xmin = a.xmin
      where a.id = ${id}`.execute(desk.app.desk.database.sql);
    expect(rows).toHaveLength(1);
  });

  test('not where nothing changed, nor a retry of what was done, nor a mistake', async () => {
    const input = { name: 'Once', idempotencyKey: 'k' };
    const teamId = (await admin.ask(CreateTeamDocument, { input })).createTeam.team?.id as string;
    const entries = await during(async () => {
      await admin.ask(CreateTeamDocument, { input });
      await admin.ask(CreateTeamDocument, { input: { name: 'Once' } });
      await admin.ask(UpdateTeamDocument, { input: { teamId, name: 'Once' } });
      await admin.ask(UpdateTeamDocument, { input: { teamId, restricted: true, expectedVersion: 9 } });
      await admin.ask(UpdateTeamDocument, { input: { teamId: 'team_1', restricted: true } });
    });
    expect(entries).toEqual([]);
  });

  test('of assignments and availability what concerns others', async () => {
    const ticketId = await create(agent);
    const { agent: own, second } = known.agents as Record<string, string>;
    const give = (to: object) => agent.ask(AssignTicketDocument, { input: { ticketId, ...to } });
    const entries = await during(async () => {
      await give({ agentId: own });
      await give({ agentId: second });
      await give({ teamId: known.teams.Billing });
      await agent.ask(SetAvailabilityDocument, { input: { agentId: own as string, availability: 'AWAY' } });
      await (await desk.as(Role.TEAM_LEAD)).ask(SetAvailabilityDocument, {
        input: { agentId: own as string, availability: 'AVAILABLE' },
      });
    });
    expect(entries.map(({ action, subjectId, details }) => [action, subjectId, details])).toEqual([
      ['assignTicket', ticketId, { agentId: second }],
      ['assignTicket', ticketId, { teamId: known.teams.Billing }],
      ['setAvailability', own, { availability: 'AVAILABLE' }],
    ]);
  });

  test('two in one request are two records; of three at once that do the same, as many as were done', async () => {
    const roles = (list: string) =>
      `updateAgent(input: {agentId: "${known.agents.quality}", roles: [${list}]}) { userErrors { code } }`;
    const both = await during(() =>
      admin.send(`mutation { a: ${roles('MANAGER')} b: ${roles('QA_MANAGER')} }`),
    );
    expect(both.map(({ details }) => details)).toMatchObject([
      { changes: { roles: { to: ['MANAGER'] } } },
      { changes: { roles: { from: ['MANAGER'], to: ['QA_MANAGER'] } } },
    ]);
    const agentId = (await employ(admin, 'kai')).id;
    const leave = () => admin.ask(DeactivateAgentDocument, { input: { agentId } });
    expect(await during(() => Promise.all([leave(), leave(), leave()]))).toMatchObject([
      { action: 'deactivateAgent' },
    ]);
  });

  test('decisions, with the verdict, and without the comment', async () => {
    await publish(desk, { ...processOf(task('a'), approval('ok', ['a'])), key: 'decided' });
    const run = await Case.open(desk, 'decided');
    await run.complete('a');
    const entries = await during(() =>
      run.decide('ok', 'manager', { verdict: 'REJECTED', comment: 'Private words.' }),
    );
    expect(entries).toMatchObject([
      {
        actor: { name: 'Morgan Manager' },
        action: 'decideApproval',
        subjectId: run.step('ok').id,
        details: { verdict: 'REJECTED' },
      },
    ]);
    expect(JSON.stringify(entries)).not.toContain('Private');
  });
});

test('what commands of the desk itself do is recorded as its own', async () => {
  const ctx = systemContext(desk.app.desk);
  const file = fileURLToPath(new URL('../import/sample.csv', import.meta.url));
  const rejects = join(mkdtempSync(join(tmpdir(), 'stepdesk-')), 'rejects.csv');
  const entries = await during(async () => {
    await seedAdmin(ctx, 'First@example.com', 'First', Role.ADMIN);
    await seedAdmin(ctx, 'first@example.com', 'First', Role.ADMIN);
    await importFile(ctx, { file, rejects });
    await importFile(ctx, { file, rejects });
  });
  expect(entries).toMatchObject([
    { actor: null, action: 'seedAdmin', subjectId: expect.any(String), details: { roles: ['ADMIN'] } },
    { actor: null, action: 'importTickets', details: { tickets: expect.any(Number) } },
  ]);
});

describe('what is refused', () => {
  const input = { name: 'X', email: 'x@example.com', roles: ['ADMIN' as const] };

  test('is recorded with the reason, also by the guard of the schema, also of customers', async () => {
    const entries = await during(async () => {
      await agent.send(CreateAgentDocument, { input });
      await (await desk.as(Role.CUSTOMER)).send(UpdateAgentDocument, {
        input: { agentId: known.agents.admin as string, roles: ['AGENT'] },
      });
      // By the service: one's own roles.
      const own = { agentId: known.agents.admin as string, roles: ['AGENT' as const] };
      const { updateAgent } = await admin.ask(UpdateAgentDocument, { input: own });
      expect(refusals(updateAgent)).toEqual(['FORBIDDEN input roles']);
    });
    const refused = { outcome: 'REFUSED', code: 'FORBIDDEN' };
    expect(entries).toMatchObject([
      {
        ...refused,
        actor: { name: 'Alex Agent' },
        action: 'createAgent',
        subjectId: null,
        details: { roles: ['ADMIN'] },
      },
      { ...refused, actor: { name: 'Casey Customer' }, action: 'updateAgent', subjectId: known.agents.admin },
      { ...refused, actor: { name: 'Ash Admin' }, action: 'updateAgent', subjectId: known.agents.admin },
    ]);
  });

  test('an approval of one’s own work', async () => {
    await publish(desk, { ...processOf(task('a'), approval('ok', ['a'])), key: 'own' });
    const run = await Case.open(desk, 'own');
    await run.complete('a', 'manager');
    const entries = await during(() => run.decide('ok', 'manager'));
    expect(entries).toMatchObject([{ action: 'decideApproval', outcome: 'REFUSED', code: 'SELF_APPROVAL' }]);
  });

  test('not of who has no token: there is nobody to name', async () => {
    expect(await during(() => desk.anonymous().send(CreateAgentDocument, { input }))).toEqual([]);
  });
});

describe('the list', () => {
  test('is filtered, sorted and paged', async () => {
    const refused = await list({ where: { outcome: { eq: 'REFUSED' } }, first: 100 });
    expect(refused.nodes.length).toBeGreaterThan(2);
    expect(new Set(refused.nodes.map(({ outcome }) => outcome))).toEqual(new Set(['REFUSED']));
    const mine = await list({
      where: { actor: { eq: known.agents.agent }, action: { in: ['createAgent'] } },
    });
    expect(mine.nodes.map(({ actor }) => actor?.name)).toEqual(['Alex Agent']);
    const orderBy = [
      { field: 'ACTION' as const, direction: 'ASC' as const },
      { field: 'AT' as const, direction: 'ASC' as const },
    ];
    const all: string[] = [];
    for (
      let page = await list({ orderBy, first: 3 });
      ;
      page = await list({ orderBy, first: 3, after: page.pageInfo.endCursor })
    ) {
      all.push(...page.nodes.map(({ action, at: when, id }) => `${action} ${when} ${id}`));
      if (!page.pageInfo.hasNextPage) break;
    }
    expect(all).toHaveLength(await count());
    expect(all).toEqual([...all].sort());
    const { errors } = await admin.send(AuditEntriesDocument, {
      where: { subject: { in: Array(201).fill('x') } },
    });
    expect(errors?.[0]?.extensions?.code).toBe('INVALID_INPUT');
  });

  test.each([
    [Role.MANAGER, true],
    [Role.QA_MANAGER, false],
    [Role.TEAM_LEAD, false],
    [Role.AGENT, false],
    [Role.CUSTOMER, false],
  ])('for %s: %s, by its id as well', async (role, open) => {
    const [first] = (await list({ first: 1 })).nodes;
    const client = await desk.as(role);
    expect((await client.send(AuditEntriesDocument)).errors === undefined).toBe(open);
    const found = await client.send(`{ node(id: "${first?.id}") { id } }`);
    expect((found.data as { node: object | null }).node !== null).toBe(open);
  });
});

test.each(['update audit set action = action', 'delete from audit', 'truncate audit'])(
  'nobody can %s',
  async (statement) => {
    const before = await count();
    expect(before).toBeGreaterThan(0);
    await expect(sql.raw(statement).execute(desk.app.desk.database.sql)).rejects.toThrow(
      /only ever added to/,
    );
    expect(await count()).toBe(before);
  },
);
