import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
 * (kill -9) counts for nothing.
 * @returns gives the folder back
 * @throws DataFolderHeld
 */
export function holdDataFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'desk.pid');
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = Number(readFileSync(file, 'utf8'));
    if (holder !== process.pid && isAlive(holder)) throw new DataFolderHeld(folder, holder);
    rmSync(file, { force: true });
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
