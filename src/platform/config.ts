import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type MailAddress, mailAddress } from './mail/mail-header.rules.js';

/** Every fault of the environment at once, one line each, fit to print to whoever started the desk. */
export class ConfigError extends Error {
  constructor(readonly faults: string[]) {
    super(
      `The configuration has ${faults.length} fault(s):\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
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

/** Room for a reply token behind it: a local part has at most 64 characters (RFC 5321, 4.5.3.1.1). */
const MOST_LOCAL_PART = 30;
const sender = z
  .string()
  .transform((text) => mailAddress(text))
  .refine(
    (address) => address !== null && address.address.indexOf('@') <= MOST_LOCAL_PART,
    `must be an address like support@example.com or Support <support@example.com>, with at most ${MOST_LOCAL_PART} characters before the @`,
  );

const environment = z.object({
  NODE_ENV: z.string().default('development'),
  HOST: z.string().default('127.0.0.1'),
  PORT: whole(0, 65_535).default(4000),
  PUBLIC_URL: url(['http:', 'https:']).optional(),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: url(['postgres:', 'postgresql:']).optional(),
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
  databasePool: number;
  /** Redis, for hints between several nodes; without it hints stay in the process. */
  redisUrl: string | undefined;
  /** Whether demo people and tickets are made and their tokens printed. Default: yes, except in production. */
  demo: boolean;
  jwt: { secret: string | undefined; jwksUrl: string | undefined; issuer: string; audience: string };
  mail: MailConfig;
  /** How many proxies stand before the desk: so many entries at the end of X-Forwarded-For are believed. */
  trustedProxies: number;
  /** How many days after closing a ticket may be reopened. */
  reopenDays: number;
  /** How many days after it was resolved a ticket closes by itself. */
  autoCloseDays: number;
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** How long a stop waits for running requests. */
  shutdownSeconds: number;
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
    trustedProxies: value.TRUSTED_PROXIES,
    reopenDays: value.REOPEN_DAYS,
    autoCloseDays: value.AUTO_CLOSE_DAYS,
    logLevel: value.LOG_LEVEL,
    shutdownSeconds: value.SHUTDOWN_SECONDS,
  };
}

/** The version of Stepdesk that runs, from package.json. */
export const deskVersion: string = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../package.json', import.meta.url)), 'utf8'),
).version;
