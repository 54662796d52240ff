import { sql } from 'kysely';
import { type EntityManager, sqlOf } from '../../platform/database/database.js';
import { type Deputy, withSecondLevel } from './deputy.rules.js';

/**
 * Who acts for whom directly, at some time from `from` until before `until`: stand-ins of the absent, and
 * delegates. One moment: give it as both.
 * @param known what was said later does not count
 */
export async function directDeputies(
  em: EntityManager,
  from: Date,
  until: Date,
  known: Date,
): Promise<Deputy[]> {
  const { rows } = await sql<Deputy>`
    select agent_id as "ownerId", stand_in_id as "deputyId", true as absent from absence
    where stand_in_id is not null and starts_at <= ${until} and ends_at > ${from} and created_at <= ${known}
    union all
    select owner_id, delegate_id, false from approval_delegation
    where starts_at <= ${until} and ends_at > ${from} and created_at <= ${known}`.execute(sqlOf(em));
  return rows.map(({ ownerId, deputyId, absent }) => ({ ownerId, deputyId, absent }));
}

/** Who acts for whom at a moment, as it was known then; also for those whose deputy is absent in turn. Few, whatever the desk. */
export async function deputiesAt(em: EntityManager, now: Date): Promise<Deputy[]> {
  return withSecondLevel(await directDeputies(em, now, now, now));
}
