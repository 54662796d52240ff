import type { Desk } from '../../platform/context.js';
import { sqlOf } from '../../platform/database/database.js';
import { rowsOf } from '../../platform/database/rows.js';
import { File } from './file.entity.js';
import { contentOf } from './file-content.store.js';

/** The bytes of a file, piece by piece, for the desk itself; none where it is gone. */
export async function* bytesOf({ database }: Desk, id: string): AsyncGenerator<Uint8Array> {
  const em = database.fork();
  const reader = rowsOf(em, File);
  const rows = await sqlOf(em)
    .selectFrom('file as f')
    .where('f.id', '=', id)
    .select(reader.select('f'))
    .execute();
  const [file] = reader.read(rows);
  if (file) yield* contentOf(database, file);
}
