import { deadlineHandlers } from './deadlines.js';
import { appendOnly, entities } from './entities.js';
import { migrations } from './migrations/migrations.js';
import { findKey } from './modules/directory/api-key.query.js';
import { findViewers, systemContext } from './modules/directory/identity.service.js';
import { bytesOf } from './modules/file/content.query.js';
import { fileRoutes } from './modules/file/file.route.js';
import { keysOfEvent } from './modules/live/live-keys.rules.js';
import { noteDelivery } from './modules/message/delivery.service.js';
import { takeMail } from './modules/message/inbound.service.js';
import { portalRoutes } from './modules/portal/portal.route.js';
import { processSchemaRoute } from './modules/process/process-schema.route.js';
import { Authenticator } from './platform/auth/authenticator.js';
import { tokensFor } from './platform/auth/secret.js';
import type { Tokens } from './platform/auth/token.js';
import { type Clock, systemClock } from './platform/clock.js';
import { type Config, deskVersion } from './platform/config.js';
import type { Desk } from './platform/context.js';
import { type Database, openDatabase } from './platform/database/database.js';
import { migrate } from './platform/database/migrate.js';
import { Sweeper } from './platform/deadlines/sweeper.js';
import { EventLog } from './platform/events/event-log.js';
import { localHint, redisHint } from './platform/events/hint.js';
import { LiveHub } from './platform/events/live-hub.js';
import { LogUpkeep } from './platform/events/log-upkeep.js';
import { Tailer } from './platform/events/tailer.js';
import { Documents } from './platform/graphql/documents.js';
import { readTrustedDocuments } from './platform/graphql/trusted-documents.js';
import { apolloServer } from './platform/http/apollo.js';
import { graphiqlRoutes } from './platform/http/graphiql.route.js';
import { graphqlRoute } from './platform/http/graphql.route.js';
import { healthz, readyz } from './platform/http/health.route.js';
import { homeRoute } from './platform/http/home.route.js';
import { closeServer, httpServer, listen, type Routes } from './platform/http/server.js';
import { webSocketServer } from './platform/http/websocket.js';
import { LiveDelivery } from './platform/live/live-delivery.js';
import { LiveViewers } from './platform/live/live-viewers.js';
import { createLog } from './platform/log.js';
import { startMail } from './platform/mail/mail-rooms.js';
import { mailboxRoutes } from './platform/mail/mailbox.route.js';
import { hasLocalMailbox } from './platform/mail/outbox.js';
import { localBoard, redisBoard } from './platform/presence/presence-board.js';
import { rateLimiter } from './platform/rate-limiter.js';
import { shippedProcesses } from './processes/processes.js';
import { makeSchema } from './schema.js';
import { prepareBasics } from './seed/basics.js';
import { seedDemo } from './seed/demo.js';

/** One running node. */
export interface App {
  /** Where it answers, without a slash at the end. */
  url: string;
  desk: Desk;
  tokens: Tokens;
  /** Where it takes mail in; null where it takes none. */
  inboundPort: number | null;
  /** Ends what runs, tells live clients to come back, and closes everything. */
  stop(): Promise<void>;
}

/** What a start may be given instead of what the configuration says. */
export interface Parts {
  clock?: Clock;
  database?: Database;
}

/** The entities and migrations that a desk's database is opened with. */
export const model = { entities, migrations, appendOnly };

