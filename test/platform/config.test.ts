import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { tokensFor } from '../../src/platform/auth/secret.js';
import { ConfigError, deskVersion, loadConfig } from '../../src/platform/config.js';

const SECRET = 'x'.repeat(32);

/** What is wrong with an environment, fault by fault. */
function faults(env: Record<string, string>): string[] {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.faults;
  }
}

describe('the configuration', () => {
  test('has a default for everything: a demo on this machine, with its database in a folder', () => {
    expect(loadConfig({})).toEqual({
      production: false,
      host: '127.0.0.1',
      port: 4000,
      publicUrl: undefined,
      dataDir: '.data',
      databaseUrl: undefined,
      databasePool: 10,
      redisUrl: undefined,
      demo: true,
      jwt: { secret: undefined, jwksUrl: undefined, issuer: 'stepdesk', audience: 'stepdesk' },
      reopenDays: 14,
      autoCloseDays: 7,
      mail: { smtpUrl: undefined, from: undefined, inboundHost: '127.0.0.1', inboundPort: undefined },
      corsOrigins: [],
      trusted: { path: undefined, only: false },
      limits: { introspection: true, tokens: 3000, depth: 15, cost: 100_000 },
      load: { requests: 200, requestSeconds: 30, statementSeconds: 20 },
      rate: { points: 500_000, seconds: 60 },
      fileBytes: 10_485_760,
      trustedProxies: 0,
      logLevel: 'info',
      shutdownSeconds: 10,
      eventMonths: 0,
      heartbeatSeconds: 15,
      socketsPerPerson: 50,
      subscriptionsPerSocket: 100,
    });
  });

  test('takes what is given, and an empty variable for none', () => {
    const given = {
      PORT: '0',
      HOST: '::1',
      PUBLIC_URL: 'https://desk.example/',
      REOPEN_DAYS: '0',
      DEMO: '0',
      JWT_SECRET: SECRET,
    };
    expect(
      loadConfig({ ...given, DATABASE_URL: '', LOG_LEVEL: '', SHUTDOWN_SECONDS: undefined }),
    ).toMatchObject({
      port: 0,
      host: '::1',
      publicUrl: 'https://desk.example',
      reopenDays: 0,
      demo: false,
      databaseUrl: undefined,
      logLevel: 'info',
      shutdownSeconds: 10,
    });
  });

  test('that is wrong says all that is wrong at once, one line each, and not the values', () => {
    const wrong = {
      PORT: '65536',
      DATABASE_URL: 'mysql://root:hunter2@localhost',
      DATABASE_POOL: '1',
      REDIS_URL: 'localhost:6379',
      DEMO: 'yes',
      JWT_SECRET: 'too short hunter2',
      JWKS_URL: 'keys.example',
      REOPEN_DAYS: '-1',
      LOG_LEVEL: 'loud',
      SHUTDOWN_SECONDS: '1.5',
      PUBLIC_URL: 'ftp://desk.example',
      CORS_ORIGINS: 'https://app.example/path',
      RATE_LIMIT: '1000',
      TRUSTED_DOCUMENTS_ONLY: 'true',
    };
    expect(faults(wrong).sort()).toEqual([
      'CORS_ORIGINS: must be * or origins like https://app.example.com, without a path, separated by commas',
      'DATABASE_POOL: must be a whole number from 2 to 200',
      'DATABASE_URL: must be a URL that starts with postgres:// or postgresql://',
      'DEMO: must be true or false',
      'JWKS_URL: must be a URL that starts with http:// or https://',
      'JWT_SECRET and JWKS_URL: set one of them, not both',
      'JWT_SECRET: must be at least 32 characters long',
      'LOG_LEVEL: must be trace, debug, info, warn, error or silent',
      'PORT: must be a whole number from 0 to 65535',
      'PUBLIC_URL: must be a URL that starts with http:// or https://',
      'QUERY_COST: must not exceed RATE_LIMIT, or what it allows could never be asked',
      'REDIS_URL: must be a URL that starts with redis:// or rediss://',
      'REOPEN_DAYS: must be a whole number from 0 to 3650',
      'SHUTDOWN_SECONDS: must be a whole number from 1 to 600',
      'TRUSTED_DOCUMENTS: required with TRUSTED_DOCUMENTS_ONLY, or nothing could run',
    ]);
    expect(() => loadConfig({ PORT: 'x', DEMO: 'y' })).toThrow(
      'The configuration has 2 fault(s):\n  - PORT: must be a whole number from 0 to 65535\n  - DEMO: must be true or false',
    );
    expect(faults(wrong).join()).not.toContain('hunter2');
  });

  test.each<[string, Record<string, string>, string[]]>([
    [
      'production makes no demo, so tokens need a key',
      { NODE_ENV: 'production' },
      ['JWT_SECRET or JWKS_URL'],
    ],
    ['so does a desk without the demo', { DEMO: 'false' }, ['JWT_SECRET or JWKS_URL']],
    ['a demo in production is one where somebody says so', { NODE_ENV: 'production', DEMO: 'true' }, []],
    ['a secret is enough', { NODE_ENV: 'production', JWT_SECRET: SECRET }, []],
    ['published keys are', { NODE_ENV: 'production', JWKS_URL: 'https://id.example/keys' }, []],
    [
      'an owner migrates for somebody who serves',
      { MIGRATION_DATABASE_URL: 'postgres://owner@db/desk' },
      ['DATABASE_URL'],
    ],
    [
      'both are one too many',
      { JWT_SECRET: SECRET, JWKS_URL: 'https://id.example/keys' },
      ['JWT_SECRET and JWKS_URL'],
    ],
  ])('%s', (_, env, wanted) => {
    expect(faults(env).map((fault) => fault.split(':')[0])).toEqual(wanted);
  });

  test('knows which Stepdesk it is', () => {
    expect(deskVersion).toMatch(/^\d+\.\d+\.\d+/);
  });
});

describe("the demo's secret", () => {
  const folder = mkdtempSync(join(tmpdir(), 'stepdesk-config-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const desk = (name: string, env = {}) => tokensFor(loadConfig({ DATA_DIR: join(folder, name), ...env }));

  test('is made once, kept for its owner alone, and outlives a restart', async () => {
    const token = await desk('one').sign('agent@demo.stepdesk.example', '1 hour');
    const file = join(folder, 'one', 'jwt-secret');
    const secret = readFileSync(file, 'utf8');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(secret.length).toBeGreaterThanOrEqual(43);
    expect(await desk('one').verify(token)).toMatchObject({ subject: 'agent@demo.stepdesk.example' });
    expect(readFileSync(file, 'utf8')).toBe(secret);
  });

  test("is another desk's own", async () => {
    const token = await desk('two').sign('admin@demo.stepdesk.example', '1 hour');
    await expect(desk('three').verify(token)).rejects.toThrow('The token is not valid for this desk.');
    expect(readFileSync(join(folder, 'two', 'jwt-secret'))).not.toEqual(
      readFileSync(join(folder, 'three', 'jwt-secret')),
    );
  });

  test('is not made where there is a secret already', async () => {
    await desk('four', { JWT_SECRET: SECRET }).sign('a@example.com', '1 hour');
    expect(() => statSync(join(folder, 'four'))).toThrow('ENOENT');
  });
});
