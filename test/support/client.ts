import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { type ExecutionResult, type FormattedExecutionResult, print } from 'graphql';
import { createClient, type Client as SocketClient } from 'graphql-ws';
import WebSocket from 'ws';

type Result<Data> = FormattedExecutionResult<Data>;

/** A client as a front end is one: HTTP for queries and mutations, WebSocket for subscriptions. */
export class Client {
  private readonly sockets: SocketClient[] = [];

  constructor(
    private readonly url: () => string,
    readonly token: string | null,
  ) {}

  /** The whole answer, errors and all. */
  async send<Data, Variables>(
    document: TypedDocumentNode<Data, Variables> | string,
    variables?: Variables,
  ): Promise<Result<Data>> {
    const response = await this.post({
      query: typeof document === 'string' ? document : print(document),
      variables,
    });
    return (await response.json()) as Result<Data>;
  }

  /** The data; an error fails the test with its words. */
  async ask<Data, Variables>(
    document: TypedDocumentNode<Data, Variables>,
    variables?: Variables,
  ): Promise<Data> {
    const { data, errors } = await this.send(document, variables);
    if (errors || !data) throw new Error(`Errors: ${JSON.stringify(errors, null, 2)}`);
    return data;
  }

  post(body: unknown): Promise<Response> {
    return fetch(`${this.url()}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
      },
      body: JSON.stringify(body),
    });
  }

  get(path: string): Promise<Response> {
    return fetch(`${this.url()}${path}`, {
      headers: this.token ? { authorization: `Bearer ${this.token}` } : {},
    });
  }

  /** Subscribes on a socket of its own; resolves once the server has taken the subscription. */
  async subscribe<Data, Variables>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
  ): Promise<Stream<Data>> {
    return new Stream<Data>(await this.connect(), print(document), variables as Record<string, unknown>);
  }

  /** A socket that several streams can share; resolves once the server has taken it. */
  async connect(): Promise<SocketClient> {
    const socket = createClient({
      url: `${this.url().replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: this.token ? { authorization: `Bearer ${this.token}` } : {},
      retryAttempts: 0,
      lazy: false,
      onNonLazyError: () => undefined,
    });
    this.sockets.push(socket);
    const connected = new Promise<void>((resolve, reject) => {
      socket.on('connected', () => resolve());
      socket.on('closed', (event) => reject(event));
    });
    await connected;
    return socket;
  }

  async close(): Promise<void> {
    await Promise.all(this.sockets.map((socket) => socket.dispose()));
  }
}

/** What a subscription delivers, to be taken one by one. */
export class Stream<Data> {
  /** Everything that came so far. */
  readonly received: Data[] = [];
  private readonly waiting: ExecutionResult<Data>[] = [];
  private wake: () => void = () => undefined;
  private ended: unknown;
  private over = false;

  constructor(
    private readonly socket: SocketClient,
    query: string,
    variables: Record<string, unknown>,
  ) {
    const end = (error?: unknown) => {
      this.over = true;
      this.ended = error;
      this.wake();
    };
    socket.subscribe<Data>(
      { query, variables },
      {
        next: (result) => {
          this.waiting.push(result as ExecutionResult<Data>);
          if (result.data) this.received.push(result.data);
          this.wake();
        },
        error: end,
        complete: () => end(),
      },
    );
  }

  /** The next delivery; fails after a while without one. */
  async next(seconds = 10): Promise<Data> {
    const result = await this.arrival(seconds);
    if (!result) throw new Error(`The stream ended: ${JSON.stringify(this.ended)}`);
    if (result.errors || !result.data) throw new Error(`Errors: ${JSON.stringify(result.errors)}`);
    return result.data;
  }

  /** Takes deliveries up to and with the first for which it holds. */
  async takeUntil(holds: (data: Data) => boolean): Promise<Data[]> {
    const taken: Data[] = [];
    for (;;) {
      const data = await this.next();
      taken.push(data);
      if (holds(data)) return taken;
    }
  }

  /** Waits for the server to end the stream. @returns the errors or close event it ended with, if any */
  async end(seconds = 10): Promise<unknown> {
    while (await this.arrival(seconds));
    return this.ended;
  }

  async close(): Promise<void> {
    await this.socket.dispose();
  }

  private async arrival(seconds: number): Promise<ExecutionResult<Data> | undefined> {
    const first = this.waiting.shift();
    if (first) return first;
    if (this.over) return undefined;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`Nothing came for ${seconds} s`)), seconds * 1000);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    return this.arrival(seconds);
  }
}
