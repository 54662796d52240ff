import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { model } from '../../src/app.js';
import { loadConfig } from '../../src/platform/config.js';
import { DataFolderHeld, holdDataFolder } from '../../src/platform/database/data-folder.js';
import { openDatabase } from '../../src/platform/database/database.js';

const root = mkdtempSync(join(tmpdir(), 'stepdesk-folder-'));
let folder: string;
let count = 0;
beforeEach(() => {
  count += 1;
  folder = join(root, `desk-${count}`);
});
afterAll(() => rmSync(root, { recursive: true }));

const file = () => join(folder, 'desk.pid');

/** Takes the folder, leaving in it what another process would have written. */
function heldBy(written: string): void {
  holdDataFolder(folder)();
  writeFileSync(file(), written);
}

/** A process that takes each of many folders at a moment that others know, and keeps what it gets. */
class Taker {
  private readonly child: ChildProcess;
  readonly ready: Promise<unknown>;
  readonly held: Promise<string[]>;

  constructor(folders: string[]) {
    const room = pathToFileURL(join(process.cwd(), 'dist/platform/database/data-folder.js')).href;
    const program = `
      import { holdDataFolder } from ${JSON.stringify(room)};
      process.send('ready');
      // Listening keeps it alive: what a process held that has ended is anybody's.
      process.on('message', (start) => {
        const held = [];
        ${JSON.stringify(folders)}.forEach((folder, n) => {
          while (Date.now() < start + n * 4);
          try { holdDataFolder(folder); held.push(folder); } catch (error) {
            if (error.name !== 'DataFolderHeld') throw error;
          }
        });
        process.send(held);
      });`;
    this.child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.ready = once(this.child, 'message');
    this.held = this.ready.then(async () => (await once(this.child, 'message'))[0] as string[]);
  }

  begin(at: number): void {
    this.child.send(at);
  }

  end(): void {
    this.child.kill();
  }
}

describe('the data folder', () => {
  test('is made, taken by a file that names the process, and given back', () => {
    const release = holdDataFolder(folder);
    expect(readFileSync(file(), 'utf8')).toBe(String(process.pid));
    release();
    expect(existsSync(file())).toBe(false);
    holdDataFolder(folder)();
  });

  test('that a living process has is refused in words that say which, and what to do', () => {
    heldBy(String(process.ppid));
    expect(() => holdDataFolder(folder)).toThrow(new DataFolderHeld(folder, process.ppid));
    expect(() => holdDataFolder(folder)).toThrow(
      `The embedded database in ${folder} is in use by process ${process.ppid}. ` +
        'Stop that process first, give this one another DATA_DIR, or use PostgreSQL by DATABASE_URL.',
    );
    expect(readFileSync(file(), 'utf8')).toBe(String(process.ppid));
  });

  test('of a process that is gone is taken over', async () => {
    const gone = spawn(process.execPath, ['-e', '']);
    await once(gone, 'exit');
    heldBy(String(gone.pid));
    const release = holdDataFolder(folder);
    expect(readFileSync(file(), 'utf8')).toBe(String(process.pid));
    release();
  });

  test('of a process that is gone goes to one of several that take it at the same instant', async () => {
    const folders = Array.from({ length: 150 }, (_, n) => join(folder, String(n)));
    for (const each of folders) {
      mkdirSync(each, { recursive: true });
      writeFileSync(join(each, 'desk.pid'), '99999999999');
    }
    const takers = Array.from({ length: 4 }, () => new Taker(folders));
    await Promise.all(takers.map((taker) => taker.ready));
    const start = Date.now() + 200;
    for (const taker of takers) taker.begin(start);
    const held = (await Promise.all(takers.map((taker) => taker.held))).flat();
    for (const taker of takers) taker.end();
    expect(held.sort()).toEqual([...folders].sort());
    for (const each of folders) expect(readdirSync(each)).toEqual(['desk.pid']);
  }, 60_000);

  test.each(['not a number', '0', '-1', '1.5', '99999999999'])(
    "where the file says %j is nobody's",
    (written) => {
      heldBy(written);
      holdDataFolder(folder)();
      expect(existsSync(file())).toBe(false);
    },
  );

  test('is not opened as a database while another process has it', async () => {
    heldBy(String(process.ppid));
    await expect(openDatabase(loadConfig({ DATA_DIR: folder }), model)).rejects.toThrow(DataFolderHeld);
    expect(existsSync(join(folder, 'postgres'))).toBe(false);
  });

  test('is given back when the database is closed, and when it cannot be opened', async () => {
    const database = await openDatabase(loadConfig({ DATA_DIR: folder }), model);
    expect(readFileSync(file(), 'utf8')).toBe(String(process.pid));
    await database.close();
    expect(existsSync(file())).toBe(false);
    writeFileSync(join(folder, 'postgres', 'PG_VERSION'), '9.6\n');
    await expect(openDatabase(loadConfig({ DATA_DIR: folder }), model)).rejects.toThrow();
    expect(existsSync(file())).toBe(false);
  });
});
