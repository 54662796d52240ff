import { createHash, randomBytes } from 'node:crypto';
import type { Database } from '../database/database.js';
import { AuthenticationError, type Claims } from './token.js';

/** API keys: secrets that programs send instead of a token, `sd_live_…`. */

const BEGINNING = 'sd_live_';
const FORM = /^sd_live_[\w-]{43}$/;
/** How much of a key is shown, to tell it from others. */
const SHOWN = BEGINNING.length + 6;
/** What the subject of a key begins with. No token of an identity provider may stand for a key. */
const SUBJECT = 'key:';
/** Of a key that doesn't expire: the end of the year 9999, in seconds since 1970. */
export const NEVER = 253_402_300_799;

/** A new key, of 256 random bits; only its hash is kept. */
export function newApiKey(): { secret: string; prefix: string; hash: string } {
  const secret = BEGINNING + randomBytes(32).toString('base64url');
  return { secret, prefix: secret.slice(0, SHOWN), hash: hashOfKey(secret) };
}

/** A key's bits are random: a plain hash can't be guessed back. */
function hashOfKey(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

export const isApiKey = (token: string): boolean => FORM.test(token);
export const keySubject = (keyId: string): string => SUBJECT + keyId;
/** The id of the key that a subject names, or null where it names a person. */
export const keyIdOf = (subject: string): string | null =>
  subject.startsWith(SUBJECT) ? subject.slice(SUBJECT.length) : null;

/** A key that is known by its hash. */
export interface KnownKey {
  id: string;
  expiresAt: Date | null;
  revoked: boolean;
}

/** Finds a key by its hash, and notes that it was used. The directory provides it. */
export type FindKey = (database: Database, hash: string) => Promise<KnownKey | null>;

/**
 * What a key claims: to be itself. Whose it is and what it may do is looked up with the viewer.
 * @throws AuthenticationError
 */
export async function claimsOfKey(database: Database, findKey: FindKey, secret: string): Promise<Claims> {
  const key = await findKey(database, hashOfKey(secret));
  if (!key || key.revoked) throw new AuthenticationError('The API key is not valid for this desk.');
  if (key.expiresAt && key.expiresAt.getTime() <= Date.now())
    throw new AuthenticationError('The API key has expired; make a new one.', { expired: true });
  return { subject: keySubject(key.id), expiresAt: key.expiresAt ? key.expiresAt.getTime() / 1000 : NEVER };
}
