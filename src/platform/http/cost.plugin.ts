import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { type Cost, costOf } from '../graphql/cost.js';
import type { Allowance, RateLimiter } from '../rate-limiter.js';
import { costExceeded, headersOf, LEAST, rateLimited, reportOf } from './charge.js';
import type { HttpContext } from './http-context.js';

/**
 * Reckons what an operation may cost, refuses what costs too much or what its caller has no points left for,
 * and charges what it did cost. A dry run answers the cost and does nothing.
 */
export function costPlugin(limiter: RateLimiter): ApolloServerPlugin<HttpContext> {
  return {
    requestDidStart: async () => {
      let cost: Cost | undefined;
      let allowance: Allowance | undefined;
      return {
        didResolveOperation: async ({ request, document, operation, schema, contextValue }) => {
          if (!operation) return;
          const reckoned = costOf(schema, document, operation, request.variables ?? {});
          if (reckoned instanceof GraphQLError) throw reckoned;
          const { desk, caller, wanted } = contextValue;
          const most = desk.config.limits.cost;
          const runs = !wanted.dryRun && reckoned.requested <= most;
          const spent = await limiter.spend(caller, runs ? Math.max(LEAST, reckoned.requested) : LEAST);
          Object.assign(contextValue.headers, headersOf(spent));
          const report = reportOf(reckoned, null, spent);
          if (!spent.granted) throw rateLimited(spent, report);
          if (reckoned.requested > most && !wanted.dryRun) throw costExceeded(report, most);
          [cost, allowance] = [reckoned, spent];
        },
        responseForOperation: async ({ contextValue, response }) =>
          contextValue.wanted.dryRun
            ? { http: response.http, body: { kind: 'single', singleResult: { data: {} } } }
            : null,
        willSendResponse: async ({ response, contextValue }) => {
          if (!cost || !allowance || response.body.kind !== 'single') return;
          const { singleResult } = response.body;
          const { caller, wanted } = contextValue;
          const actual = Math.max(LEAST, Math.min(cost.requested, cost.actual(singleResult.data)));
          const left = wanted.dryRun
            ? allowance
            : limiter.giveBack(caller, Math.max(LEAST, cost.requested) - actual, allowance);
          Object.assign(contextValue.headers, headersOf(left));
          const report = reportOf(cost, wanted.dryRun ? null : actual, left);
          singleResult.extensions = { ...singleResult.extensions, cost: report };
        },
      };
    },
  };
}
