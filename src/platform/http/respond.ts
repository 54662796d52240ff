import type { IncomingMessage, ServerResponse } from 'node:http';

/** The answer to one route. */
export type Handler = ((request: IncomingMessage, response: ServerResponse) => Promise<void> | void) & {
  /** How long its requests may take to arrive, in milliseconds, where that is longer than for others. */
  patience?: number;
};

/** What every answer says; a page that needs more says its own. */
export const SAFETY = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
};

export function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
  headers = {},
): void {
  response.writeHead(status, {
    ...SAFETY,
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    ...headers,
  });
  response.end(body);
}

export function sendJson(response: ServerResponse, status: number, value: unknown, headers = {}): void {
  send(response, status, 'application/json; charset=utf-8', `${JSON.stringify(value)}\n`, headers);
}

export function sendHtml(response: ServerResponse, html: string): void {
  send(response, 200, 'text/html; charset=utf-8', html, { 'cache-control': 'no-store' });
}

/** A failure outside GraphQL's own, in GraphQL's shape, so that a client reads one kind of answer. */
export function sendError(
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
  headers = {},
): void {
  sendJson(response, status, { errors: [{ message, extensions: { code } }] }, headers);
}
