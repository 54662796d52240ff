import type { IncomingMessage } from 'node:http';
import { readBody } from './body.js';

/** Most bytes of a form. */
const MOST_FORM = 64 * 1024;

/**
 * The fields of a form that a browser posted.
 * @throws BodyTooLarge
 */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  return new URLSearchParams(await readBody(request, MOST_FORM));
}

/**
 * Whether a form was posted by a page of ours. Browsers say where a form comes from; what doesn't say it
 * is refused. A page that posts must not be sent with `referrer-policy: no-referrer`: its origin would be
 * "null".
 * @param publicUrl where people reach the desk
 */
export function isSameOrigin(request: IncomingMessage, publicUrl: string): boolean {
  const { origin, host } = request.headers;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  const from = origin === undefined ? null : URL.parse(origin);
  return from !== null && (from.host === host || from.host === new URL(publicUrl).host);
}

/**
 * Whose request it is, for limits: the address at the other end, or what the trusted proxies before the
 * desk say of it. What lies further left in X-Forwarded-For anybody can write.
 */
export function clientAddress(request: IncomingMessage, trustedProxies: number): string {
  const told = [request.headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
  const forwarded = told.map((entry) => entry.trim()).filter((entry) => entry !== '');
  const wanted = trustedProxies === 0 ? undefined : forwarded.at(-trustedProxies);
  return wanted ?? request.socket.remoteAddress ?? '';
}
