import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ApolloServer, HeaderMap, type HTTPGraphQLResponse } from '@apollo/server';
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
export function graphqlRoute(
  apollo: ApolloServer<Context>,
  authenticator: Authenticator,
  desk: Desk,
): Handler {
  return async (request, response) => {
    try {
      const body = request.method === 'POST' ? await jsonOf(request) : undefined;
      const viewer = await authenticator.fromHeader(request.headers.authorization);
      const httpGraphQLRequest = {
        method: request.method?.toUpperCase() ?? 'GET',
        headers: headersOf(request),
        search: new URL(request.url ?? '/', 'http://desk').search,
        body,
      };
      const context = async () => new Context(desk, viewer);
      answer(response, await apollo.executeHTTPGraphQLRequest({ httpGraphQLRequest, context }));
    } catch (error) {
      refuse(response, error);
    }
  };
}

/** The parsed body of a JSON request; undefined for any other, which Apollo refuses by its own rules. */
async function jsonOf(request: IncomingMessage): Promise<unknown> {
  const text = await readBody(request, MOST_BODY);
  const isJson = request.headers['content-type']?.startsWith('application/json');
  return isJson && text !== '' ? JSON.parse(text) : undefined;
}

function headersOf(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  return headers;
}

function answer(response: ServerResponse, { status, headers, body }: HTTPGraphQLResponse): void {
  if (body.kind !== 'complete') {
    sendError(response, 406, 'NOT_ACCEPTABLE', 'Incremental delivery is not offered; use a subscription.');
    return;
  }
  const type = headers.get('content-type') ?? 'application/json; charset=utf-8';
  send(response, status ?? 200, type, body.string, Object.fromEntries(headers));
}

/** Answers what goes wrong before GraphQL has begun; throws on what it doesn't know. */
function refuse(response: ServerResponse, error: unknown): void {
  if (error instanceof BodyTooLarge)
    sendError(response, 413, 'PAYLOAD_TOO_LARGE', `A request has at most ${MOST_BODY} bytes.`, {
      connection: 'close',
    });
  else if (error instanceof SyntaxError)
    sendError(response, 400, 'BAD_REQUEST', 'The body is not valid JSON.');
  else if (error instanceof AuthenticationError)
    sendError(response, 401, 'UNAUTHENTICATED', error.message, { 'www-authenticate': 'Bearer' });
  else throw error;
}
