import { sql } from 'kysely';
import type { KnownKey } from '../../platform/auth/api-key.js';
import { hasRole, type KeyScope, Role } from '../../platform/auth/viewer.js';
import { type Context, inOrder, type Loader } from '../../platform/context.js';
import { type Database, sqlOf } from '../../platform/database/database.js';
import { rowsOf } from '../../platform/database/rows.js';
import { type Connection, type PageArgs, page } from '../../platform/graphql/connection.js';
import { SortDirection } from '../../platform/graphql/filters.js';
import { registerNode } from '../../platform/graphql/node.js';
import { ApiKey } from './api-key.entity.js';

/** How exactly the last use of a key is noted, in milliseconds: not every request is to write. */
const NOTED_EVERY = 60_000;

/** A key by its hash. That it is used is noted, at most once a minute. */
export async function findKey(database: Database, hash: string): Promise<KnownKey | null> {
  const db = database.sql;
  const row = await db
    .selectFrom('api_key')
    .select(['id', 'expires_at', 'revoked_at', 'last_used_at'])
    .where('hash', '=', hash)
    .executeTakeFirst();
  if (!row) return null;
  const expiresAt = row.expires_at && new Date(row.expires_at);
  const known = { id: row.id as string, expiresAt, revoked: row.revoked_at !== null };
  const now = new Date();
  const before = new Date(now.getTime() - NOTED_EVERY);
  const works = !known.revoked && (expiresAt === null || expiresAt > now);
  if (works && (row.last_used_at === null || new Date(row.last_used_at) <= before))
    await db
      .updateTable('api_key')
      .set({ last_used_at: now })
      .where('id', '=', known.id)
      .where((eb) => eb.or([eb('last_used_at', 'is', null), eb('last_used_at', '<=', before)]))
      .execute();
  return known;
}

/** Whose they are and what for, of those of these keys that work now. */
export async function usableKeys(
  database: Database,
  ids: readonly string[],
): Promise<Map<string, { agentId: string; scopes: KeyScope[] }>> {
  const rows = await database.sql
    .selectFrom('api_key')
    .select(['id', 'agent_id', 'scopes'])
    .where('id', 'in', ids)
    .where('revoked_at', 'is', null)
    .where(sql<boolean>`(expires_at is null or expires_at > ${new Date()})`)
    .execute();
  return new Map(rows.map((row) => [row.id, { agentId: row.agent_id, scopes: row.scopes }]));
}

/** The keys that the viewer may see, as a query on `api_key as k`: one's own; administrators everybody's. */
function visibleKeys(ctx: Context) {
  const query = sqlOf(ctx.em).selectFrom('api_key as k');
  return hasRole(ctx.viewer, Role.ADMIN) ? query : query.where('k.agent_id', '=', ctx.viewer.id ?? '');
}

export const apiKeyById: Loader<string, ApiKey> = {
  load: async (ctx, ids) => {
    const reader = rowsOf(ctx.em, ApiKey);
    const rows = await visibleKeys(ctx).where('k.id', 'in', ids).select(reader.select('k')).execute();
    return inOrder(ids, reader.read(rows), (key) => key.id);
  },
};
registerNode('apikey', 'ApiKey', apiKeyById);

/** A page of the keys that the viewer may see, the newest first. */
export function listApiKeys(
  ctx: Context,
  agentId: string | null,
  args: PageArgs,
): Promise<Connection<ApiKey>> {
  const reader = rowsOf(ctx.em, ApiKey);
  const query = visibleKeys(ctx);
  return page(
    agentId === null ? query : query.where('k.agent_id', '=', agentId),
    [{ column: 'k.id', property: 'id', direction: SortDirection.DESC, type: 'text' }],
    args,
    async (selected) => reader.read(await selected.select(reader.select('k')).execute()),
  );
}
