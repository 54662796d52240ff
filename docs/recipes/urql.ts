import { Client, cacheExchange, fetchExchange, subscriptionExchange } from '@urql/core';
import type { SubscribePayload } from 'graphql-ws';
import { liveClient, resuming } from './graphql-ws.js';

/** Queries and mutations by HTTP, subscriptions that resume by WebSocket. */
export function urqlClient(
  url: string,
  token: () => string,
  onResync: (subscription: SubscribePayload) => void,
): Client {
  const authorization = () => ({ authorization: `Bearer ${token()}` });
  const live = liveClient({ url: url.replace(/^http/, 'ws'), connectionParams: authorization });
  const subscribe = resuming(live, onResync);
  return new Client({
    url,
    preferGetMethod: false,
    fetchOptions: () => ({ headers: authorization() }),
    exchanges: [
      cacheExchange,
      subscriptionExchange({
        forwardSubscription: ({ query = '', variables }) => ({
          subscribe: (sink) => ({ unsubscribe: subscribe({ query, variables }, sink) }),
        }),
      }),
      fetchExchange,
    ],
  });
}
