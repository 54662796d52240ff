import type { Server } from 'node:http';
import {
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
} from 'graphql';
import { WebSocketServer } from 'ws';
import { type Authenticator, bearer } from '../auth/authenticator.js';
import { AuthenticationError } from '../auth/token.js';
import { anonymous } from '../auth/viewer.js';
import { Context } from '../context.js';
import { mapEach } from '../events/map-each.js';
import { failureOf } from '../failure.rules.js';
import { formatError } from '../graphql/error-format.js';
import { Line } from '../live/line.js';
import type { LiveDelivery } from '../live/live-delivery.js';
import { LiveStream } from '../live/live-stream.js';
import type { LiveViewer, LiveViewers } from '../live/live-viewers.js';
import { lastingVariables, Operation } from '../live/operation.js';
import { Outlet, TRY_AGAIN_LATER } from '../live/outlet.js';
import { isWelcome } from './cross-origin.js';
import { speakGraphQL } from './graphql-socket.js';
import { type Admitting, admitSubscription } from './subscription-request.js';

const PATH = '/graphql';
const MOST_PAYLOAD = 64 * 1024;

interface Session {
  person: LiveViewer;
  line: Line;
  open: number;
  expiry: NodeJS.Timeout;
}

/** What `subscribe` is told beside what graphql-js asks for. */
interface LiveArgs extends ExecutionArgs {
  contextValue: Context;
  subscriber: { line: Line; id: string; key: string; person: LiveViewer };
}

/**
 * GraphQL subscriptions over WebSocket (graphql-transport-ws). The token comes in `connectionParams`
 * (`authorization: Bearer …`). Close codes: 4401 without a good token, 4403 when it has expired or its person
 * is gone, 1012 when the node stops, 1013 for a client that reads too slowly or has too many sockets; clients
 * do well to reconnect after the last three.
 */
