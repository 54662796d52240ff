import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
} from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import type { Desk } from '../context.js';
import { type Cost, costOf } from '../graphql/cost.js';
import type { Documents } from '../graphql/documents.js';
import { checkVariables, requestError } from '../graphql/request-error.js';
import type { TrustedDocuments } from '../graphql/trusted-documents.js';
import type { RateLimiter } from '../rate-limiter.js';
import { costExceeded, LEAST, rateLimited, reportOf } from './charge.js';

/** What requests are admitted by, over HTTP and WebSocket alike. */
export interface Admitting {
  schema: GraphQLSchema;
  documents: Documents;
  trusted: TrustedDocuments;
  limiter: RateLimiter;
  desk: Desk;
}

/** A subscription that may run. */
export interface AdmittedSubscription {
  text: string;
  document: DocumentNode;
  operation: OperationDefinitionNode;
}

/**
 * Takes a `subscribe` message in by the rules of HTTP requests: trusted documents (by `extensions.documentId`
 * beside an empty query), size, validity, variables, cost. A subscription is charged what one delivery may cost,
 * one that is refused the least.
 * @param caller whose points are spent
 */
export async function admitSubscription(
  admitting: Admitting,
  payload: SubscribePayload,
  caller: string,
): Promise<AdmittedSubscription | readonly GraphQLError[]> {
  const { limiter, desk } = admitting;
  const asked = subscriptionOf(admitting, payload);
  if (!('document' in asked)) {
    const spent = await limiter.spend(caller, LEAST);
    return spent.granted ? asked : [rateLimited(spent)];
  }
  const { cost } = asked;
  const { cost: most } = desk.config.limits;
  const affordable = cost.requested <= most;
  const spent = await limiter.spend(caller, affordable ? Math.max(LEAST, cost.requested) : LEAST);
  const report = reportOf(cost, null, spent);
  if (!spent.granted) return [rateLimited(spent, report)];
  return affordable ? asked : [costExceeded(report, most)];
}

/** The subscription that a message asks for, and what it may cost; or what is wrong with it. */
function subscriptionOf(
  { schema, documents, trusted }: Admitting,
  { query, operationName, variables, extensions }: SubscribePayload,
): (AdmittedSubscription & { cost: Cost }) | readonly GraphQLError[] {
  let text: string | undefined;
  try {
    const documentId = extensions?.documentId;
    ({ text } = trusted.resolve({
      ...(query === '' ? {} : { text: query }),
      ...(typeof documentId === 'string' ? { documentId } : {}),
    }));
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
  if (text === undefined) return [requestError('BAD_REQUEST', 'Send the text of a subscription as query.')];
  const admission = documents.admit(text);
  if ('errors' in admission) return admission.errors;
  const { document } = admission;
  const operation = getOperationAST(document, operationName);
  if (!operation) return [requestError('BAD_REQUEST', 'Name the operation of the document that is to run.')];
  if (operation.operation !== 'subscription')
    return [
      requestError(
        'BAD_REQUEST',
        'Only subscriptions run over WebSocket; send queries and mutations by HTTP.',
      ),
    ];
  const faulty = checkVariables(variables);
  if (faulty) return [faulty];
  const cost = costOf(schema, document, operation, variables ?? {});
  return cost instanceof GraphQLError ? [cost] : { text, document, operation, cost };
}
