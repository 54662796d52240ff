import { createServer, type Server } from 'node:http';
import type { Log } from '../log.js';
import { type Handler, sendError } from './respond.js';

export type Routes = Record<string, Handler>;

/** An HTTP server for exact paths; a path that ends in `/*` serves everything below it. */
export function httpServer(routes: Routes, log: Log): Server {
  const below = Object.entries(routes).filter(([path]) => path.endsWith('/*'));
  const server = createServer(async (request, response) => {
    // A busy connection never becomes idle: once the node stops, each answer is its connection's last.
    response.shouldKeepAlive &&= server.listening;
    try {
      const path = new URL(request.url ?? '/', 'http://desk').pathname;
      const handler = routes[path] ?? below.find(([prefix]) => path.startsWith(prefix.slice(0, -1)))?.[1];
      if (!handler)
        return sendError(response, 404, 'NOT_FOUND', `There is nothing at ${path}; the API is at /graphql.`);
      await handler(request, response);
    } catch (error) {
      log.error({ err: error }, 'A request failed unexpectedly');
      if (!response.headersSent)
        sendError(response, 500, 'INTERNAL_SERVER_ERROR', 'Something went wrong on our side.');
      else response.destroy();
    }
  });
  return server;
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
