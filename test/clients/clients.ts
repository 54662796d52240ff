import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { apolloClient } from '../../docs/recipes/apollo.js';
import { liveClient, resuming } from '../../docs/recipes/graphql-ws.js';
import { urqlClient } from '../../docs/recipes/urql.js';

/** A front end's client, made by its recipe, as far as subscriptions go. */
export interface FrontEnd {
  /** @returns how to unsubscribe */
  subscribe<Data, Variables extends Record<string, unknown>>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
    to: { next(data: Data): void; ended(error?: unknown): void },
  ): () => void;
}

type Make = (
  url: string,
  token: () => string,
  onResync: (subscription: SubscribePayload) => void,
) => FrontEnd;

const plain: Make = (url, token, onResync) => {
  const client = liveClient({
    url: url.replace(/^http/, 'ws'),
    connectionParams: () => ({ authorization: `Bearer ${token()}` }),
  });
  const subscribe = resuming(client, onResync);
  return {
    subscribe: (document, variables, { next, ended }) =>
      subscribe<never>(
        { query: print(document), variables },
        { next: ({ data }) => data && next(data), error: ended, complete: () => ended() },
      ),
  };
};

const apollo: Make = (url, token, onResync) => {
  const client = apolloClient(url, token, onResync);
  return {
    subscribe: (query, variables, { next, ended }) => {
      const subscription = client.subscribe({ query, variables } as never).subscribe({
        next: ({ data, error }) => (error ? ended(error) : next(data as never)),
        error: ended,
        complete: () => ended(),
      });
      return () => subscription.unsubscribe();
    },
  };
};

const urql: Make = (url, token, onResync) => {
  const client = urqlClient(url, token, onResync);
  return {
    subscribe: (document, variables, { next, ended }) => {
      const { unsubscribe } = client
        .subscription(document, variables)
        .subscribe(({ data, error }) => (error ? ended(error) : data && next(data)));
      return unsubscribe;
    },
  };
};

/** Every client that a recipe of the guide is for. */
export const recipes: [name: string, make: Make][] = [
  ['graphql-ws', plain],
  ['Apollo Client', apollo],
  ['urql', urql],
];
