import DataLoader from 'dataloader';
import type { Pool } from 'pg';

/** A row of any of the tables; what isn't asked for is as it came. */
export type Row = Record<string, never>;

export interface StockContext {
  pool: Pool;
  /** Teams whose tickets the subscriber may not see. */
  barredTeamIds: string[];
}

/** The same statements as the desk's own loaders send, on `pg` itself. */
export function loadersOf(pool: Pool, barredTeamIds: string[]) {
  const barred = barredTeamIds.map((_, index) => `$${index + 2}`).join(', ');
  const seen = barredTeamIds.length > 0 ? `and (team_id is null or team_id not in (${barred}))` : '';
  return {
    ticket: byId(pool, `select * from ticket where id = any($1) ${seen}`, barredTeamIds),
    customer: byId(pool, 'select * from customer where id = any($1)'),
    agent: byId(pool, 'select * from agent where id = any($1)'),
    team: byId(pool, 'select * from team where id = any($1)'),
  };
}

function byId(pool: Pool, text: string, more: string[] = []) {
  return new DataLoader<string, Row | null>(async (ids) => {
    const { rows } = await pool.query(text, [ids, ...more]);
    const found = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => found.get(id) ?? null);
  });
}
