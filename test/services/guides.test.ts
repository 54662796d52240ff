import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { Role } from '../../src/platform/auth/viewer.js';
import { CreateApiKeyDocument } from '../generated/graphql.js';
import { useDesk } from '../support/desk.js';

/** The commands of README and the guides, as they stand there, against a desk on a real PostgreSQL. */
const root = join(import.meta.dirname, '../..');
const secret = 'what only the tests of the guides know';
const desk = useDesk({ JWT_SECRET: secret });
const folder = mkdtempSync(join(tmpdir(), 'stepdesk-guides-'));
let env: Record<string, string>;
let restored: pg.Client;

beforeAll(async () => {
  const agent = await desk.as(Role.AGENT);
  const input = {
    name: 'Shop',
    scopes: ['READ' as const, 'WORK' as const],
    expiresAt: '2099-01-01T00:00:00Z',
  };
  const { createApiKey } = await agent.ask(CreateApiKeyDocument, { input });
  const database = desk.app.desk.config.databaseUrl as string;
  const name = `${new URL(database).pathname.slice(1)}_restored`;
  const server = new pg.Client({ connectionString: process.env.DATABASE_URL as string });
  await server.connect();
  await server.query(`create database ${name}`);
  await server.end();
  const url = new URL(database);
  url.pathname = `/${name}`;
  restored = new pg.Client({ connectionString: url.href });
  env = {
    PATH: process.env.PATH as string,
    HOME: folder,
    DATABASE_URL: database,
    RESTORE_URL: url.href,
    JWT_SECRET: secret,
    DEMO: 'true',
    DATA_DIR: folder,
    DESK: desk.app.url,
    KEY: createApiKey.secret as string,
  };
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  const name = restored.database;
  await restored.end();
  const server = new pg.Client({ connectionString: process.env.DATABASE_URL as string });
  await server.connect();
  await server.query(`drop database if exists ${name}`);
  await server.end();
});

/** Runs the shell blocks of a guide, one after the other in one shell, from a folder with what a checkout has. */
async function run(guide: string, about = /./): Promise<string> {
  const text = readFileSync(join(root, guide), 'utf8');
  const blocks = [...text.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block as string);
  const script = blocks
    .filter((block) => about.test(block))
    .join('\n')
    // The desk of the test has another port, and its commands are built already.
    .replaceAll('http://127.0.0.1:4000', desk.app.url)
    .replaceAll('npm run -s stepdesk --', 'node dist/cli.js')
    .replaceAll('dist/cli.js', join(root, 'dist/cli.js'));
  expect(script).not.toBe('');
  const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], {
    env,
    cwd: folder,
  });
  return stdout;
}

test("README's first session creates a ticket, starts a process and does its first step", async () => {
  const said = await run('README.md', /ask/);
  const answers = said.split('\n').filter(Boolean);
  const [started, completed, decided] = answers.map((line) => JSON.parse(line).data);
  expect(started.startRun.userErrors).toEqual([]);
  expect(completed.completeStep).toMatchObject({
    run: { steps: expect.arrayContaining([expect.objectContaining({ phase: 'COMPLETED' })]) },
    userErrors: [],
  });
  // It waits for the steps that the text leaves to the reader.
  expect(decided.decideApproval.userErrors).toEqual([expect.objectContaining({ code: 'STEP_NOT_READY' })]);
}, 60_000);

test('an integration signs in by its key, and what it sends twice happens once', async () => {
  const answers = (await run('docs/integrations.md')).trim();
  expect(answers).toContain('"viewer":{"roles":["AGENT"]}');
  const made = [...answers.matchAll(/"createTicket":(\{"ticket":\{"number":\d+\},"userErrors":\[\]\})/g)];
  expect(made).toHaveLength(2);
  expect(made[0]?.[1]).toBe(made[1]?.[1]);
});

test('an operator sets up, looks whether it is well, backs up and restores', async () => {
  const said = await run('docs/operations.md');
  expect(said).toContain('The schema is up to date.\nDone.\n');
  expect(said).toContain('{"status":"ready"}');
  await restored.connect();
  const tickets = 'select count(*)::int as n from ticket';
  const { rows } = await restored.query(tickets);
  expect(rows[0].n).toBeGreaterThanOrEqual(4);
}, 60_000);
