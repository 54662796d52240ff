import type { IncomingMessage, ServerResponse } from 'node:http';
import { ALL_HEADERS } from './headers.js';

/** How long a browser may trust what it was told of an origin, in seconds. */
const TRUSTED_FOR = 7200;

/**
 * Lets pages of the origins that are listed read answers (CORS). Nothing is ever sent along by the browser
 * itself: there are no cookies, and credentials are not allowed. Pages of the desk need no permission.
 * @param origins such as https://app.example.com; `*` for all
 * @param methods that such pages may use
 * @returns whether the request was a preflight, which is answered then
 */
export function crossOrigin(
  origins: readonly string[],
  methods = 'GET, POST',
): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    const { origin } = request.headers;
    if (origin !== undefined) response.setHeader('vary', 'origin');
    const allowed = origin !== undefined && (origins.includes('*') || origins.includes(origin));
    if (allowed) {
      response.setHeader('access-control-allow-origin', origins.includes('*') ? '*' : origin);
      response.setHeader('access-control-expose-headers', ALL_HEADERS.told.join(', '));
    }
    if (request.method !== 'OPTIONS') return false;
    if (allowed) {
      response.setHeader('access-control-allow-methods', methods);
      response.setHeader('access-control-allow-headers', ALL_HEADERS.taken.join(', '));
      response.setHeader('access-control-max-age', TRUSTED_FOR);
    }
    response.writeHead(204, { allow: `${methods}, OPTIONS` }).end();
    return true;
  };
}

/**
 * Whether a page of this origin may open a socket: the desk's own, one that is listed, or no page at all.
 * Browsers ask nobody before they open one, so the server must look.
 */
export function isWelcome(
  { origin, host }: { origin?: string; host?: string },
  { publicUrl, origins }: { publicUrl: string; origins: readonly string[] },
): boolean {
  if (origin === undefined || origins.includes('*') || origins.includes(origin)) return true;
  const from = URL.parse(origin)?.host;
  return from !== undefined && (from === host || from === URL.parse(publicUrl)?.host);
}
