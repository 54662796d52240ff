import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { SetContextLink } from '@apollo/client/link/context';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import type { SubscribePayload } from 'graphql-ws';
import { liveClient, resuming } from './graphql-ws.js';

/** Queries and mutations by HTTP, subscriptions that resume by WebSocket. */
export function apolloClient(
  url: string,
  token: () => string,
  onResync: (subscription: SubscribePayload) => void,
): ApolloClient {
  const authorization = () => ({ authorization: `Bearer ${token()}` });
  const live = liveClient({ url: url.replace(/^http/, 'ws'), connectionParams: authorization });
  const withToken = new SetContextLink(({ headers }) => ({ headers: { ...headers, ...authorization() } }));
  return new ApolloClient({
    cache: new InMemoryCache(),
    link: ApolloLink.split(
      ({ operationType }) => operationType === 'subscription',
      new GraphQLWsLink({ ...live, subscribe: resuming(live, onResync) }),
      withToken.concat(new HttpLink({ uri: url })),
    ),
  });
}
