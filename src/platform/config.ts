import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type MailAddress, mailAddress } from './mail/mail-header.rules.js';

/** Every fault of the environment at once, one line each, fit to print to whoever started the desk. */
export class ConfigError extends Error {
  constructor(
    readonly faults: string[],
    options?: ErrorOptions,
  ) {
    super(
      `The configuration has ${faults.length} fault(s):\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
      options,
    );
    this.name = 'ConfigError';
  }
}

const flag = z
  .enum(['true', 'false', '1', '0'], 'must be true or false')
  .transform((text) => text === 'true' || text === '1');
const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((n) => n >= least && n <= most, `must be a whole number from ${least} to ${most}`);
const url = (protocols: string[]) =>
  z.string().refine(
    (text) => {
      const parsed = URL.parse(text);
      return parsed !== null && protocols.includes(parsed.protocol);
    },
    `must be a URL that starts with ${protocols.map((p) => `${p}//`).join(' or ')}`,
  );

/** Origins, as browsers write them, separated by commas; or an asterisk for all. */
const origins = z
  .string()
  .transform((text) => text.split(',').map((origin) => origin.trim()))
  .refine(
    (list) => list.every((origin) => origin === '*' || URL.parse(origin)?.origin === origin),
    'must be * or origins like https://app.example.com, without a path, separated by commas',
  );

/** Room for a reply token behind it: a local part has at most 64 characters (RFC 5321, 4.5.3.1.1). */
const MOST_LOCAL_PART = 30;
const sender = z
  .string()
  .transform((text) => mailAddress(text))
  .refine(
    (address) => address !== null && address.address.indexOf('@') <= MOST_LOCAL_PART,
    `must be an address like support@example.com or Support <support@example.com>, with at most ${MOST_LOCAL_PART} characters before the @`,
  );

const MEBIBYTE = 1024 * 1024;
const DEFAULT_COST = 100_000;
const DEFAULT_RATE = 500_000;

const environment = z.object({
  NODE_ENV: z.string().default('development'),
  HOST: z.string().default('127.0.0.1'),
  PORT: whole(0, 65_535).default(4000),
  PUBLIC_URL: url(['http:', 'https:']).optional(),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: url(['postgres:', 'postgresql:']).optional(),
  MIGRATION_DATABASE_URL: url(['postgres:', 'postgresql:']).optional(),
  DATABASE_POOL: whole(2, 200).default(10),
  REDIS_URL: url(['redis:', 'rediss:']).optional(),
  DEMO: flag.optional(),
  JWT_SECRET: z.string().min(32, 'must be at least 32 characters long').optional(),
  JWKS_URL: url(['http:', 'https:']).optional(),
  JWT_ISSUER: z.string().min(1).default('stepdesk'),
  JWT_AUDIENCE: z.string().min(1).default('stepdesk'),
  SMTP_URL: url(['smtp:', 'smtps:']).optional(),
  MAIL_FROM: sender.optional(),
  INBOUND_SMTP_PORT: whole(0, 65_535).optional(),
  INBOUND_SMTP_HOST: z.string().default('127.0.0.1'),
  TRUSTED_PROXIES: whole(0, 10).default(0),
  REOPEN_DAYS: whole(0, 3650).default(14),
  AUTO_CLOSE_DAYS: whole(1, 3650).default(7),
  LOG_LEVEL: z
    .enum(
      ['trace', 'debug', 'info', 'warn', 'error', 'silent'],
      'must be trace, debug, info, warn, error or silent',
    )
    .default('info'),
  SHUTDOWN_SECONDS: whole(1, 600).default(10),
  EVENT_MONTHS: whole(0, 1200).default(0),
  HEARTBEAT_SECONDS: whole(1, 3600).default(15),
  SOCKETS_PER_PERSON: whole(1, 100_000).default(50),
  SUBSCRIPTIONS_PER_SOCKET: whole(1, 10_000).default(100),
  MAX_REQUESTS: whole(1, 100_000).default(200),
  REQUEST_TIMEOUT_SECONDS: whole(1, 600).default(30),
  STATEMENT_TIMEOUT_SECONDS: whole(1, 600).default(20),
  MAX_FILE_BYTES: whole(1, 100 * MEBIBYTE).default(10 * MEBIBYTE),
  CORS_ORIGINS: origins.default([]),
  TRUSTED_DOCUMENTS: z.string().optional(),
  TRUSTED_DOCUMENTS_ONLY: flag.default(false),
  INTROSPECTION: flag.default(true),
  QUERY_TOKENS: whole(100, 100_000).default(3000),
  QUERY_DEPTH: whole(2, 100).default(15),
  QUERY_COST: whole(100, 100_000_000).default(DEFAULT_COST),
  RATE_LIMIT: whole(100, 1_000_000_000).default(DEFAULT_RATE),
  RATE_WINDOW_SECONDS: whole(1, 86_400).default(60),
});

/** How mail leaves the desk and comes in. */
export interface MailConfig {
  /** The server that takes the desk's mail. Without it the demo keeps mail in its local mailbox. */
  smtpUrl: string | undefined;
  /** Whom mail is from; answers go to the same address with a token added. Always set where mail is sent or taken in. */
  from: MailAddress | undefined;
  /** Where the desk takes mail in; 0 takes any free port, undefined takes none in. */
  inboundPort: number | undefined;
  inboundHost: string;
}

/** What one request may ask for. */
export interface Limits {
  /** Whether the schema may be asked for, and misspelt names are answered with the ones that were meant. */
  introspection: boolean;
  /** Most tokens of a document. */
  tokens: number;
  /** Most levels of fields of an operation. */
  depth: number;
  /** Most that one operation may cost, in objects (docs/limits.md). */
  cost: number;
}

/** How much one caller may ask for in a while, by the cost of what is answered. */
export interface Rate {
  points: number;
  seconds: number;
}

/** How much a node takes on, and for how long. */
export interface Load {
  /** Most GraphQL requests at once. */
  requests: number;
  /** How long one may take before its client is told that it took too long. */
  requestSeconds: number;
  /** How long one statement may take in the database, or wait for a connection to it. */
  statementSeconds: number;
}

/** What a desk is started with. Made once from the environment; nothing else reads `process.env`. */
export interface Config {
  production: boolean;
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** Where people reach the desk, for links in mail. Default: the address it listens on. */
  publicUrl: string | undefined;
  /** Folder of the embedded database and of the demo's secret. */
  dataDir: string;
  /** PostgreSQL; without it the desk runs its embedded one in `dataDir`. */
  databaseUrl: string | undefined;
  /** The same database by the role that owns its tables, where `databaseUrl` is of one that only serves. */
  migrationDatabaseUrl: string | undefined;
  databasePool: number;
  /** Redis, for hints between several nodes; without it hints stay in the process. */
  redisUrl: string | undefined;
  /** Whether demo people and tickets are made and their tokens printed. Default: yes, except in production. */
  demo: boolean;
  jwt: { secret: string | undefined; jwksUrl: string | undefined; issuer: string; audience: string };
  mail: MailConfig;
  /** Origins whose pages may use the API, beside the desk's own. */
  corsOrigins: readonly string[];
  /** A manifest of documents that are known beforehand, and whether nothing else runs. */
  trusted: { path: string | undefined; only: boolean };
  limits: Limits;
  rate: Rate;
  load: Load;
  /** Most bytes of a file that is uploaded. */
  fileBytes: number;
  /** How many proxies stand before the desk: so many entries at the end of X-Forwarded-For are believed. */
  trustedProxies: number;
  /** How many days after closing a ticket may be reopened. */
  reopenDays: number;
  /** How many days after it was resolved a ticket closes by itself. */
  autoCloseDays: number;
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** How long a stop waits for running requests. */
  shutdownSeconds: number;
  /** How many whole months of the event log are kept besides the present one; 0 keeps all. */
  eventMonths: number;
  /** After how long without a delivery a subscriber is told how far the log was read. */
  heartbeatSeconds: number;
  /** How many WebSockets one person may have open on one node. */
  socketsPerPerson: number;
  /** How many subscriptions one WebSocket may carry. */
  subscriptionsPerSocket: number;
}

/** What variables, sound or not, say against one another. */
function faultsBetween(given: Record<string, string | undefined>): string[] {
  const { DEMO, NODE_ENV, JWT_SECRET, JWKS_URL, MAIL_FROM, SMTP_URL, INBOUND_SMTP_PORT } = given;
  const noDemo = DEMO === undefined ? NODE_ENV === 'production' : DEMO === 'false' || DEMO === '0';
  const faults: string[] = [];
  if (JWT_SECRET && JWKS_URL) faults.push('JWT_SECRET and JWKS_URL: set one of them, not both');
  if (noDemo && !JWT_SECRET && !JWKS_URL)
    faults.push(
      'JWT_SECRET or JWKS_URL: one of them is required outside the demo (DEMO=true makes a secret)',
    );
  if (!MAIL_FROM && (SMTP_URL || INBOUND_SMTP_PORT))
    faults.push("MAIL_FROM: required with SMTP_URL and INBOUND_SMTP_PORT, as the desk's own address");
  if (Number(given.QUERY_COST ?? DEFAULT_COST) > Number(given.RATE_LIMIT ?? DEFAULT_RATE))
    faults.push('QUERY_COST: must not exceed RATE_LIMIT, or what it allows could never be asked');
  if (['true', '1'].includes(given.TRUSTED_DOCUMENTS_ONLY ?? '') && !given.TRUSTED_DOCUMENTS)
    faults.push('TRUSTED_DOCUMENTS: required with TRUSTED_DOCUMENTS_ONLY, or nothing could run');
  if (given.MIGRATION_DATABASE_URL && !given.DATABASE_URL)
    faults.push('DATABASE_URL: required with MIGRATION_DATABASE_URL, by the role that serves');
  return faults;
}

/**
 * Reads the environment. An empty variable counts as not set.
 * @throws ConfigError naming every fault at once
 */
export function loadConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environment.safeParse(given);
  const issues = parsed.error?.issues ?? [];
  const faults = [
    ...issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
    ...faultsBetween(given),
  ];
  if (!parsed.success || faults.length > 0) throw new ConfigError(faults);
  const value = parsed.data;
  const production = value.NODE_ENV === 'production';
  const demo = value.DEMO ?? !production;
  return {
    production,
    host: value.HOST,
    port: value.PORT,
    publicUrl: value.PUBLIC_URL?.replace(/\/$/, ''),
    dataDir: value.DATA_DIR,
    databaseUrl: value.DATABASE_URL,
    migrationDatabaseUrl: value.MIGRATION_DATABASE_URL,
    databasePool: value.DATABASE_POOL,
    redisUrl: value.REDIS_URL,
    demo,
    jwt: {
      secret: value.JWT_SECRET,
      jwksUrl: value.JWKS_URL,
      issuer: value.JWT_ISSUER,
      audience: value.JWT_AUDIENCE,
    },
    mail: {
      smtpUrl: value.SMTP_URL,
      from: value.MAIL_FROM ?? undefined,
      inboundPort: value.INBOUND_SMTP_PORT,
      inboundHost: value.INBOUND_SMTP_HOST,
    },
    corsOrigins: value.CORS_ORIGINS,
    trusted: { path: value.TRUSTED_DOCUMENTS, only: value.TRUSTED_DOCUMENTS_ONLY },
    limits: {
      introspection: value.INTROSPECTION,
      tokens: value.QUERY_TOKENS,
      depth: value.QUERY_DEPTH,
      cost: value.QUERY_COST,
    },
    load: {
      requests: value.MAX_REQUESTS,
      requestSeconds: value.REQUEST_TIMEOUT_SECONDS,
      statementSeconds: value.STATEMENT_TIMEOUT_SECONDS,
    },
    rate: { points: value.RATE_LIMIT, seconds: value.RATE_WINDOW_SECONDS },
    fileBytes: value.MAX_FILE_BYTES,
    trustedProxies: value.TRUSTED_PROXIES,
    reopenDays: value.REOPEN_DAYS,
    autoCloseDays: value.AUTO_CLOSE_DAYS,
    logLevel: value.LOG_LEVEL,
    shutdownSeconds: value.SHUTDOWN_SECONDS,
    eventMonths: value.EVENT_MONTHS,
    heartbeatSeconds: value.HEARTBEAT_SECONDS,
    socketsPerPerson: value.SOCKETS_PER_PERSON,
    subscriptionsPerSocket: value.SUBSCRIPTIONS_PER_SOCKET,
  };
}

/** The version of Stepdesk that runs, from package.json. */
export const deskVersion: string = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../package.json', import.meta.url)), 'utf8'),
).version;
