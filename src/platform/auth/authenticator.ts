import DataLoader from 'dataloader';
import type { Database } from '../database/database.js';
import { claimsOfKey, type FindKey, isApiKey, keyIdOf } from './api-key.js';
import { AuthenticationError, type Claims, type Tokens } from './token.js';
import { anonymous, type Viewer } from './viewer.js';

/**
 * Finds the people that tokens stand for, by e-mail address or id, or whose keys they are, by the subjects of
 * their claims; without those it doesn't know. The directory provides it.
 */
export type FindViewers = (database: Database, subjects: readonly string[]) => Promise<Map<string, Viewer>>;

/** How long a viewer's rights are trusted without looking again, in milliseconds: what a change of rights may take to bite. */
const TRUSTED_FOR = 500;
const MOST_KEPT = 10_000;
/** How many people are looked up at once. */
const AT_ONCE = 500;

/** From a bearer token, or an API key, to who asks. */
export class Authenticator {
  private readonly known = new Map<string, { viewer: Promise<Viewer>; until: number }>();
  /** Those who come at the same moment are looked up together: after a restart of a node, all do. */
  private readonly arrivals = new DataLoader<string, Viewer | null>(
    async (subjects) => {
      const found = await this.viewers(subjects);
      return subjects.map((subject) => found.get(subject) ?? null);
    },
    { cache: false, maxBatchSize: AT_ONCE, batchScheduleFn: (look) => void setImmediate(look) },
  );

  constructor(
    private readonly tokens: Tokens,
    private readonly database: Database,
    private readonly findViewers: FindViewers,
    private readonly findKey: FindKey,
  ) {}

  /** @throws AuthenticationError */
  async claims(token: string): Promise<Claims> {
    if (isApiKey(token)) return claimsOfKey(this.database, this.findKey, token);
    const claims = await this.tokens.verify(token);
    if (keyIdOf(claims.subject) !== null)
      throw new AuthenticationError('The token is not valid for this desk.');
    return claims;
  }

  /**
   * The viewer of an `Authorization` header; anonymous without one.
   * @throws AuthenticationError
   */
  async fromHeader(header: string | undefined): Promise<Viewer> {
    if (header === undefined || header === '') return anonymous;
    const token = bearer(header);
    if (!token) throw new AuthenticationError('The Authorization header must read: Bearer <token>.');
    return this.viewer((await this.claims(token)).subject);
  }

  /**
   * The person's rights as they are now, to within half a second.
   * @throws AuthenticationError when the directory knows no such active person
   */
  viewer(subject: string): Promise<Viewer> {
    const now = performance.now();
    const kept = this.known.get(subject);
    if (kept && kept.until > now) return kept.viewer;
    if (this.known.size >= MOST_KEPT) this.known.clear();
    const viewer = this.arrivals.load(subject).then((found) => {
      if (!found)
        throw new AuthenticationError('The token stands for nobody who works or asks at this desk.');
      return found;
    });
    viewer.catch(() => this.known.delete(subject));
    this.known.set(subject, { viewer, until: now + TRUSTED_FOR });
    return viewer;
  }

  /** The rights of many as they are at this moment; those who may not be here are missing. */
  viewers(subjects: readonly string[]): Promise<Map<string, Viewer>> {
    return this.findViewers(this.database, subjects);
  }

  /** Trusts nothing any more that was looked up before: rights have changed. */
  forget(): void {
    this.known.clear();
  }
}

/** The token or API key of `Bearer <token>`, or undefined. */
export function bearer(header: string): string | undefined {
  return /^Bearer +([\w-]+\.[\w-]*\.[\w-]*|sd_live_[\w-]+)$/i.exec(header.trim())?.[1];
}
