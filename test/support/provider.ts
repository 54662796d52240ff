import { createHmac } from 'node:crypto';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

/** A key pair of an identity provider. */
export interface Pair {
  alg: string;
  kid: string;
  privateKey: CryptoKey;
  jwk: JWK;
}

export async function pair(alg: string, kid: string): Promise<Pair> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { alg, kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

/** How a provider answers. */
export const ANSWERS = {
  KEYS: (response: ServerResponse, keys: JWK[]) => response.end(JSON.stringify({ keys })),
  FAILS: (response: ServerResponse) => response.writeHead(500).end('secret words of the provider'),
  RUBBISH: (response: ServerResponse) => response.end('<html>'),
  NO_KEYS: (response: ServerResponse) => response.end('{"keys": 1}'),
  MOVED: (response: ServerResponse) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(),
  SILENT: () => undefined,
  HANGS_UP: (response: ServerResponse) => response.destroy(),
};

/** An identity provider: publishes keys at a URL, as well or badly as a test wants. */
export class Provider {
  keys: JWK[] = [];
  answers: (response: ServerResponse, keys: JWK[]) => unknown = ANSWERS.KEYS;
  /** How often it was asked. */
  asked = 0;
  private readonly server: Server;

  private constructor() {
    this.server = createServer((_request, response) => {
      this.asked += 1;
      this.answers(response, this.keys);
    });
  }

  static async start(): Promise<Provider> {
    const made = new Provider();
    await new Promise<void>((resolve) => made.server.listen(0, '127.0.0.1', resolve));
    return made;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/keys`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** What a token says, times in seconds from now; what is undefined is left out. */
export interface Said {
  claims?: Record<string, unknown>;
  header?: Record<string, unknown>;
  exp?: unknown;
}

/** A token as the provider makes them, for the demo's agent unless it says otherwise. */
export function signed({ alg, kid, privateKey }: Pick<Pair, 'alg' | 'kid' | 'privateKey'>, said: Said = {}) {
  const now = Math.floor(Date.now() / 1000);
  const { claims = {}, header = {} } = said;
  const exp = 'exp' in said ? said.exp : 60;
  const payload = {
    sub: 'agent@demo.stepdesk.example',
    iss: 'stepdesk',
    aud: 'stepdesk',
    exp: typeof exp === 'number' ? now + exp : exp,
    ...claims,
  };
  return new SignJWT(JSON.parse(JSON.stringify(payload)))
    .setProtectedHeader(JSON.parse(JSON.stringify({ alg, kid, ...header })))
    .sign(privateKey);
}

export const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
/** A token that is signed by HMAC, or not at all, whatever keys there are. */
export function handmade(header: object, secret?: string): string {
  const claims = { sub: 'agent@demo.stepdesk.example', iss: 'stepdesk', aud: 'stepdesk', exp: 4_000_000_000 };
  const text = `${base64(header)}.${base64(claims)}`;
  return `${text}.${secret === undefined ? '' : createHmac('sha256', secret).update(text).digest('base64url')}`;
}