export function webSocketServer(
  server: Server,
  authenticator: Authenticator,
  admitting: Admitting,
  live: { delivery: LiveDelivery; viewers: LiveViewers },
) {
  const { desk, schema } = admitting;
  const { config } = desk;
  // permessage-deflate off: deliveries are written past it (see `Line`).
  const sockets = new WebSocketServer({
    server,
    path: PATH,
    maxPayload: MOST_PAYLOAD,
    perMessageDeflate: false,
    verifyClient: ({ req }, answer) => {
      const welcome = isWelcome(req.headers, { publicUrl: desk.publicUrl, origins: config.corsOrigins });
      answer(welcome, 403, 'Pages of this origin may not open a socket here');
    },
  });
  const mask = (error: unknown) => formatError(error, desk.log);
  speakGraphQL<{ session: Session }>(
    {
      onConnect: async ({ connectionParams, extra }) => {
        const { socket } = extra;
        try {
          const claims = await authenticator.claims(tokenOf(connectionParams) ?? '');
          const gone = () => socket.close(4403, 'The token stands for nobody any more');
          const person = await live.viewers.enter(claims.subject, gone);
          // Counted once it is among them: many may come at the same moment.
          if (live.viewers.countOf(claims.subject) > config.socketsPerPerson) {
            live.viewers.leave(person);
            socket.close(TRY_AGAIN_LATER, `At most ${config.socketsPerPerson} sockets a person`);
            return false;
          }
          const left = claims.expiresAt * 1000 - Date.now();
          const expire = () => socket.close(4403, 'The token has expired');
          const expiry = setTimeout(expire, Math.min(left, 2 ** 31 - 1)).unref();
          extra.session = { person, line: new Line(socket), open: 0, expiry };
          if (socket.readyState !== socket.OPEN) leave(extra.session);
          return true;
        } catch (error) {
          if (!(error instanceof AuthenticationError)) {
            // Not the client's doing. Thrown, it would close 4500, after which clients don't come back.
            const level = failureOf(error) ? 'warn' : 'error';
            desk.log[level](
              { err: error },
              'A socket could not be signed in; its client is told to come back',
            );
            socket.close(TRY_AGAIN_LATER, 'You could not be signed in just now; try again later');
          } else if (error.expired) socket.close(4403, 'The token has expired');
          else socket.close(4401, 'Send a valid token in connectionParams.authorization');
          return false;
        }
      },
      onSubscribe: async ({ extra }, id, payload) => {
        const session = extra.session as Session;
        if (session.open >= config.subscriptionsPerSocket)
          return [
            new GraphQLError(`One socket has at most ${config.subscriptionsPerSocket} subscriptions.`, {
              extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' },
            }),
          ];
        // Before anything is awaited: many may be asked for at the same moment.
        session.open += 1;
        const admitted = await admitSubscription(
          admitting,
          payload,
          session.person.viewer.id ?? session.person.subject,
        );
        if (!('document' in admitted)) {
          session.open -= 1;
          return admitted;
        }
        const { text, document, operation } = admitted;
        const { variables, operationName } = payload;
        const { person, line } = session;
        const lasting = lastingVariables(operation, document, variables ?? undefined);
        const key = JSON.stringify([text, operationName ?? null, lasting]);
        return {
          schema,
          document,
          variableValues: variables,
          operationName,
          contextValue: await new Context(desk, anonymous, undefined, async () => person.viewer).renew(),
          subscriber: { line, id, key, person },
        } as LiveArgs;
      },
      subscribe: (args) => subscribe(args as LiveArgs),
      onComplete: ({ extra }) => {
        if (extra.session) extra.session.open -= 1;
      },
      onClose: ({ extra }) => extra.session && leave(extra.session),
      onError: (_ctx, _id, _payload, errors) => errors.map(mask),
      // Of live streams they are masked already.
      onNext: (_ctx, _id, _payload, _args, result) =>
        result.errors && {
          ...result,
          errors: result.errors.map((error) =>
            error instanceof GraphQLError ? mask(error) : error,
          ) as never,
        },
    },
    sockets,
    desk.log,
  );

  function leave(session: Session): void {
    clearTimeout(session.expiry);
    live.viewers.leave(session.person);
  }

  /** What a live stream delivers goes out by `LiveDelivery`; anything else is iterated over. */
  async function subscribe(args: LiveArgs) {
    const events = await createSourceEventStream(args);
    if (events instanceof LiveStream) {
      const { line, id, key, person } = args.subscriber;
      const { document, variableValues, operationName } = args;
      const operation = new Operation(
        desk,
        schema,
        document,
        variableValues ?? undefined,
        operationName ?? undefined,
        mask,
      );
      const { viewer } = args.contextValue;
      // A node that stops ends it at once, before any change of rights is listened for.
      let stop = (): void => undefined;
      const deliver = live.delivery.open(operation, events, key, new Outlet(line, id), viewer, () => stop());
      stop = person.onChange((...change) => deliver.rightsChanged(...change));
      // They may have changed while it was worked out what is to be delivered, or be new already while the log
      // is yet to tell of it.
      const { lastChange } = person;
      if (person.viewer !== viewer || (lastChange && deliver.standsBefore(lastChange.foreseen)))
        deliver.rightsChanged(person.viewer, lastChange?.since, lastChange?.foreseen);
      return deliver as unknown as AsyncIterableIterator<ExecutionResult>;
    }
    if (!(Symbol.asyncIterator in events)) return events;
    // Each event is executed with a context of its own: a unit of work that saw an earlier event would answer
    // from its memory, and rights may have changed since.
    return mapEach(events[Symbol.asyncIterator](), async (rootValue) =>
      execute({ ...args, rootValue, contextValue: await args.contextValue.renew() }),
    );
  }

  return {
    /** Tells every client to come back later, and waits until they are gone. */
    close: async () => {
      for (const socket of sockets.clients) socket.close(1012, 'The node restarts; reconnect');
      await new Promise<void>((resolve) => sockets.close(() => resolve()));
    },
  };
}

function tokenOf(params: Record<string, unknown> | undefined): string | undefined {
  const value = params?.authorization ?? params?.Authorization;
  return typeof value === 'string' ? bearer(value) : undefined;
}
