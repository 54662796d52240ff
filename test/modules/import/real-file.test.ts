import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { systemContext } from '../../../src/modules/directory/identity.service.js';
import { importFile } from '../../../src/modules/import/import.service.js';
import { Role } from '../../../src/platform/auth/viewer.js';
import { FiguresDocument, type FiguresQuery } from '../../generated/graphql.js';
import { useDesk } from '../../support/desk.js';

const desk = useDesk();
let folder: string;
let file: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stepdesk-import-'));
  file = join(folder, 'tickets.csv');
  writeFileSync(file, gunzipSync(readFileSync('test/data/customer_support_tickets.csv.gz')));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The figures that the README of the data states. */
function expectFigures(figures: FiguresQuery, customers: number) {
  const counts = (rows: { key?: string | null; count: number }[]) =>
    Object.fromEntries(rows.map(({ key, count }) => [key, count]));
  const names = new Map(figures.categories.nodes.map(({ id, name }) => [id, name]));
  expect(figures.tickets.totalCount).toBe(8469);
  expect(counts(figures.byStatus)).toEqual({ OPEN: 2819, PENDING: 2881, CLOSED: 2769 });
  expect(counts(figures.byPriority)).toEqual({ CRITICAL: 2129, HIGH: 2085, MEDIUM: 2192, LOW: 2063 });
  expect(counts(figures.byChannel)).toEqual({ EMAIL: 2143, PHONE: 2132, CHAT: 2073, SOCIAL_MEDIA: 2121 });
  expect(counts(figures.byCategory.map(({ key, count }) => ({ key: names.get(key ?? ''), count })))).toEqual({
    'Refund request': 1752,
    'Technical issue': 1747,
    'Cancellation request': 1695,
    'Product inquiry': 1641,
    'Billing inquiry': 1634,
  });
  expect(figures.customers.totalCount).toBe(customers);
  expect(figures.satisfaction.answered).toBe(2769);
  expect(figures.satisfaction.mean?.toFixed(4)).toBe('2.9913');
  expect(figures.satisfaction.csat?.toFixed(3)).toBe('39.256');
}

const DEMO_CUSTOMERS = 2;

test('the real file is loaded whole, once, and every bad row is reported', async () => {
  const ctx = systemContext(desk.app.desk);
  const rejects = join(folder, 'rejects.csv');
  const summary = await importFile(ctx, { file, rejects });
  expect(summary).toMatchObject({
    rows: 8469,
    imported: 8469,
    alreadyThere: 0,
    remarked: 1365,
    rejected: 0,
    customersMade: 8320,
  });
  const report = readFileSync(rejects, 'utf8');
  expect(report.trim().split('\n')).toHaveLength(1 + 1365);
  const manager = await desk.as(Role.MANAGER);
  expectFigures(await manager.ask(FiguresDocument), 8320 + DEMO_CUSTOMERS);

  const db = desk.app.desk.database.sql;
  const negative = await db
    .selectFrom('ticket')
    .select('id')
    .whereRef('resolved_at', '<', 'first_response_at')
    .execute();
  expect(negative).toEqual([]);
  const kept = await db
    .selectFrom('ticket')
    .select('id')
    .where('imported', 'is not', null)
    .where('resolved_at', 'is', null)
    .execute();
  expect(kept).toHaveLength(1365);

  const state = async () =>
    Promise.all(
      ['ticket', 'customer', 'survey', 'event', 'category', 'product'].map((table) =>
        db.selectFrom(table).selectAll().orderBy('id').execute(),
      ),
    );
  const before = await state();
  expect(await importFile(ctx, { file, rejects })).toMatchObject({
    imported: 0,
    alreadyThere: 8469,
    remarked: 1365,
    customersMade: 0,
  });
  expect(await state()).toEqual(before);
  expect(readFileSync(rejects, 'utf8')).toBe(report);
}, 300_000);

test('killed in the middle and run again, it ends as if nothing had happened', async () => {
  const data = join(folder, 'data');
  const { DATABASE_URL: _, REDIS_URL: __, ...rest } = process.env;
  const env = { ...rest, DATA_DIR: data, PORT: '0', NODE_ENV: 'development' };
  const started = (args: string[]) => {
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    const ended = new Promise<{ code: number | null; said: string }>((resolve) =>
      child.on('close', (code) => resolve({ code, said })),
    );
    const says = (pattern: RegExp) =>
      new Promise<string>((resolve, reject) => {
        child.stdout.on('data', (chunk) => {
          said += chunk;
          const found = pattern.exec(said);
          if (found) resolve(found[1] ?? found[0]);
        });
        void ended.then(() => reject(new Error(`It ended without saying ${pattern}`)));
      });
    return { child, ended, says };
  };
  const dist = new URL('../../../dist/', import.meta.url);
  const halting = `
    const { openDesk } = await import('${dist}app.js');
    const { loadConfig } = await import('${dist}platform/config.js');
    const { systemContext } = await import('${dist}modules/directory/identity.service.js');
    const { importFile } = await import('${dist}modules/import/import.service.js');
    const desk = await openDesk(loadConfig(process.env));
    let batches = 0;
    const onProgress = () => { if (++batches === 7) console.log('halfway'); };
    await importFile(systemContext(desk), { file: '${file}', onProgress });`;
  const first = started(['--input-type=module', '--eval', halting]);
  await first.says(/halfway/);
  first.child.kill('SIGKILL');
  expect((await first.ended).code).toBeNull();

  const cli = new URL('cli.js', dist).pathname;
  const again = started([cli, 'import', file]);
  const adding = again.says(/already there\D*([\d,]+)/i);
  const { code } = await again.ended;
  expect(code).toBe(0);
  expect(Number((await adding).replace(/,/g, ''))).toBeGreaterThan(0);

  const serving = started([cli, 'serve']);
  const url = await serving.says(/answers at (http:\S+)/);
  const token = started([cli, 'token', '--role', 'MANAGER']);
  const manager = await token.says(/(\S+)\n/);
  const { print } = await import('graphql');
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${manager}` },
    body: JSON.stringify({ query: print(FiguresDocument) }),
  });
  expectFigures(((await response.json()) as { data: FiguresQuery }).data, 8320 + DEMO_CUSTOMERS);
  serving.child.kill('SIGTERM');
  await serving.ended;
}, 300_000);
