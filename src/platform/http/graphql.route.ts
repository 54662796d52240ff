import { type ApolloServer, HeaderMap } from '@apollo/server';
import type { Authenticator } from '../auth/authenticator.js';
import { AuthenticationError } from '../auth/token.js';
import { Context, type Desk } from '../context.js';
import { BodyTooLarge, type Handler, readBody, send, sendError } from './respond.js';

/** Most bytes of a request's body. */
const MOST_BODY = 1024 * 1024;

/**
 * GraphQL over HTTP, by a thin handler over Apollo's own entry: a web framework between would cost more
 * than the execution (see the performance notes of ARCHITECTURE.md).
 */
export function graphqlRoute(apollo: ApolloServer<Context>, authenticator: Authenticator, desk: Desk): Handler {
  return async (request, response) => {
    let body: unknown;
    if (request.method === 'POST') {
      try {
        const text = await readBody(request, MOST_BODY);
        const isJson = request.headers['content-type']?.startsWith('application/json');
        body = isJson && text !== '' ? JSON.parse(text) : undefined;
      } catch (error) {
        if (error instanceof BodyTooLarge)
          return sendError(response, 413, 'PAYLOAD_TOO_LARGE', `A request has at most ${MOST_BODY} bytes.`, { connection: 'close' });
        if (error instanceof SyntaxError) return sendError(response, 400, 'BAD_REQUEST', 'The body is not valid JSON.');
        throw error;
      }
    }
    try {
      const viewer = await authenticator.fromHeader(request.headers.authorization);
      const headers = new HeaderMap();
      for (const [name, value] of Object.entries(request.headers))
        if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
      const answer = await apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: {
          method: request.method?.toUpperCase() ?? 'GET',
          headers,
          search: new URL(request.url ?? '/', 'http://desk').search,
          body,
        },
        context: async () => new Context(desk, viewer),
      });
      if (answer.body.kind !== 'complete')
        return sendError(response, 406, 'NOT_ACCEPTABLE', 'Incremental delivery is not offered; use a subscription.');
      const type = answer.headers.get('content-type') ?? 'application/json; charset=utf-8';
      send(response, answer.status ?? 200, type, answer.body.string, Object.fromEntries(answer.headers));
    } catch (error) {
      if (!(error instanceof AuthenticationError)) throw error;
      sendError(response, 401, 'UNAUTHENTICATED', error.message, { 'www-authenticate': 'Bearer' });
    }
  };
}
