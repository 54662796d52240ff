import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';

const CLI = new URL('../../dist/cli.js', import.meta.url).pathname;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stepdesk-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A command on the embedded database of a folder of its own. */
function stepdesk(args: string[], env: Record<string, string> = {}) {
  const { DATABASE_URL: _, REDIS_URL: __, ...rest } = process.env;
  const child = spawn(process.execPath, [CLI, ...args], {
    env: { ...rest, DATA_DIR: folder, PORT: '0', NODE_ENV: 'development', ...env },
  });
  let [stdout, stderr] = ['', ''];
  const waiting = new Set<() => void>();
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
    for (const look of waiting) look();
  });
  child.stderr.on('data', (chunk) => (stderr += chunk));
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, stdout, stderr })),
  );
  const says = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(stdout);
        if (found) resolve(found[1] ?? found[0]);
      };
      waiting.add(look);
      look();
      void ended.then(() => reject(new Error(`It ended without saying ${pattern}: ${stderr}`)));
    });
  return { child, ended, says };
}

const JWT = /^[\w-]+\.[\w-]+\.[\w-]+\n$/;

test.each(['serve', 'migrate', 'seed', 'token', 'import'])('%s --help says what it does', async (command) => {
  const { code, stdout } = await stepdesk([command, '--help']).ended;
  expect(code).toBe(0);
  expect(stdout).toMatch(new RegExp(`Usage: stepdesk ${command}`));
});

test('serve prints where it answers and tokens that work; commands that need its database say plainly that it is held', async () => {
  const desk = stepdesk(['serve']);
  const url = await desk.says(/answers at (http:\S+)/);
  const printed = await desk.says(/MANAGER \(\S+\)\n(\S+)/);
  const ask = (token: string) =>
    fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: '{ processes { totalCount } tickets { totalCount } }' }),
    }).then((response) => response.json());
  expect(await ask(printed)).toMatchObject({
    data: { processes: { totalCount: 5 }, tickets: { totalCount: 3 } },
  });

  const { stdout: token } = await stepdesk(['token', '--role', 'AGENT']).ended;
  expect(token).toMatch(JWT);
  expect(await ask(token.trim())).toMatchObject({ data: {} });
  const { stdout: named } = await stepdesk([
    'token',
    '--as',
    'quality@demo.stepdesk.example',
    '--expires',
    '2h',
  ]).ended;
  expect(await ask(named.trim())).toMatchObject({ data: {} });

  const held = await stepdesk(['seed']).ended;
  expect(held).toMatchObject({ code: 1, stdout: '' });
  expect(held.stderr).toContain(`in use by process ${desk.child.pid}`);
  expect(held.stderr).not.toContain('    at ');

  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: 'ready' });
  desk.child.kill('SIGTERM');
  expect((await desk.ended).code).toBe(0);

  // What it left can be opened again, and a token outlives the restart.
  expect((await stepdesk(['migrate']).ended).code).toBe(0);
  const again = stepdesk(['serve']);
  const newUrl = await again.says(/answers at (http:\S+)/);
  const response = await fetch(`${newUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${printed}` },
    body: JSON.stringify({ query: '{ tickets { totalCount } }' }),
  });
  expect(await response.json()).toMatchObject({ data: { tickets: { totalCount: 3 } } });
  again.child.kill('SIGKILL');
  await again.ended;
  // Killed without a chance to give the folder back: the next one takes it.
  expect((await stepdesk(['migrate']).ended).code).toBe(0);
}, 120_000);

test('every fault of the environment is named at once', async () => {
  const { code, stderr } = await stepdesk(['migrate'], {
    PORT: 'many',
    REDIS_URL: 'http://x',
    JWT_SECRET: 'short',
  }).ended;
  expect(code).toBe(1);
  for (const name of ['PORT', 'REDIS_URL', 'JWT_SECRET']) expect(stderr).toContain(name);
});

test('token without a person, and import of nothing, say what is missing', async () => {
  expect(await stepdesk(['token']).ended).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining('--role'),
  });
  writeFileSync(join(folder, 'empty.csv'), '');
  const { code, stderr } = await stepdesk(['import', join(folder, 'absent.csv')]).ended;
  expect(code).toBe(1);
  expect(stderr).not.toContain('    at ');
}, 60_000);
