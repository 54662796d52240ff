import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.rules.js';

/** SHA-256 of a value's canonical JSON, in hexadecimal: the same for the same content, however it is written. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}
