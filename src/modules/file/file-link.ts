import { createHmac, timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import type { Desk } from '../../platform/context.js';
import type { Database } from '../../platform/database/database.js';

/** What a link lets whoever has it do: read the bytes, or bring them. */
export type Deed = 'GET' | 'PUT';

export const FILES = '/files/';

const keys = new WeakMap<Database, Promise<Buffer>>();

/**
 * The key that links are signed with: made with the database and kept there, so that every node has the
 * same, however the desk's tokens are signed. Whoever reads it could read the files beside it anyway.
 */
function keyOf(database: Database): Promise<Buffer> {
  const known = keys.get(database);
  if (known !== undefined) return known;
  const read = sql<{ key: Uint8Array }>`select key from file_key`
    .execute(database.sql)
    .then(({ rows }) => Buffer.from(rows[0]?.key as Uint8Array));
  keys.set(database, read);
  read.catch(() => keys.delete(database));
  return read;
}

/** @param expires seconds since 1970 */
async function signature(desk: Desk, deed: Deed, id: string, expires: string): Promise<Buffer> {
  const key = await keyOf(desk.database);
  return createHmac('sha256', key).update(`${deed} ${id} ${expires}`).digest();
}

/** An address under which a file can be read or brought until then, by whoever has it. */
export async function linkTo(desk: Desk, deed: Deed, id: string, expiresAt: Date): Promise<string> {
  const expires = String(Math.floor(expiresAt.getTime() / 1000));
  const signed = (await signature(desk, deed, id, expires)).toString('base64url');
  return `${desk.publicUrl}${FILES}${id}?expires=${expires}&signature=${signed}`;
}

/** Whether such an address is the desk's own and works still. Takes as long for every wrong signature. */
export async function isGood(desk: Desk, deed: Deed, id: string, query: URLSearchParams): Promise<boolean> {
  const expires = query.get('expires') ?? '';
  const given = Buffer.from(query.get('signature') ?? '', 'base64url');
  if (!/^\d{1,12}$/.test(expires)) return false;
  const signed = await signature(desk, deed, id, expires);
  if (given.length !== signed.length || !timingSafeEqual(given, signed)) return false;
  return Number(expires) * 1000 > desk.clock.now().getTime();
}
