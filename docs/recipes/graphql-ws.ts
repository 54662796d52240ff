import { type Client, type ClientOptions, createClient, type Sink, type SubscribePayload } from 'graphql-ws';

/** Comes back after a cut, a deploy or an expired token, and notices a line that is silently dead. */
export function liveClient({ keepAlive = 10_000, ...options }: ClientOptions): Client {
  let silence: ReturnType<typeof setTimeout>;
  const client = createClient({
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: (tries) =>
      new Promise((done) => setTimeout(done, Math.random() * Math.min(30_000, 500 * 2 ** tries))),
    keepAlive,
    ...options,
  });
  client.on('ping', (received) => {
    if (!received) silence = setTimeout(() => client.terminate(), keepAlive / 2);
  });
  client.on('pong', () => clearTimeout(silence));
  client.on('closed', () => clearTimeout(silence));
  return client;
}

/** What a delivery says of itself, under the one root field of a subscription. */
interface Told {
  cursor?: string;
  move?: string;
  detail?: { __typename?: string };
  changes?: unknown[];
  resyncRequired?: boolean;
}

const isHeartbeat = ({ move, detail, changes }: Told) =>
  move === 'HEARTBEAT' || detail?.__typename === 'Heartbeat' || changes?.length === 0;

const isResync = ({ move, detail, resyncRequired }: Told) =>
  move === 'RESYNC_REQUIRED' || detail?.__typename === 'ResyncRequired' || resyncRequired === true;

/**
 * `client.subscribe`, resuming after the last delivery whenever the client reconnects: it sends the variables
 * as they are at that moment. Heartbeats move the place on and are not passed on. `onResync` is called when
 * there is no resuming: query anew and subscribe with the cursor of that answer; this subscription is over.
 */
export function resuming(
  client: Client,
  onResync: (subscription: SubscribePayload) => void,
): Client['subscribe'] {
  return <Result>(payload: SubscribePayload, sink: Sink<Result>) => {
    const variables = { ...payload.variables };
    let resync = false;
    return client.subscribe(
      { ...payload, variables },
      {
        next: (result) => {
          const told = (Object.values(result.data ?? {})[0] ?? {}) as Told;
          resync = isResync(told);
          if (resync) return;
          if (!isHeartbeat(told)) sink.next(result as Result);
          if (told.cursor) variables.after = told.cursor;
        },
        error: (error) => sink.error(error),
        complete: () => {
          sink.complete();
          if (resync) onResync(payload);
        },
      },
    );
  };
}
