import { createPubSub } from '@graphql-yoga/subscription';
import { RedisPubSub } from 'graphql-redis-subscriptions';
import { useServer } from 'graphql-ws/use/ws';
import { Redis } from 'ioredis';
import pg from 'pg';
import type { PubSub } from 'type-graphql';
import { REDIS, statement } from '../lib/desk-log.ts';
import type { Options, Peer } from './main.ts';
import { socketServer } from './socket-server.ts';
import { makeSchema } from './stock.schema.ts';

/** TypeGraphQL and graphql-ws as they come: each subscriber iterates over the topic and executes for itself. */
export async function start({ databaseUrl, redisChannel, agentIds }: Options): Promise<Peer> {
  const { sockets, url, close } = await socketServer();
  const redis = redisChannel ? [new Redis(REDIS), new Redis(REDIS)] : [];
  const topics = redisChannel
    ? topicsOfRedis(redisChannel, redis)
    : createPubSub<Record<string, [unknown]>>();
  let subscriptions = 0;
  const pubSub: PubSub = {
    publish: (topic, value) => topics.publish(topic, value),
    subscribe: (topic) => {
      subscriptions += 1;
      return topics.subscribe(topic);
    },
  };
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
  // The token is the agent's id: who may see what is looked up once a socket.
  const barred = new Map<string, string[]>();
  for (const { agent = '', team = '' } of agentIds ? await statement(databaseUrl, BARRED, [agentIds]) : [])
    barred.set(agent, [...(barred.get(agent) ?? []), team]);
  useServer(
    {
      schema: await makeSchema(pubSub),
      context: ({ connectionParams }) => {
        const id = String(connectionParams?.authorization).replace('Bearer ', '');
        return { pool, barredTeamIds: barred.get(id) ?? [] };
      },
    },
    sockets,
  );
  return {
    url,
    tokens: agentIds ?? [''],
    fire: (told) => {
      for (const each of told) pubSub.publish('QUEUE', each);
    },
    commit: async (told) => {
      const at = String(process.hrtime.bigint());
      await topics.publish('QUEUE', told);
      return at;
    },
    subscriptions: () => subscriptions,
    stop: async () => {
      for (const each of redis) each.disconnect();
      await pool.end();
      close();
    },
  };
}

function topicsOfRedis(channel: string, [publisher, subscriber]: Redis[]) {
  const pubSub = new RedisPubSub({ publisher, subscriber });
  return {
    publish: (_topic: string, value: unknown) => pubSub.publish(channel, value),
    subscribe: (_topic: string) => pubSub.asyncIterableIterator(channel) as AsyncIterable<unknown>,
  };
}

const BARRED = `
  select a.id as agent, t.id as team from agent a cross join team t
  where a.id = any($1) and t.restricted and t.lead_id is distinct from a.id
    and not exists (select from team_member m where m.team_id = t.id and m.agent_id = a.id)`;
