import { sql } from 'kysely';
import { type EntityManager, sqlOf } from '../../platform/database/database.js';
import { readSnapshot, type Snapshot } from '../../platform/events/snapshot.rules.js';
import type { Cell, Counts } from './desk-counts.rules.js';

/**
 * Counts all tickets of the desk, and says which transactions the count has seen: the log continues it from
 * there. One statement sees one moment, so it takes no transaction of its own.
 */
export async function countAllTickets(em: EntityManager): Promise<{ cells: Cell[]; snapshot: Snapshot }> {
  const { rows } = await sql<Cell & { snapshot: string; count: string | null }>`
    select seen.snapshot, counted.* from (select pg_current_snapshot()::text as snapshot) as seen
    left join (
      select team_id as "teamId", status, priority, count(*) as count from ticket
      group by team_id, status, priority) as counted on true`.execute(sqlOf(em));
  const cells = rows
    .filter(({ count }) => count !== null)
    .map(({ teamId, status, priority, count }) => ({ teamId, status, priority, count: Number(count) }));
  return { cells, snapshot: readSnapshot(rows[0]?.snapshot ?? '') };
}

/**
 * How many open tickets are overdue at a moment, by team: the customer was promised a resolution by then, or a
 * READY step was due. The conditions are those of the partial indexes.
 */
export async function overdueByTeam(em: EntityManager, now: Date): Promise<Counts> {
  const { rows } = await sql<{ teamId: string | null; count: string }>`
    with late as (
      select id from ticket where promised_resolution_at <= ${now} and status not in ('RESOLVED', 'CLOSED')
      union
      select s.ticket_id from step s join run r on r.id = s.run_id
      where s.phase = 'READY' and s.due_at <= ${now} and r.phase = 'ACTIVE')
    select t.team_id as "teamId", count(*) as count from ticket t join late on late.id = t.id
    where t.status not in ('RESOLVED', 'CLOSED') group by t.team_id`.execute(sqlOf(em));
  return new Map(rows.map(({ teamId, count }) => [teamId, Number(count)]));
}
