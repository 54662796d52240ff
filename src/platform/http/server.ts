import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Log } from '../log.js';
import { HttpRefusal, refuse } from './refusal.js';
import { type Handler, sendError } from './respond.js';

export type Routes = Record<string, Handler>;

/** How long a request may take to arrive, body and all, in milliseconds, where its route has not more patience. */
const REQUEST_TIMEOUT = 30_000;
/**
 * How long a connection may be idle, in milliseconds. Longer than proxies keep theirs (60 s with nginx): the side
 * that sends must be the one that closes, or a request meets a connection that has just ended.
 */
const KEEP_ALIVE = 75_000;

/** An HTTP server for exact paths; a path that ends in `/*` serves everything below it. */
export function httpServer(routes: Routes, log: Log): Server {
  const below = Object.entries(routes).filter(([path]) => path.endsWith('/*'));
  const server = createServer(async (request, response) => {
    // A busy connection never becomes idle: once the node stops, each answer is its connection's last.
    response.shouldKeepAlive &&= server.listening;
    try {
      const path = URL.parse(request.url ?? '/', 'http://desk')?.pathname;
      if (path === undefined)
        throw new HttpRefusal('The address is not valid.', { status: 400, code: 'BAD_REQUEST' });
      const handler = routes[path] ?? below.find(([prefix]) => path.startsWith(prefix.slice(0, -1)))?.[1];
      if (!handler)
        throw new HttpRefusal(`There is nothing at ${path}; the API is at /graphql.`, {
          status: 404,
          code: 'NOT_FOUND',
        });
      limitArrival(request, response, handler.patience ?? REQUEST_TIMEOUT);
      await handler(request, response);
    } catch (error) {
      // Whoever went away, or was cut off, before all of it came hears no answer, and nothing of ours failed.
      if (request.destroyed && !request.complete) return;
      if (refuse(response, error, log)) return;
      log.error({ err: error }, 'A request failed unexpectedly');
      if (!response.headersSent)
        sendError(response, 500, 'INTERNAL_SERVER_ERROR', 'Something went wrong on our side.');
      else response.destroy();
    }
  });
  server.headersTimeout = REQUEST_TIMEOUT;
  server.requestTimeout = Math.max(
    ...Object.values(routes).map(({ patience = REQUEST_TIMEOUT }) => patience),
  );
  server.keepAliveTimeout = KEEP_ALIVE;
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return socket.destroy();
    socket.end(rawAnswer(MALFORMED[error.code ?? ''] ?? BAD_REQUEST));
  });
  return server;
}

/** Ends a request whose body takes longer to arrive than it may. */
function limitArrival(request: IncomingMessage, response: ServerResponse, milliseconds: number): void {
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = request.headers;
  if (encoding === undefined && length === '0') return;
  const timer = setTimeout(() => {
    if (request.complete || response.headersSent) return;
    const [, code, message] = LATE;
    sendError(response, 408, code, message, { connection: 'close' });
    response.once('finish', () => request.destroy());
  }, milliseconds);
  response.once('close', () => clearTimeout(timer));
}

const LATE = ['408 Request Timeout', 'REQUEST_TIMEOUT', 'The request took too long to arrive.'] as const;
/** What comes as no request at all, by Node's code of it. */
const MALFORMED: Record<string, readonly [status: string, code: string, message: string]> = {
  HPE_HEADER_OVERFLOW: [
    '431 Request Header Fields Too Large',
    'HEADERS_TOO_LARGE',
    'The headers are too large.',
  ],
  ERR_HTTP_REQUEST_TIMEOUT: LATE,
};
const BAD_REQUEST = ['400 Bad Request', 'BAD_REQUEST', 'This is not HTTP.'] as const;

function rawAnswer([status, code, message]: readonly [string, string, string]): string {
  const body = `${JSON.stringify({ errors: [{ message, extensions: { code } }] })}\n`;
  const headers = `content-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}`;
  return `HTTP/1.1 ${status}\r\n${headers}\r\nconnection: close\r\n\r\n${body}`;
}

/** Starts to listen. @returns the port, also where any free one was asked for */
export function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

/** Takes no new connection and waits for running requests, for so long at most. */
export async function closeServer(server: Server, seconds: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const force = setTimeout(() => server.closeAllConnections(), seconds * 1000);
  await closed;
  clearTimeout(force);
}
