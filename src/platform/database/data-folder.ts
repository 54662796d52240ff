import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The embedded database can be open in one process only, and another one has it. */
export class DataFolderHeld extends Error {
  constructor(folder: string, pid: number) {
    super(
      `The embedded database in ${folder} is in use by process ${pid}. ` +
        'Stop that process first, give this one another DATA_DIR, or use PostgreSQL by DATABASE_URL.',
    );
    this.name = 'DataFolderHeld';
  }
}

/**
 * Takes the data folder for this process, by a file with its process id. A file whose process is gone
 * (kill -9) counts for nothing. Of several that take it at the same instant one gets it.
 * @returns gives the folder back
 * @throws DataFolderHeld
 */
export function holdDataFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'desk.pid');
  const holder = take(file);
  if (holder !== null) throw new DataFolderHeld(folder, holder);
  return () => rmSync(file, { force: true });
}

/**
 * Puts this process's id into a file that no living process has.
 * @returns null, or the living process that has the file, or is about to
 */
function take(file: string): number | null {
  const ours = `${file}.${process.pid}-${randomBytes(6).toString('hex')}`;
  writeFileSync(ours, String(process.pid));
  try {
    for (;;) {
      if (linked(ours, file)) return null;
      const found = look(file);
      if (!found) continue;
      if (found.pid !== process.pid && isAlive(found.pid)) return found.pid;
      // Who is to replace this very file is settled first, in the same way: two that saw the same dead
      // process would otherwise remove, one after the other, each other's file.
      const right = `${file}.${found.made}`;
      const other = take(right);
      if (other !== null) return other;
      const same = look(file)?.made === found.made;
      if (same) renameSync(ours, file);
      rmSync(right, { force: true });
      if (same) return null;
    }
  } finally {
    rmSync(ours, { force: true });
  }
}

/** Gives a file another name where there is nothing of that name: its content is there at once, or not at all. */
function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  }
}

/** The process that a file names, and what tells this file from a later one; null where there is none. */
function look(file: string): { pid: number; made: string } | null {
  try {
    const { ino, mtimeNs } = statSync(file, { bigint: true });
    return { pid: Number(readFileSync(file, 'utf8')), made: `${ino}-${mtimeNs}` };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return null;
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
