import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

/** A plain HTTP server with a WebSocket server on it, on any free port. */
export async function socketServer(): Promise<{ sockets: WebSocketServer; url: string; close: () => void }> {
  const server = http.createServer();
  const sockets = new WebSocketServer({
    server,
    path: '/graphql',
    perMessageDeflate: false,
    handleProtocols: () => 'graphql-transport-ws',
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 1024, resolve));
  const close = () => {
    for (const socket of sockets.clients) socket.terminate();
    server.close();
  };
  return { sockets, url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, close };
}
