import type { Database } from '../database/database.js';
import { AuthenticationError, type Claims, type Tokens } from './token.js';
import { anonymous, type Viewer } from './viewer.js';

/** Finds the person a token stands for, by e-mail address or id. The directory provides it. */
export type FindViewer = (database: Database, subject: string) => Promise<Viewer | null>;

/** How long a viewer's rights are trusted without looking again, in milliseconds: what a change of rights may take to bite. */
const TRUSTED_FOR = 500;
const MOST_KEPT = 10_000;

/** From a bearer token to who asks. */
export class Authenticator {
  private readonly known = new Map<string, { viewer: Promise<Viewer>; until: number }>();

  constructor(
    private readonly tokens: Tokens,
    private readonly database: Database,
    private readonly findViewer: FindViewer,
  ) {}

  /** @throws AuthenticationError */
  claims(token: string): Promise<Claims> {
    return this.tokens.verify(token);
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
    const viewer = this.findViewer(this.database, subject).then((found) => {
      if (!found)
        throw new AuthenticationError('The token stands for nobody who works or asks at this desk.');
      return found;
    });
    viewer.catch(() => this.known.delete(subject));
    this.known.set(subject, { viewer, until: now + TRUSTED_FOR });
    return viewer;
  }
}

/** The token of `Bearer <token>`, or undefined. */
export function bearer(header: string): string | undefined {
  return /^Bearer +([\w-]+\.[\w-]*\.[\w-]*)$/i.exec(header.trim())?.[1];
}
