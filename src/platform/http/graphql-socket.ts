import { CloseCode, handleProtocols, MessageType, makeServer, type ServerOptions } from 'graphql-ws';
import type { WebSocket, WebSocketServer } from 'ws';
import { TRY_AGAIN_LATER } from '../live/outlet.js';
import type { Log } from '../log.js';
import { Flow } from './socket-flow.js';
import { readMessage } from './socket-message.js';
import { Turns } from './socket-turns.js';

/** After how long without a sign of life a client is asked for one, in milliseconds; after as long again it is gone. */
const KEEP_ALIVE = 12_000;
/** Close code of RFC 6455, 7.4.1: only text is understood. */
const UNSUPPORTED_DATA = 1003;

/**
 * Speaks graphql-transport-ws on the sockets of a server, by graphql-ws. What a client sends can neither be more
 * than it reads of the answers (`Flow`), nor get an operation mixed up with the one that had its id before (`Turns`).
 */
export function speakGraphQL<Extra extends object>(
  options: ServerOptions<Record<string, unknown>, { socket: WebSocket } & Partial<Extra>>,
  sockets: WebSocketServer,
  log: Log,
): void {
  const graphql = makeServer(options);
  sockets.options.handleProtocols = handleProtocols;
  // Those of the HTTP server, which whoever has it listen is told of.
  sockets.on('error', () => undefined);
  sockets.on('connection', (socket) => {
    const flow = new Flow(socket);
    const fail = (err: unknown) => {
      log.error({ err }, 'A message over WebSocket could not be dealt with; its client is told to come back');
      socket.close(TRY_AGAIN_LATER, 'Something went wrong on our side; reconnect');
    };
    const closed = graphql.opened(
      {
        protocol: socket.protocol,
        send: (text) => sent(socket, text),
        close: (code, reason) => socket.close(code, reason),
        onPing: async (payload) => {
          const pong = pongOf(payload);
          if (pong === null) socket.close(CloseCode.BadRequest, 'Invalid message received');
          else await sent(socket, pong);
        },
        onMessage: (handle) => {
          // What waited for its turn may come to it when nobody is there any more.
          const turns = new Turns(async ({ text }) => {
            if (socket.readyState === socket.OPEN) await handle(text);
          }, flow);
          socket.on('message', (data, isBinary) => {
            flow.heed();
            if (isBinary) return socket.close(UNSUPPORTED_DATA, 'Send text');
            const message = readMessage(String(data));
            if (message) turns.take(message).catch(fail);
            else socket.close(CloseCode.BadRequest, 'Invalid message received');
          });
        },
      },
      { socket } as { socket: WebSocket } & Partial<Extra>,
    );
    socket.on('ping', () => flow.heed());
    // By then it is closed, with the code that says what was wrong with a frame: 1002, 1007 or 1009.
    socket.on('error', (err) => log.debug({ err }, 'A socket was broken off'));
    const beat = keepAlive(socket);
    socket.once('close', (code, reason) => {
      clearInterval(beat);
      closed(code, String(reason)).catch(fail);
    });
  });
}

function sent(socket: WebSocket, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    if (socket.readyState !== socket.OPEN) return resolve();
    socket.send(text, (error) => (error ? reject(error) : resolve()));
  });
}

/** The answer to a ping; null where its payload is nested too deep to be written. */
function pongOf(payload: Record<string, unknown> | undefined): string | null {
  try {
    return JSON.stringify({ type: MessageType.Pong, ...(payload ? { payload } : {}) });
  } catch {
    return null;
  }
}

function keepAlive(socket: WebSocket): NodeJS.Timeout {
  let alive = true;
  socket.on('pong', () => {
    alive = true;
  });
  return setInterval(() => {
    if (!alive) return socket.terminate();
    alive = false;
    if (socket.readyState === socket.OPEN) socket.ping();
  }, KEEP_ALIVE);
}
