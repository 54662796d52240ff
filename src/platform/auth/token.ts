import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify, SignJWT } from 'jose';
import type { Config } from '../config.js';

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
  const key = new TextEncoder().encode(secret);
  return {
    verify: (token) => verify(token, async () => key, ['HS256'], jwt),
    sign: (subject, lifetime) =>
      new SignJWT()
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setSubject(subject)
        .setIssuer(jwt.issuer)
        .setAudience(jwt.audience)
        .setIssuedAt()
        .setExpirationTime(lifetime)
        .sign(key),
  };
}

/** Tokens of an identity provider, by the keys it publishes; asymmetric algorithms only. */
export function publishedKeyTokens(url: string, jwt: Config['jwt']): Tokens {
  const keys = createRemoteJWKSet(new URL(url), { timeoutDuration: 5000 });
  return {
    verify: (token) => verify(token, keys, ['RS256', 'PS256', 'ES256', 'EdDSA'], jwt),
    sign: () =>
      Promise.reject(new Error('Tokens come from the identity provider of JWKS_URL, not from this desk.')),
  };
}

async function verify(
  token: string,
  key: JWTVerifyGetKey | (() => Promise<Uint8Array>),
  algorithms: string[],
  jwt: Config['jwt'],
) {
  try {
    const { payload } = await jwtVerify(token, key as JWTVerifyGetKey, {
      algorithms,
      issuer: jwt.issuer,
      audience: jwt.audience,
      requiredClaims: ['sub', 'exp'],
      clockTolerance: 5,
    });
    return { subject: payload.sub as string, expiresAt: payload.exp as number };
  } catch (error) {
    if (error instanceof errors.JWTExpired)
      throw new AuthenticationError('The token has expired; get a new one.', { cause: error, expired: true });
    if (error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout))
      throw new AuthenticationError('The token is not valid for this desk.', { cause: error });
    throw error;
  }
}
