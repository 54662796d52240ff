import type { Server } from 'node:http';
import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionArgs,
  execute,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  parse,
  validate,
} from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { type Authenticator, bearer } from '../auth/authenticator.js';
import { AuthenticationError } from '../auth/token.js';
import { anonymous } from '../auth/viewer.js';
import { Context, type Desk } from '../context.js';
import { mapEach } from '../events/map-each.js';
import { formatError } from '../graphql/error-format.js';

const PATH = '/graphql';
const MOST_PAYLOAD = 64 * 1024;
const MOST_SUBSCRIPTIONS = 100;
const KEEP_ALIVE = 12_000;

interface Session {
  subject: string;
  open: number;
  expiry?: NodeJS.Timeout;
}

/**
 * GraphQL subscriptions over WebSocket (graphql-transport-ws). The token comes in `connectionParams`
 * (`authorization: Bearer …`). Close codes: 4401 without a good token, 4403 when it has expired, 1012
 * when the node stops; clients do well to reconnect after the last two.
 */
export function webSocketServer(
  server: Server,
  schema: GraphQLSchema,
  authenticator: Authenticator,
  desk: Desk,
) {
  const sockets = new WebSocketServer({
    server,
    path: PATH,
    maxPayload: MOST_PAYLOAD,
    perMessageDeflate: false,
  });
  const mask = (error: unknown) => formatError(error, desk.log);
  const graphql = useServer<Record<string, unknown>, { session?: Session }>(
    {
      onConnect: async ({ connectionParams, extra }) => {
        try {
          const claims = await authenticator.claims(tokenOf(connectionParams) ?? '');
          await authenticator.viewer(claims.subject);
          const left = claims.expiresAt * 1000 - Date.now();
          const expire = () => extra.socket.close(4403, 'The token has expired');
          extra.session = {
            subject: claims.subject,
            open: 0,
            expiry: setTimeout(expire, Math.min(left, 2 ** 31 - 1)).unref(),
          };
          return true;
        } catch (error) {
          if (!(error instanceof AuthenticationError)) throw error;
          if (error.expired) extra.socket.close(4403, 'The token has expired');
          else extra.socket.close(4401, 'Send a valid token in connectionParams.authorization');
          return false;
        }
      },
      onSubscribe: async ({ extra }, _id, { query, variables, operationName }) => {
        const session = extra.session as Session;
        if (session.open >= MOST_SUBSCRIPTIONS)
          return [
            new GraphQLError(`One socket has at most ${MOST_SUBSCRIPTIONS} subscriptions.`, {
              extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' },
            }),
          ];
        let document: DocumentNode;
        try {
          document = parse(query);
        } catch (error) {
          return [error as GraphQLError];
        }
        const errors = validate(schema, document);
        if (errors.length > 0) return errors;
        if (getOperationAST(document, operationName)?.operation !== 'subscription')
          return [
            new GraphQLError('Only subscriptions run over WebSocket; send queries and mutations by HTTP.'),
          ];
        session.open += 1;
        const contextValue = await new Context(desk, anonymous, undefined, () =>
          authenticator.viewer(session.subject),
        ).renew();
        return {
          schema,
          document,
          variableValues: variables,
          operationName,
          contextValue,
        } satisfies ExecutionArgs;
      },
      subscribe: (args) => subscribeFreshly(args as ExecutionArgs),
      onComplete: ({ extra }) => {
        if (extra.session) extra.session.open -= 1;
      },
      onClose: ({ extra }) => clearTimeout(extra.session?.expiry),
      onError: (_ctx, _id, _payload, errors) => errors.map(mask),
      onNext: (_ctx, _id, _payload, _args, result) =>
        result.errors ? { ...result, errors: result.errors.map(mask) as never } : undefined,
    },
    sockets,
    KEEP_ALIVE,
  );
  return {
    /** Tells every client to come back later, and waits until they are gone. */
    close: async () => {
      for (const socket of sockets.clients) socket.close(1012, 'The node restarts; reconnect');
      await graphql.dispose();
    },
  };
}

/**
 * As graphql-js subscribes, but each event is executed with a context of its own: a unit of work that
 * saw an earlier event would answer from its memory, and rights may have changed since.
 */
async function subscribeFreshly(args: ExecutionArgs) {
  const events = await createSourceEventStream(args);
  if (!(Symbol.asyncIterator in events)) return events;
  return mapEach(events[Symbol.asyncIterator](), async (rootValue) =>
    execute({ ...args, rootValue, contextValue: await (args.contextValue as Context).renew() }),
  );
}

function tokenOf(params: Record<string, unknown> | undefined): string | undefined {
  const value = params?.authorization ?? params?.Authorization;
  return typeof value === 'string' ? bearer(value) : undefined;
}
