import { WebSocket } from 'ws';
import { answer } from './child.ts';

/** Subscribers to be opened: clients that speak graphql-transport-ws and do as little as they can besides. */
export interface Opening {
  /** Under which name they are counted. */
  name: string;
  url: string;
  sockets: number;
  /** Of the people whose sockets they are, in turn. */
  tokens: string[];
  query: string;
  /** The variables of each socket's subscriptions. */
  variables: Record<string, unknown>[][];
}

interface Counted {
  received: number;
  sockets: WebSocket[];
  /** The last delivery, as it came. */
  last: string;
  wanted: number;
  reached: (at: string) => void;
}

const counted = new Map<string, Counted>();
const AT_ONCE = 50;

function open({ name, url, sockets, tokens, query, variables }: Opening): Promise<void> {
  const count: Counted = counted.get(name) ?? {
    received: 0,
    sockets: [],
    last: '',
    wanted: Number.POSITIVE_INFINITY,
    reached: () => undefined,
  };
  counted.set(name, count);
  const one = (index: number) =>
    new Promise<void>((resolve, reject) => {
      const socket = new WebSocket(url, 'graphql-transport-ws', { perMessageDeflate: false });
      const authorization = `Bearer ${tokens[index % tokens.length]}`;
      count.sockets.push(socket);
      socket.on('open', () =>
        socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } })),
      );
      socket.on('error', reject);
      socket.on('close', (code, reason) => {
        // A starved load answers no pings: what it then measures is worth nothing.
        console.error(`${name} closed a socket of the load: ${code} ${reason}`);
        reject(new Error(`${name} closed: ${code}`));
      });
      socket.on('message', (data: Buffer) => {
        if (data.includes('"next"')) {
          count.received += 1;
          if (count.received < count.wanted) return;
          count.last = data.toString();
          count.reached(String(process.hrtime.bigint()));
        } else if (data.includes('"connection_ack"')) {
          for (const each of variables[index % variables.length] ?? [])
            socket.send(
              JSON.stringify({
                id: crypto.randomUUID(),
                type: 'subscribe',
                payload: { query, variables: each },
              }),
            );
          resolve();
        } else if (data.includes('"ping"')) socket.send('{"type":"pong"}');
        else console.error(`${name}: ${data}`);
      });
    });
  let next = 0;
  const lane = async () => {
    while (next < sockets) await one(next++);
  };
  return Promise.all(Array.from({ length: AT_ONCE }, lane)).then(() => undefined);
}

answer({
  open,
  received: (name: string) => counted.get(name)?.received ?? 0,
  /** Waits until so many were received in all. @returns the moment, in nanoseconds by the machine's clock */
  until: ({ name, total }: { name: string; total: number }) => {
    const count = counted.get(name) as Counted;
    return new Promise<string>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`${name}: ${count.received} of ${total} came`)), 60_000);
      count.wanted = total;
      count.reached = (at) => {
        clearTimeout(late);
        count.wanted = Number.POSITIVE_INFINITY;
        resolve(at);
      };
      if (count.received >= total) count.reached(String(process.hrtime.bigint()));
    });
  },
  last: (name: string) => counted.get(name)?.last,
  close: (name: string) => {
    for (const socket of counted.get(name)?.sockets ?? []) {
      socket.removeAllListeners('close');
      socket.terminate();
    }
    counted.delete(name);
  },
});
