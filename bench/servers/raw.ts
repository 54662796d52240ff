import { Redis } from 'ioredis';
import { REDIS } from '../lib/desk-log.ts';
import type { Options, Peer, Told } from './main.ts';
import { socketServer } from './socket-server.ts';

/**
 * The floor: the bytes are ready, and `ws.send` sends them to every socket. Of the protocol it has just what
 * the load needs, and every subscriber has the id of the first.
 */
export async function start({ redisChannel }: Options): Promise<Peer> {
  const { sockets, url, close } = await socketServer();
  let subscriptions = 0;
  let id = '';
  sockets.on('connection', (socket) => {
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString());
      if (message.type === 'connection_init') socket.send('{"type":"connection_ack"}');
      if (message.type !== 'subscribe') return;
      id ||= message.id;
      subscriptions += 1;
    });
  });
  const bytesOf = ({ move, cursor, occurredAt, ticketId }: Told) =>
    Buffer.from(
      JSON.stringify({
        id,
        type: 'next',
        payload: { data: { queueChanges: { move, cursor, occurredAt, ticketId } } },
      }),
    );
  const send = (bytes: Buffer) => {
    for (const socket of sockets.clients) socket.send(bytes, { binary: false });
  };
  const redis = redisChannel ? [new Redis(REDIS), new Redis(REDIS)] : [];
  const [publisher, subscriber] = redis;
  await subscriber?.subscribe(redisChannel as string);
  subscriber?.on('messageBuffer', (_channel: Buffer, bytes: Buffer) => send(bytes));
  return {
    url,
    tokens: [''],
    fire: (told) => {
      for (const bytes of told.map(bytesOf)) send(bytes);
    },
    commit: async (told) => {
      const at = String(process.hrtime.bigint());
      await publisher?.publish(redisChannel as string, bytesOf(told));
      return at;
    },
    subscriptions: () => subscriptions,
    stop: async () => {
      for (const each of redis) each.disconnect();
      close();
    },
  };
}
