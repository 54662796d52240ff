import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';

/** How long keys are believed without looking again, in milliseconds; one that was taken back is then gone. */
const FRESH_FOR = 600_000;
/** How long they are believed while the provider does not answer. */
const TRUSTED_FOR = 24 * 3_600_000;
/** How often it is looked for a key that is not among them. */
const COOL_DOWN = 10_000;
/** How long the provider is left alone after it did not answer. */
const AFTER_FAILURE = 5_000;
/** How long an answer may take. */
export const PATIENCE = 5_000;

/** The keys of the identity provider are not to be had, so nobody knows whether a token is good. It passes. */
export class KeysUnavailable extends Error {
  readonly code = 'KEYS_UNAVAILABLE';

  constructor(cause: unknown) {
    super('The keys of the identity provider are not to be had', { cause });
    this.name = 'KeysUnavailable';
  }
}

/**
 * The keys that an identity provider publishes: looked at again after a while, and where a token names one that is
 * not among them. While the provider does not answer, those that are known go on for a day.
 * @param onFailure told each time that the provider did not answer
 */
export class PublishedKeys {
  private readonly remote: ReturnType<typeof createRemoteJWKSet>;
  private fetchedAt = Number.NEGATIVE_INFINITY;
  private failedAt = Number.NEGATIVE_INFINITY;
  private failure: unknown;

  constructor(
    url: string,
    private readonly onFailure: (error: unknown) => void,
    patience = PATIENCE,
  ) {
    // When to fetch is decided here: by itself it fails once its keys are old and the provider is away.
    const never = { cacheMaxAge: Number.POSITIVE_INFINITY, cooldownDuration: Number.POSITIVE_INFINITY };
    this.remote = createRemoteJWKSet(new URL(url), { timeoutDuration: patience, ...never });
  }

  /**
   * The key that a token was signed with, for `jwtVerify`.
   * @throws KeysUnavailable
   */
  readonly find: JWTVerifyGetKey = async (header, token) => {
    const age = performance.now() - this.fetchedAt;
    if (age > FRESH_FOR && !(await this.fetch()) && age > TRUSTED_FOR)
      throw new KeysUnavailable(this.failure);
    const found = await this.remote(header, token).catch((error: unknown) => {
      // A key that can't even be read.
      if (!(error instanceof errors.JOSEError)) throw new KeysUnavailable(error);
      const isNew =
        error instanceof errors.JWKSNoMatchingKey && performance.now() - this.fetchedAt >= COOL_DOWN;
      if (!isNew) throw error;
      return null;
    });
    if (found) return found;
    if (!(await this.fetch())) throw new KeysUnavailable(this.failure);
    return this.remote(header, token);
  };

  /** @returns whether the keys are those of now */
  private async fetch(): Promise<boolean> {
    if (performance.now() - this.failedAt < AFTER_FAILURE) return false;
    try {
      await this.remote.reload();
      this.fetchedAt = performance.now();
      return true;
    } catch (error) {
      // Several may have waited for the same answer.
      if (performance.now() - this.failedAt >= AFTER_FAILURE) this.onFailure(error);
      this.failedAt = performance.now();
      this.failure = error;
      return false;
    }
  }
}
