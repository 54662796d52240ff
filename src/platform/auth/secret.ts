import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.js';
import type { Log } from '../log.js';
import { PublishedKeys } from './published-keys.js';
import { publishedKeyTokens, secretTokens, type Tokens } from './token.js';

/**
 * The tokens that a configuration asks for: an identity provider's, or by a secret. The demo makes
 * itself a fresh secret and keeps it in the data folder, readable by its owner only, so that tokens
 * outlive a restart and `stepdesk token` can sign while the desk runs.
 */
export function tokensFor(config: Config, log?: Log): Tokens {
  const { jwksUrl } = config.jwt;
  if (jwksUrl) {
    const failed = (err: unknown) => log?.warn({ err, jwksUrl }, 'The identity provider gave no keys');
    return publishedKeyTokens(new PublishedKeys(jwksUrl, failed), config.jwt);
  }
  return secretTokens(config.jwt.secret ?? demoSecret(config.dataDir), config.jwt);
}

function demoSecret(dataDir: string): string {
  const file = join(dataDir, 'jwt-secret');
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true });
    try {
      writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  return readFileSync(file, 'utf8').trim();
}
