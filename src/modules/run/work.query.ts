import { type RawBuilder, sql } from 'kysely';
import type { Viewer } from '../../platform/auth/viewer.js';
import type { Context } from '../../platform/context.js';
import { sqlOf } from '../../platform/database/database.js';
import { rowsOf } from '../../platform/database/rows.js';
import { type Connection, type PageArgs, page, type SortKey } from '../../platform/graphql/connection.js';
import { SortDirection } from '../../platform/graphql/filters.js';
import { deputiesAt } from '../absence/deputy.query.js';
import { actingTogether } from '../absence/deputy.rules.js';
import { scopeOf } from '../ticket/ticket.policy.js';
import { scopeSql } from '../ticket/ticket.scope.js';
import type { Approver } from './approval.policy.js';
import { textArray } from './approver.query.js';
import { Step } from './step.entity.js';
import type { Worker } from './work.rules.js';

/** The order of every list of work: what is due comes first, then what has waited longest. */
const WORK_ORDER: SortKey[] = [
  { column: 's.due_order', property: 'dueOrder', direction: SortDirection.ASC, type: 'timestamptz' },
  { column: 's.ready_at', property: 'readyAt', direction: SortDirection.ASC, type: 'timestamptz' },
  { column: 's.id', property: 'id', direction: SortDirection.ASC, type: 'text' },
];

/** A page of what waits for the viewer: every kind of step, or approvals alone. */
export async function listWork(
  ctx: Context,
  kind: 'ANY' | 'APPROVAL',
  args: PageArgs,
): Promise<Connection<Step>> {
  const reader = rowsOf(ctx.em, Step);
  const worker = await workerOf(ctx, ctx.desk.clock.now());
  return page(workQuery(ctx, ctx.viewer, worker, kind), WORK_ORDER, args, async (query) =>
    inOrderOfDue(
      reader.read(await query.select([...reader.select('s'), 's.due_order as dueOrder']).execute()),
    ),
  );
}

/** The moment by which a row is sorted, as a moment: cursors are made of it. */
function inOrderOfDue(rows: Step[]): Step[] {
  return rows.map((row) => Object.assign(row, { dueOrder: row.dueAt ?? NEVER }));
}

/** What a step that is never due is sorted by, as in the migration. */
const NEVER = new Date('9999-12-31T00:00:00Z');

/** The ids of all that waits for somebody with these rights. */
export async function workIds(
  ctx: Context,
  viewer: Viewer,
  worker: Worker,
  kind: 'ANY' | 'APPROVAL',
): Promise<string[]> {
  const rows = await workQuery(ctx, viewer, worker, kind)
    .select('s.id')
    .orderBy('s.due_order')
    .orderBy('s.ready_at')
    .execute();
  return rows.map(({ id }) => id as string);
}

/** The steps on `step as s` that wait, among the tickets that the viewer may see. What `waitsFor` says, in SQL. */
function workQuery(ctx: Context, viewer: Viewer, worker: Worker, kind: 'ANY' | 'APPROVAL') {
  const query = sqlOf(ctx.em)
    .selectFrom('step as s')
    .innerJoin('run as r', 'r.id', 's.run_id')
    .innerJoin('ticket as t', 't.id', 's.ticket_id')
    .where('s.phase', '=', 'READY')
    .where('r.phase', '=', 'ACTIVE')
    .where(scopeSql(scopeOf(viewer), 't'));
  const approvals = sql<boolean>`(s.kind = 'APPROVAL' and (${sql.join(
    [worker, ...worker.owners].map((voter) => mayDecideSql(voter, worker)),
    sql` or `,
  )}))`;
  return query.where(kind === 'APPROVAL' ? approvals : sql<boolean>`(${taskSql(worker)} or ${approvals})`);
}

function taskSql({ id, teamIds, roles }: Worker): RawBuilder<boolean> {
  const assignee = sql`(case when s.follows_ticket then t.assignee_id else s.assignee_id end)`;
  return sql`(s.kind = 'TASK' and (${assignee} = ${id} or ${assignee} is null and (
    s.assigned_team_id = any(${textArray(teamIds)})
    or s.assigned_team_id is null and s.assigned_role = any(${textArray(roles)}))))`;
}

function mayDecideSql(
  { id, roles, teamIds, ledTeamIds }: Approver,
  { actsWith }: Worker,
): RawBuilder<boolean> {
  const others = roles.filter((role) => role !== 'TEAM_LEAD');
  return sql`((s.approver_roles && ${textArray(others)}
      or ${roles.includes('TEAM_LEAD')} and 'TEAM_LEAD' = any(s.approver_roles)
        and (t.team_id is null or t.team_id = any(${textArray(ledTeamIds)}))
      or ${id} = any(s.approver_ids) or s.approver_team_ids && ${textArray(teamIds)})
    and not ${id} = any(s.settled_ids)
    and not s.conflicted_ids && ${textArray([id, ...(actsWith[id] ?? [])])})`;
}

/** What the viewer may do at the moment, and for whom they act; nobody for who is no agent. */
export async function workerOf(ctx: Context, at: Date): Promise<Worker> {
  const { viewer } = ctx;
  if (viewer.kind !== 'STAFF')
    return { id: '', roles: [], teamIds: [], ledTeamIds: [], actsWith: {}, owners: [] };
  const deputies = await deputiesAt(ctx.em, at);
  const ownerIds = deputies.filter(({ deputyId }) => deputyId === viewer.id).map(({ ownerId }) => ownerId);
  const { id, roles, teamIds, ledTeamIds } = viewer;
  const owners = await approversByIds(ctx, ownerIds);
  return { id, roles, teamIds, ledTeamIds, actsWith: actingTogether(deputies), owners };
}

async function approversByIds(ctx: Context, ids: string[]): Promise<Approver[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Approver>`
    select a.id, a.roles,
      array(select m.team_id from team_member m where m.agent_id = a.id order by 1) as "teamIds",
      array(select l.id from team l where l.lead_id = a.id order by 1) as "ledTeamIds"
    from agent a where a.active and a.id = any(${textArray(ids)}) order by a.id`.execute(sqlOf(ctx.em));
  return rows;
}
