import { sql } from 'kysely';
import { type EntityManager, sqlOf } from '../../platform/database/database.js';
import { READS_ALL, WORKERS } from '../ticket/ticket.policy.js';
import { textArray } from './approver.query.js';

/** Whose work is looked at: somebody's, or everybody's on the tickets of a team. */
export type Suspects = { agentId: string } | { teamId: string };

/** Work that somebody has who may not have it any more, by ticket. */
export interface Misplaced {
  ticketId: string;
  /** Who has it. */
  agentId: string;
  what: 'TICKET' | 'STEP' | 'APPROVAL';
  /** The ticket's id, or the step's. */
  id: string;
}

/**
 * Open tickets of those who have left, don't work on tickets or can't see them; steps given to those who
 * have left or can't see their ticket; and approvals that wait for nobody but people who have left.
 */
export async function misplacedWork(em: EntityManager, suspects: Suspects): Promise<Misplaced[]> {
  const whose = 'agentId' in suspects ? sql`a.id = ${suspects.agentId}` : sql`t.team_id = ${suspects.teamId}`;
  const open = sql`s.outcome is null and s.removed_at is null and r.phase = 'ACTIVE'`;
  const blind = sql`m.restricted and m.lead_id is distinct from a.id and not a.roles && ${textArray(READS_ALL)}
    and not exists (select 1 from team_member x where x.team_id = m.id and x.agent_id = a.id)`;
  const { rows } = await sql<Misplaced>`
    select t.id as "ticketId", a.id as "agentId", 'TICKET' as what, t.id
    from ticket t join agent a on a.id = t.assignee_id left join team m on m.id = t.team_id
    where ${whose} and t.status not in ('RESOLVED', 'CLOSED')
      and (not a.active or not a.roles && ${textArray(WORKERS)} or ${blind})
    union all
    select t.id, a.id, 'STEP', s.id
    from step s join run r on r.id = s.run_id join ticket t on t.id = s.ticket_id
      join agent a on a.id = s.assignee_id left join team m on m.id = t.team_id
    where ${whose} and ${open} and (not a.active or ${blind})
    union all
    select t.id, a.id, 'APPROVAL', s.id
    from step s join run r on r.id = s.run_id join ticket t on t.id = s.ticket_id
      join agent a on a.id = any(s.approver_ids)
    where ${whose} and ${open} and s.phase = 'READY' and s.approver_roles = '{}' and s.approver_team_ids = '{}'
      and not exists (select 1 from agent b where b.id = any(s.approver_ids) and b.active)
    order by 1, 3, 4`.execute(sqlOf(em));
  return rows;
}
