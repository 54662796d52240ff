import { ApolloServer, type ApolloServerPlugin, type DocumentStore } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import type { GraphQLSchema } from 'graphql';
import type { Desk } from '../context.js';
import type { Documents } from '../graphql/documents.js';
import { formatError } from '../graphql/error-format.js';
import { checkVariables, requestError } from '../graphql/request-error.js';
import type { RateLimiter } from '../rate-limiter.js';
import { costPlugin } from './cost.plugin.js';
import type { HttpContext } from './http-context.js';
import { statusOf } from './status.rules.js';

/** Apollo Server for a schema. Documents reach it by `documents` alone, so it neither parses nor validates. */
export function apolloServer(
  schema: GraphQLSchema,
  documents: Documents,
  limiter: RateLimiter,
  desk: Desk,
): ApolloServer<HttpContext> {
  const { config, log } = desk;
  return new ApolloServer<HttpContext>({
    schema,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    // Only headers that a page of another origin may not send unasked; a token comes in such a one, too.
    csrfPrevention: {
      requestHeaders: ['authorization', 'apollo-require-preflight', 'x-apollo-operation-name'],
    },
    introspection: config.limits.introspection,
    documentStore: documentStore(documents),
    parseOptions: { maxTokens: config.limits.tokens },
    validationOptions: { hideSuggestions: !config.limits.introspection },
    formatError: (formatted, error) =>
      formatError(error, log, String(formatted.extensions?.code ?? 'BAD_REQUEST')),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginLandingPageLocalDefault({ footer: false }),
      soundRequests,
      costPlugin(limiter),
      tellingStatus,
    ],
  });
}

/** Refuses, before anything runs, variables that nothing could keep and subscriptions, which need a socket. */
const soundRequests: ApolloServerPlugin<HttpContext> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ request, operation }) => {
      const refused = checkVariables(request.variables);
      if (refused) throw refused;
      if (operation?.operation === 'subscription')
        throw requestError('BAD_REQUEST', 'Subscriptions run over WebSocket (graphql-transport-ws).');
    },
  }),
};

/** The status by what the client takes for an answer. */
const tellingStatus: ApolloServerPlugin<HttpContext> = {
  requestDidStart: async () => ({
    willSendResponse: async ({ response, contextValue }) => {
      // A mutation by GET: 405, with what is allowed.
      if (response.body.kind !== 'single' || response.http.status === 405) return;
      const { data, errors = [] } = response.body.singleResult;
      const codes = errors.map(({ extensions }) => String(extensions?.code));
      response.http.status = statusOf({ ran: data !== undefined, codes }, contextValue.wanted.answerType);
    },
  }),
};

/** Where Apollo finds the documents that were admitted, instead of making its own of their text. */
function documentStore(documents: Documents): DocumentStore {
  return {
    // The key ends in the SHA-256 of the text.
    get: async (key) => documents.find(key.slice(key.lastIndexOf(':') + 1)),
    set: async () => undefined,
    delete: async () => undefined,
  };
}
