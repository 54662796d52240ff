import { createHash, randomBytes } from 'node:crypto';

/** The token of a survey's link: 192 bits of chance, which nobody guesses. */
export const newToken = (): string => randomBytes(24).toString('base64url');

/** What the desk keeps of a token: enough to know it again, and not to make a link of. SHA-256 in hex. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
