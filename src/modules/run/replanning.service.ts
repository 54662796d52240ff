import { sql } from 'kysely';
import { sqlOf } from '../../platform/database/database.js';
import type { Transaction } from '../../platform/database/transaction.js';

/** Works out anew when the steps of a ticket's runs are due. */
export const RUN_PLAN = 'RUN_PLAN';

/**
 * Has the due dates of these teams' active runs worked out anew, each ticket in a transaction of its own
 * right after this one: a calendar may concern thousands, and one that is locked must hold up no other.
 * @param of `withoutTeam`: also of tickets that no team has
 * @param cause what makes it necessary, in its new version: each version asks once
 */
export async function replanTeams(
  tx: Transaction,
  of: { teamIds: string[]; withoutTeam: boolean },
  cause: { id: string; version: number },
): Promise<void> {
  const inTeams = sql<boolean>`t.team_id = any(${sql.val(of.teamIds)}::text[])`;
  await sql`
    insert into deadline (key, kind, subject_id, stream_id, planned_at, fire_at, data)
    select 'run-plan:' || t.id || ':' || ${cause.id}::text || ':' || ${cause.version}::text,
           ${RUN_PLAN}, t.id, t.id, ${tx.now}, ${tx.now}, '{}'
    from ticket t
    where (${inTeams} or (${of.withoutTeam} and t.team_id is null))
      and exists (select 1 from run r where r.ticket_id = t.id and r.phase = 'ACTIVE')`.execute(sqlOf(tx.em));
}
