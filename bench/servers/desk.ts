import { append, built, configOf } from '../lib/desk-log.ts';
import type { Options, Peer } from './main.ts';

/** Stepdesk, as it is shipped: a node with everything that runs in it. */
export async function start({ databaseUrl, redisChannel, agentIds }: Options): Promise<Peer> {
  const { start: startNode } = await built.app();
  const { REDIS } = await import('../lib/desk-log.ts');
  const app = await startNode(await configOf(databaseUrl, redisChannel ? { REDIS_URL: REDIS } : {}));
  const subjects = agentIds ?? ['agent@demo.stepdesk.example'];
  const { desk } = app;
  return {
    url: `${app.url.replace('http', 'ws')}/graphql`,
    tokens: await Promise.all(subjects.map((subject) => app.tokens.sign(subject, '1 day'))),
    fire: () => desk.hint.send(),
    commit: async (_told, fact) => {
      await append(desk.database, [fact]);
      const at = String(process.hrtime.bigint());
      desk.hint.send();
      return at;
    },
    subscriptions: () => desk.hub.size,
    stop: () => app.stop(),
  };
}
