import { PGlite } from '@electric-sql/pglite';
import { expect, test } from '@jest/globals';
import { model } from '../../src/app.js';
import { embeddedDatabase } from '../../src/platform/database/database.js';

test('a desk of the first release keeps its decisions, as votes too, and its approvers', async () => {
  const pglite = await PGlite.create();
  const database = await embeddedDatabase(pglite, model);
  await database.orm.migrator.up({ to: '0001-desk' });
  const decisions = {
    a: { verdict: 'APPROVED', by: 'agent_m', comment: null },
    b: { verdict: 'REJECTED', by: 'agent_m', comment: 'No.' },
  };
  const step = (id: string, kind: string, phase: string, role: string | null, decided: object) =>
    `('${id}', 'run_1', 'ticket_1', '${id}', 1, 't', '${kind}', '${phase}', 1, null, false, '{}', null,
      '${JSON.stringify(decided)}', false, null, ${role ? `'${role}'` : 'null'}, null, now(), null)`;
  // What they refer to plays no part here.
  await pglite.exec(`
    set session_replication_role = replica;
    insert into step (id, run_id, ticket_id, key, position, title, kind, phase, attempt, outcome, returned, answers,
      skip_reason, decisions, customer_visible, assignee_id, assigned_role, completed_by_id, ready_at, completed_at)
    values ${step('ok', 'APPROVAL', 'READY', 'MANAGER', decisions)}, ${step('free', 'TASK', 'READY', null, {})};
    insert into approval_decision (id, step_id, ticket_id, attempt, subject_key, subject_attempt, verdict, comment,
      decided_by_id, decided_at) values ('d', 'ok', 'ticket_1', 1, 'a', 2, 'APPROVED', null, 'agent_m', now());
    set session_replication_role = origin;`);
  await database.orm.migrator.up();
  const one = async (query: string) => (await pglite.query(query)).rows[0];
  expect(
    await one(`select decisions, votes, approver_roles, follows_ticket from step where id = 'ok'`),
  ).toEqual({
    decisions,
    votes: { a: [{ by: 'agent_m', of: 'agent_m' }] },
    approver_roles: ['MANAGER'],
    follows_ticket: false,
  });
  expect(await one(`select votes, approver_roles, follows_ticket from step where id = 'free'`)).toEqual({
    votes: {},
    approver_roles: [],
    follows_ticket: true,
  });
  expect(await one('select in_name_of_id, final, standing, withdrawn_at from approval_decision')).toEqual({
    in_name_of_id: 'agent_m',
    final: true,
    standing: '1 a 2 agent_m',
    withdrawn_at: null,
  });
  await database.close();
});