/** Composes a node of everything, and starts it. Nothing else composes. */
export async function start(config: Config, parts: Parts = {}): Promise<App> {
  const schema = await makeSchema();
  const documents = new Documents(schema, config.limits);
  const trusted = readTrustedDocuments(config.trusted, documents);
  const desk = await openDesk(config, parts);
  const { database, hub, hint, log, eventLog } = desk;
  const tokens = tokensFor(config, log);
  const authenticator = new Authenticator(tokens, database, findViewers, findKey);
  const viewers = new LiveViewers(authenticator, eventLog, log);
  const delivery = new LiveDelivery(hub, eventLog, config.heartbeatSeconds * 1000, log);
  const tailer = new Tailer(eventLog, hub, hint, log, (events, readUpTo) => viewers.heed(events, readUpTo));
  const upkeep = new LogUpkeep(database, config.eventMonths, log);
  await tailer.start();
  const limiter = rateLimiter(config, eventLog.id, log);
  const apollo = apolloServer(schema, documents, limiter, desk);
  await apollo.start();
  let stopping = false;
  const routes: Routes = {
    '/': homeRoute({ demo: config.demo, version: deskVersion, processes: shippedProcesses }),
    ...graphiqlRoutes(),
    '/graphql': graphqlRoute({ apollo, documents, trusted, authenticator, limiter, desk }),
    '/process.schema.json': processSchemaRoute(),
    '/healthz': healthz,
    '/readyz': readyz(desk, () => stopping),
    ...portalRoutes(desk),
    ...fileRoutes(desk),
    ...(hasLocalMailbox({ desk }) ? mailboxRoutes(desk) : {}),
  };
  const server = httpServer(routes, log);
  const sockets = webSocketServer(
    server,
    authenticator,
    { schema, documents, trusted, limiter, desk },
    { delivery, viewers },
  );
  const url = addressOf(config.host, await listen(server, config.host, config.port));
  desk.publicUrl = config.publicUrl ?? url;
  // Only now: what fires may write links to where the desk answers.
  const sweeper = new Sweeper(desk, deadlineHandlers);
  sweeper.start();
  viewers.start();
  delivery.start();
  upkeep.start();
  const mail = await startMail(desk, {
    onDelivery: noteDelivery,
    contentOf: (id) => bytesOf(desk, id),
    onMail: async (received) => void (await takeMail(systemContext(desk), received)),
  });
  return {
    url,
    desk,
    tokens,
    inboundPort: mail.inboundPort,
    stop: async () => {
      stopping = true;
      const swept = sweeper.stop();
      const mailed = mail.stop();
      const closed = closeServer(server, config.shutdownSeconds);
      await sockets.close();
      await closed;
      await mailed;
      await apollo.stop();
      await Promise.all([swept, viewers.stop(), upkeep.stop()]);
      delivery.stop();
      limiter.close();
      await closeDesk(desk, () => tailer.stop());
    },
  };
}

/**
 * A desk without its servers: what commands work on. The schema is up to date, the shipped processes
 * are published, the demo has its people, and the log is open.
 */
export async function openDesk(config: Config, parts: Parts = {}): Promise<Desk> {
  const log = createLog(config);
  const database = parts.database ?? (await openDatabase(config, model));
  const owner = config.migrationDatabaseUrl
    ? await openDatabase({ ...config, databaseUrl: config.migrationDatabaseUrl }, model)
    : null;
  const prepare = async () => {
    const eventLog = await EventLog.open(database);
    const hint = config.redisUrl ? redisHint(config.redisUrl, eventLog.id, log) : localHint();
    const publicUrl = config.publicUrl ?? addressOf(config.host, config.port);
    const clock = parts.clock ?? systemClock;
    const presence = config.redisUrl
      ? redisBoard(config.redisUrl, eventLog.id, clock, log)
      : localBoard(clock);
    const hub = new LiveHub(eventLog, keysOfEvent);
    const desk = { config, clock, log, database, eventLog, hub, hint, presence, publicUrl };
    const ctx = systemContext(desk);
    await prepareBasics(ctx);
    if (config.demo) await seedDemo(ctx);
    return desk;
  };
  try {
    return await migrate({ database, owner }, model, prepare);
  } catch (error) {
    await database.close();
    throw error;
  } finally {
    await owner?.close();
  }
}

/** The URL of a host, which may be an IPv6 address, and a port. */
function addressOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

export async function closeDesk(
  desk: Desk,
  stopTailing: () => Promise<void> = async () => undefined,
): Promise<void> {
  await desk.hub.close();
  await stopTailing();
  await desk.hint.close();
  await desk.presence.close();
  await desk.database.close();
}
