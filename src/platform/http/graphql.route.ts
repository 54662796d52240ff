import type { IncomingMessage } from 'node:http';
import type { ApolloServer, HTTPGraphQLRequest, HTTPGraphQLResponse } from '@apollo/server';
import { GraphQLError } from 'graphql';
import type { Authenticator } from '../auth/authenticator.js';
import type { Desk } from '../context.js';
import type { Documents } from '../graphql/documents.js';
import { formatError } from '../graphql/error-format.js';
import type { Named, TrustedDocuments } from '../graphql/trusted-documents.js';
import type { RateLimiter } from '../rate-limiter.js';
import { type AnswerType, answerType } from './accept.rules.js';
import { headersOf, LEAST, rateLimited } from './charge.js';
import { crossOrigin } from './cross-origin.js';
import { clientAddress } from './form.js';
import { graphqlRequest, namedIn, naming } from './graphql-request.js';
import { DRY_RUN } from './headers.js';
import { HttpContext, type Wanted } from './http-context.js';
import { InFlight } from './in-flight.js';
import { HttpRefusal } from './refusal.js';
import { type Handler, send } from './respond.js';
import { statusOf } from './status.rules.js';

interface Parts {
  apollo: ApolloServer<HttpContext>;
  documents: Documents;
  trusted: TrustedDocuments;
  authenticator: Authenticator;
  limiter: RateLimiter;
  desk: Desk;
}

/** An answer is its caller's own. */
const PRIVATE = { 'cache-control': 'no-store' };
/** Apollo's page says in itself what it may load; who may frame it only a header can say. */
const PAGE = {
  'cache-control': 'no-store',
  'content-security-policy': "base-uri 'none'; form-action 'none'; object-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'same-origin',
};

interface Answer {
  status: number;
  type: string;
  body: string;
  headers: Record<string, string>;
}

/**
 * GraphQL over HTTP, by a thin handler over Apollo's own entry: a web framework between would cost more
 * than the execution (see the performance notes of ARCHITECTURE.md).
 */
export function graphqlRoute(parts: Parts): Handler {
  const origins = crossOrigin(parts.desk.config.corsOrigins);
  const { requests, requestSeconds } = parts.desk.config.load;
  const inFlight = new InFlight(requests, requestSeconds * 1000);
  return async (request, response) => {
    if (origins(request, response)) return;
    const { status, type, body, headers } = await inFlight.run(() => answerTo(parts, request));
    send(response, status, type, body, headers);
  };
}

async function answerTo(parts: Parts, incoming: IncomingMessage): Promise<Answer> {
  const { apollo, authenticator, limiter, desk } = parts;
  const request = await graphqlRequest(incoming);
  const wanted = wantedBy(request);
  const viewer = await authenticator.fromHeader(incoming.headers.authorization);
  const caller = viewer.id ?? `from ${clientAddress(incoming, desk.config.trustedProxies)}`;
  const asked = documentOf(parts, request);
  if ('errors' in asked) {
    const allowance = await limiter.spend(caller, LEAST);
    const errors = allowance.granted ? asked.errors : [rateLimited(allowance)];
    return refused(errors, wanted, headersOf(allowance), desk);
  }
  const ctx = new HttpContext(desk, viewer, caller, wanted);
  const context = async () => ctx;
  const answered = await apollo.executeHTTPGraphQLRequest({ httpGraphQLRequest: asked.request, context });
  return answerOf(answered, ctx);
}

/** The request with a document that was admitted, or none where it names none; or why it was not. */
function documentOf(
  { documents, trusted }: Parts,
  request: HTTPGraphQLRequest,
): { request: HTTPGraphQLRequest } | { errors: readonly GraphQLError[] } {
  const asked = namedIn(request);
  let named: Named;
  try {
    named = trusted.resolve(asked);
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] };
    throw error;
  }
  const admission = named.text === undefined ? null : documents.admit(named.text);
  if (admission && 'errors' in admission) return admission;
  return { request: named === asked ? request : naming(request, named) };
}

function wantedBy(request: HTTPGraphQLRequest): Wanted {
  return { answerType: typeFor(request), dryRun: request.headers.get(DRY_RUN) === 'true' };
}

/** @throws HttpRefusal 406 where the client takes neither JSON nor, by a browser's GET, Apollo's page */
function typeFor({ headers, method }: HTTPGraphQLRequest): AnswerType {
  const accept = headers.get('accept');
  const type = answerType(accept);
  if (type) return type;
  if (method === 'GET' && accept?.includes('text/html')) return 'application/json';
  throw new HttpRefusal('Answers are application/graphql-response+json or application/json.', {
    status: 406,
    code: 'NOT_ACCEPTABLE',
  });
}

function refused(
  errors: readonly GraphQLError[],
  { answerType }: Wanted,
  headers: Record<string, string>,
  { log }: Desk,
): Answer {
  const formatted = errors.map((error) => formatError(error, log));
  const codes = formatted.map(({ extensions }) => String(extensions?.code));
  return {
    status: statusOf({ ran: false, codes }, answerType),
    type: `${answerType}; charset=utf-8`,
    body: `${JSON.stringify({ errors: formatted })}\n`,
    headers: { ...PRIVATE, ...headers },
  };
}

function answerOf(answered: HTTPGraphQLResponse, ctx: HttpContext): Answer {
  const { status = 200, headers, body } = answered;
  const { answerType } = ctx.wanted;
  if (body.kind !== 'complete')
    throw new HttpRefusal('Incremental delivery is not offered; use a subscription.', {
      status: 406,
      code: 'NOT_ACCEPTABLE',
    });
  const isPage = headers.get('content-type')?.startsWith('text/html');
  return {
    // What Apollo finds malformed never came to an operation, whose statuses are set already.
    status: status === 400 && answerType === 'application/graphql-response+json' ? 422 : status,
    type: headers.get('content-type') ?? `${answerType}; charset=utf-8`,
    body: body.string,
    headers: { ...(isPage ? PAGE : PRIVATE), ...Object.fromEntries(headers), ...ctx.headers },
  };
}
