import { createHash, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Desk } from '../../platform/context.js';
import type { Database } from '../../platform/database/database.js';
import type { File } from './file.entity.js';
import { FileStatus } from './file.vocabulary.js';

/** Bytes of a row: what an upload or a download holds in memory at a time. */
const CHUNK = 256 * 1024;

/** How an upload ended. */
export type Ending =
  | { sha256: string }
  /** More or fewer bytes came than were announced. */
  | 'TOO_LONG'
  | 'TOO_SHORT'
  /** Others brought the bytes first, or the file is gone. */
  | 'TOO_LATE';

/**
 * Keeps the bytes of a file as they come, and makes it STORED with the last of them. Of several that bring
 * it at once one does; nothing is left of the others, nor of one that breaks off. No transaction is open
 * while bytes are waited for.
 */
export async function storeContent(desk: Desk, file: File, body: AsyncIterable<Buffer>): Promise<Ending> {
  const { database } = desk;
  const take = randomUUID();
  let ending: Ending = 'TOO_LATE';
  try {
    const hash = createHash('sha256');
    let size = 0;
    let position = 0;
    for await (const bytes of inChunks(body)) {
      size += bytes.length;
      if (size > file.size) break;
      hash.update(bytes);
      await writeChunk(database, { file_id: file.id, take, position, bytes });
      position += 1;
    }
    if (size !== file.size) ending = size > file.size ? 'TOO_LONG' : 'TOO_SHORT';
    else {
      const sha256 = hash.digest('hex');
      if (await settle(desk, file.id, take, sha256)) ending = { sha256 };
    }
    return ending;
  } finally {
    if (typeof ending === 'string') await dropTake(desk, file.id, take);
  }
}

/** The same bytes in pieces of the size of a row; the last one may be smaller. */
async function* inChunks(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const bytes of body) {
    held.push(bytes);
    size += bytes.length;
    if (size < CHUNK) continue;
    const all = Buffer.concat(held);
    const whole = all.length - (all.length % CHUNK);
    for (let from = 0; from < whole; from += CHUNK) yield all.subarray(from, from + CHUNK);
    held = [all.subarray(whole)];
    size = all.length - whole;
  }
  if (size > 0) yield Buffer.concat(held);
}

/** Bytes go to the database and come back as base64: the embedded one's driver is many times slower with bytes. */
async function writeChunk(
  database: Database,
  { bytes, ...row }: { file_id: string; take: string; position: number; bytes: Buffer },
): Promise<void> {
  const decoded = sql`decode(${bytes.toString('base64')}::text, 'base64')`;
  await database.sql
    .insertInto('file_chunk')
    .values({ ...row, bytes: decoded })
    .execute();
}

/** Says that these are the file's bytes, unless it has some. */
async function settle(desk: Desk, id: string, take: string, sha256: string): Promise<boolean> {
  const settled = await desk.database.sql
    .updateTable('file')
    .set({ status: FileStatus.STORED, take, sha256, stored_at: desk.clock.now() })
    .where('id', '=', id)
    .where('status', '=', FileStatus.PENDING)
    .returning('id')
    .executeTakeFirst();
  return settled !== undefined;
}

/** What can't be dropped now goes when it is looked whether the file is used. */
async function dropTake({ database, log }: Desk, fileId: string, take: string): Promise<void> {
  try {
    await database.sql
      .deleteFrom('file_chunk')
      .where('file_id', '=', fileId)
      .where('take', '=', take)
      .execute();
  } catch (error) {
    log.warn({ err: error, file: fileId }, 'What is left of an upload could not be dropped yet');
  }
}

/** The bytes of a STORED file, piece by piece. */
export async function* contentOf(database: Database, { id, take }: File): AsyncGenerator<Uint8Array> {
  for (let position = 0; ; position += 1) {
    const row = await database.sql
      .selectFrom('file_chunk')
      .select(sql<string>`encode(bytes, 'base64')`.as('bytes'))
      .where('file_id', '=', id)
      .where('take', '=', take)
      .where('position', '=', position)
      .executeTakeFirst();
    if (!row) return;
    yield Buffer.from(row.bytes, 'base64');
  }
}
