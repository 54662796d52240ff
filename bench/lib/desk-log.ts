import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { TicketFacets } from '../../src/modules/ticket/ticket.facets.js';
import type { Config } from '../../src/platform/config.js';
import type { Database } from '../../src/platform/database/database.js';

/** What is told of one ticket: it was changed, and is in lists by these attributes. */
export interface Fact {
  ticketId: string;
  facets: Partial<TicketFacets>;
}

type Built<File> = Promise<File>;
/** The desk as it was built. */
export const built = {
  app: () => import(dist('app.js')) as Built<typeof import('../../src/app.js')>,
  config: () => import(dist('platform/config.js')) as Built<typeof import('../../src/platform/config.js')>,
  database: () =>
    import(dist('platform/database/database.js')) as Built<
      typeof import('../../src/platform/database/database.js')
    >,
  eventLog: () =>
    import(dist('platform/events/event-log.js')) as Built<
      typeof import('../../src/platform/events/event-log.js')
    >,
};

function dist(file: string): string {
  return new URL(`../../dist/${file}`, import.meta.url).href;
}

export const POSTGRES = process.env.DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres';
export const REDIS = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379';

/** Makes a database for one comparison. @returns its URL, and how it is dropped */
export async function newDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `stepdesk_bench_${randomBytes(4).toString('hex')}`;
  const url = new URL(POSTGRES);
  url.pathname = `/${name}`;
  await statement(POSTGRES, `create database ${name}`);
  return {
    url: url.href,
    drop: async () => void (await statement(POSTGRES, `drop database if exists ${name} with (force)`)),
  };
}

export async function statement(
  url: string,
  text: string,
  values: unknown[] = [],
): Promise<Record<string, string>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** The configuration of a node on that database, with limits that let the load in. */
export async function configOf(databaseUrl: string, more: Record<string, string> = {}): Promise<Config> {
  const { loadConfig } = await built.config();
  return loadConfig({
    PORT: '0',
    DEMO: 'true',
    LOG_LEVEL: 'error',
    // Said to each list that nothing happens in, apart from what is measured.
    HEARTBEAT_SECONDS: '3600',
    JWT_SECRET: 'x'.repeat(32),
    SOCKETS_PER_PERSON: '100000',
    SUBSCRIPTIONS_PER_SOCKET: '10000',
    DATABASE_URL: databaseUrl,
    ...more,
  });
}

/** Appends facts to the log in one transaction, as a mutation does at its end. */
export async function append(database: Database, facts: readonly Fact[]): Promise<void> {
  const { EventLog } = await built.eventLog();
  const occurredAt = new Date();
  const batches = facts.map(({ ticketId, facets }) => ({
    streamId: ticketId,
    events: [{ type: 'TICKET_CHANGED', visibility: 'PUBLIC' as const, data: { changes: [], reason: null } }],
    actorId: null,
    occurredAt,
    change: { before: { ...FACETS, ...facets }, after: { ...FACETS, ...facets } },
  }));
  await database.fork().transactional((em) => EventLog.append(em as never, batches));
}

const FACETS = {
  number: 1,
  status: 'OPEN',
  priority: 'MEDIUM',
  impact: 'MEDIUM',
  urgency: 'MEDIUM',
  channel: 'EMAIL',
  categoryId: null,
  productId: null,
  teamId: null,
  assigneeId: null,
  customerId: 'nobody',
  organizationId: null,
  escalationLevel: 0,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  resolvedAt: null,
  closedAt: null,
};
