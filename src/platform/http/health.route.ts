import { sql } from 'kysely';
import type { Desk } from '../context.js';
import { type Handler, sendJson } from './respond.js';

/** Whether the process lives: what restarts it otherwise. Asks nothing of anyone. */
export const healthz: Handler = (_request, response) => sendJson(response, 200, { status: 'ok' });

/** Whether it should get requests: the database answers and the node isn't stopping. */
export function readyz(desk: Desk, stopping: () => boolean): Handler {
  return async (_request, response) => {
    if (stopping()) return sendJson(response, 503, { status: 'stopping' });
    const answered = await Promise.race([
      sql`select 1`.execute(desk.database.sql).then(
        ({ rows }) => rows.length === 1,
        () => false,
      ),
      new Promise<boolean>((resolve) => setTimeout(resolve, 2000, false).unref()),
    ]);
    sendJson(response, answered ? 200 : 503, { status: answered ? 'ready' : 'database does not answer' });
  };
}
