import type { IncomingMessage } from 'node:http';
import { BodyTooLarge } from './refusal.js';

/** How much of too large a body is still taken and dropped, in multiples of what is allowed. */
const PATIENCE = 16;

/**
 * The body of a request as text.
 *
 * One that is too large is taken to its end and dropped where it says its length and that is not absurd: a
 * client that is cut off while it still sends never reads the answer that says why. Others are cut off.
 * @throws BodyTooLarge past `most` bytes
 */
export function readBody(request: IncomingMessage, most: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const declared = Number(request.headers['content-length'] ?? Number.POSITIVE_INFINITY);
    const patient = declared <= most * PATIENCE;
    const chunks: Buffer[] = [];
    let size = 0;
    const tooLarge = () => reject(new BodyTooLarge(most, patient ? {} : { connection: 'close' }));
    if (declared > most && !patient) tooLarge();
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= most) chunks.push(chunk);
      else if (!patient) tooLarge();
    });
    request.on('end', () => (size > most ? tooLarge() : resolve(Buffer.concat(chunks).toString('utf8'))));
    request.on('error', reject);
  });
}

/**
 * Has the rest of a request that was refused taken and dropped, where readBody would, too.
 * @param most bytes that a body of its kind may have
 * @returns headers of the answer: where nothing more is taken, it is the connection's last
 */
export function letEnd(request: IncomingMessage, most: number): Record<string, string> {
  const declared = Number(request.headers['content-length'] ?? Number.POSITIVE_INFINITY);
  if (!request.complete && declared > most * PATIENCE) return { connection: 'close' };
  request.resume();
  return {};
}
