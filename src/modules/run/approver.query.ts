import { type RawBuilder, sql } from 'kysely';
import { type EntityManager, sqlOf } from '../../platform/database/database.js';
import { actingTogether, type Deputy } from '../absence/deputy.rules.js';
import type { Approvers } from './approval.policy.js';
import type { EligibleApprover } from './run.state.js';

/** A list as an array of SQL. */
export function textArray(list: readonly string[]): RawBuilder<string[]> {
  return sql<string[]>`array[${sql.join(list)}]::text[]`;
}

/**
 * Everybody who may decide an approval by position, as `mayDecide` says, among those who see the ticket:
 * a quorum of ALL does not wait for somebody who can't even look. In the order of ids.
 */
export async function eligibleApprovers(
  em: EntityManager,
  approvers: Approvers,
  ticket: { teamId: string | null },
  deputies: readonly Deputy[],
): Promise<EligibleApprover[]> {
  const roles = approvers.roles.filter((role) => role !== 'TEAM_LEAD');
  const leads = approvers.roles.includes('TEAM_LEAD');
  const { rows } = await sql<{ id: string }>`
    select a.id from agent a left join team t on t.id = ${ticket.teamId}
    where a.active
      and (a.roles && ${textArray(roles)}
        or (${leads} and 'TEAM_LEAD' = any(a.roles) and (t.id is null or t.lead_id = a.id))
        or a.id = any(${textArray(approvers.agentIds)})
        or exists (select 1 from team_member m
                   where m.agent_id = a.id and m.team_id = any(${textArray(approvers.teamIds)})))
      and (t.id is null or not t.restricted or a.roles && array['MANAGER', 'QA_MANAGER'] or t.lead_id = a.id
        or exists (select 1 from team_member m where m.agent_id = a.id and m.team_id = t.id))
    order by a.id`.execute(sqlOf(em));
  const together = actingTogether(deputies);
  return rows.map(({ id }) => ({
    id,
    deputies: deputies.filter(({ ownerId }) => ownerId === id).map(({ deputyId }) => deputyId),
    actsWith: together[id] ?? [],
  }));
}
