import {
  type CryptoKey,
  errors,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
  jwtVerify,
  SignJWT,
} from 'jose';
import type { Config } from '../config.js';
import { isKeepable } from '../graphql/variables.rules.js';
import type { PublishedKeys } from './published-keys.js';

/** What a valid token says: whom it stands for (an e-mail address or an id of the directory), and until when. */
export interface Claims {
  subject: string;
  /** Seconds since 1970. */
  expiresAt: number;
}

/** The token is absent where one is needed, malformed, forged, or for somebody else's desk. */
export class AuthenticationError extends Error {
  /** True where the token was good once, so that a client does well to get a new one. */
  readonly expired: boolean;

  constructor(message: string, options: ErrorOptions & { expired?: boolean } = {}) {
    super(message, options);
    this.name = 'AuthenticationError';
    this.expired = options.expired ?? false;
  }
}

/** Checks tokens; and signs them, where the desk holds the secret itself. */
export interface Tokens {
  verify(token: string): Promise<Claims>;
  /** @param lifetime such as `30 days` or `2h` */
  sign(subject: string, lifetime: string): Promise<string>;
}

/**
 * Tokens signed with a shared secret: HS256 and nothing else. `iss`, `aud`, `exp` and `sub` are
 * required. Source: RFC 7519, RFC 8725.
 */
export function secretTokens(secret: string, jwt: Config['jwt']): Tokens {
  // Made once: from bytes, each check would make it anew.
  const hmac = { name: 'HMAC', hash: 'SHA-256' };
  const key = crypto.subtle.importKey('raw', new TextEncoder().encode(secret), hmac, false, [
    'sign',
    'verify',
  ]);
  return {
    verify: (token) => verify(token, () => key, ['HS256'], jwt),
    sign: async (subject, lifetime) =>
      new SignJWT()
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setSubject(subject)
        .setIssuer(jwt.issuer)
        .setAudience(jwt.audience)
        .setIssuedAt()
        .setExpirationTime(lifetime)
        .sign(await key),
  };
}

/**
 * Tokens of an identity provider, by the keys it publishes; asymmetric algorithms only, whatever a token says of
 * itself. `verify` throws KeysUnavailable where the keys are not to be had.
 */
export function publishedKeyTokens(keys: PublishedKeys, jwt: Config['jwt']): Tokens {
  return {
    verify: (token) => verify(token, keys.find, ['RS256', 'PS256', 'ES256', 'EdDSA'], jwt),
    sign: () =>
      Promise.reject(new Error('Tokens come from the identity provider of JWKS_URL, not from this desk.')),
  };
}

/** Characters of a subject: an e-mail address has at most 320. */
const MOST_SUBJECT = 320;

async function verify(
  token: string,
  key: JWTVerifyGetKey | (() => Promise<CryptoKey>),
  algorithms: string[],
  jwt: Config['jwt'],
): Promise<Claims> {
  try {
    const { payload } = await verified(token, key as JWTVerifyGetKey, {
      algorithms,
      issuer: jwt.issuer,
      audience: jwt.audience,
      requiredClaims: ['sub', 'exp'],
      clockTolerance: 5,
    });
    const { sub, exp } = payload;
    if (typeof sub !== 'string' || sub === '' || sub.length > MOST_SUBJECT || !isKeepable(sub))
      throw new AuthenticationError(
        'The token does not say whom it stands for: sub must be an address or an id.',
      );
    return { subject: sub, expiresAt: exp as number };
  } catch (error) {
    if (error instanceof errors.JWTExpired)
      throw new AuthenticationError('The token has expired; get a new one.', { cause: error, expired: true });
    if (error instanceof errors.JOSEError)
      throw new AuthenticationError('The token is not valid for this desk.', { cause: error });
    throw error;
  }
}

/** As `jwtVerify`; a token that names no key may be signed with any that its algorithm fits. */
async function verified(token: string, key: JWTVerifyGetKey, options: JWTVerifyOptions) {
  try {
    return await jwtVerify(token, key, options);
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    for await (const each of error) {
      const found = await jwtVerify(token, each, options).catch((fault: unknown) => {
        if (fault instanceof errors.JWSSignatureVerificationFailed) return null;
        throw fault;
      });
      if (found) return found;
    }
    throw new errors.JWSSignatureVerificationFailed(undefined, { cause: error });
  }
}
