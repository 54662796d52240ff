import { once } from 'node:events';
import WebSocket from 'ws';
import { until } from './desk.js';

/** A message of graphql-transport-ws. */
export interface Message {
  type: string;
  id?: string;
  // biome-ignore lint/suspicious/noExplicitAny: what a server sends may be anything; tests look into it.
  payload?: any;
}

/** A bare socket: says exactly what a test has it say, and keeps what comes. */
export class Wire {
  readonly received: Message[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;
  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data) => this.received.push(JSON.parse(String(data))));
    this.closed = new Promise((resolve) =>
      socket.on('close', (code, reason) => resolve({ code, reason: String(reason) })),
    );
  }

  static async to(url: string, protocol: string | string[] = 'graphql-transport-ws'): Promise<Wire> {
    const wire = new Wire(new WebSocket(`${url.replace('http', 'ws')}/graphql`, protocol));
    await once(wire.socket, 'open');
    return wire;
  }

  /** A socket that has been acknowledged. */
  static async as({ token }: { token: string | null }, url: string): Promise<Wire> {
    const wire = await Wire.to(url);
    wire.say({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
    await wire.hear(({ type }) => type === 'connection_ack');
    return wire;
  }

  say(message: Message | string): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  subscribe(id: string, query: string, variables?: object, operationName?: string): void {
    this.say({ type: 'subscribe', id, payload: { query, variables, operationName } });
  }

  /** Waits for a message of which it holds. @returns the first that is there */
  async hear(holds: (message: Message) => boolean): Promise<Message> {
    const found = () => this.received.find(holds);
    await until(() => found() !== undefined, 'a message');
    return found() as Message;
  }

  /** What came for this id. */
  of(id: string): Message[] {
    return this.received.filter((message) => message.id === id);
  }
}
