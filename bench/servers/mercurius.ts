import Fastify from 'fastify';
import mercurius, { type PubSub } from 'mercurius';
import type { Options, Peer, Told } from './main.ts';

const schema = `
  scalar DateTime
  type QueueChange { move: String! cursor: String! occurredAt: String! ticketId: ID }
  type Query { hello: String }
  type Subscription { queueChanges: QueueChange! }`;

/** Mercurius as its guide has it: a topic of its own emitter. */
export async function start(_options: Options): Promise<Peer> {
  const app = Fastify();
  let subscriptions = 0;
  await app.register(mercurius, {
    schema,
    subscription: true,
    resolvers: {
      Subscription: {
        queueChanges: {
          subscribe: (_root: unknown, _args: unknown, { pubsub }: { pubsub: PubSub }) => {
            subscriptions += 1;
            return pubsub.subscribe('QUEUE');
          },
        },
      },
    },
  });
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    url: `${address.replace('http', 'ws')}/graphql`,
    tokens: [''],
    fire: (told: Told[]) => {
      for (const queueChanges of told)
        app.graphql.pubsub.publish({ topic: 'QUEUE', payload: { queueChanges } });
    },
    subscriptions: () => subscriptions,
    stop: () => app.close(),
  };
}
