import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { exportSPKI, importJWK, type JWK } from 'jose';
import { KeysUnavailable, PublishedKeys } from '../../src/platform/auth/published-keys.js';
import { publishedKeyTokens } from '../../src/platform/auth/token.js';
import { useDesk } from '../support/desk.js';
import { ANSWERS, base64, handmade, type Pair, Provider, pair, signed } from '../support/provider.js';
import { Wire } from '../support/wire.js';

/** Tokens of an identity provider, by the keys that it publishes: which are taken, and what if it is away. */
const provider = await Provider.start();
const desk = useDesk({ JWKS_URL: provider.url });
const pairs: Record<string, Pair> = {};
let forged: Pair;
beforeAll(async () => {
  for (const alg of ['RS256', 'PS256', 'ES256', 'EdDSA', 'RS384']) pairs[alg] = await pair(alg, `key-${alg}`);
  forged = await pair('RS256', 'key-RS256');
  provider.keys = all();
});
afterEach(() => {
  jest.restoreAllMocks();
  jest.spyOn(performance, 'now').mockImplementation(() => now() + passed);
  provider.answers = ANSWERS.KEYS;
});
afterAll(() => provider.stop());
const all = () => Object.values(pairs).map(({ jwk }) => jwk);
const of = (alg: string) => pairs[alg] as Pair;

/** The desk's clock of passing time, set forward; no clock of a token. */
let passed = 0;
const now = performance.now.bind(performance);
jest.spyOn(performance, 'now').mockImplementation(() => now() + passed);
const letMinutesPass = (minutes: number) => {
  passed += minutes * 60_000;
};

/** What a token is answered with: the status and, unless it is let in, code, `retryable` and `retry-after`. */
async function ask(token: string): Promise<unknown[]> {
  const response = await fetch(`${desk.app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: '{ teams { totalCount } }' }),
  });
  const text = await response.text();
  expect(text).not.toMatch(/127\.0\.0\.1|keys"|secret words|jose|fetch|\bat \w+ \(/);
  const { code, retryable } = JSON.parse(text).errors?.[0].extensions ?? {};
  if (response.status === 200) return [200];
  return [response.status, code, retryable ?? false, response.headers.get('retry-after')];
}
const IN = [200];
const OUT = [401, 'UNAUTHENTICATED', false, null];
const LATER = [503, 'UNAVAILABLE', true, '1'];

const rs256 = (claims: Record<string, unknown>, exp: unknown = 60) => signed(of('RS256'), { claims, exp });
const pem = async () =>
  exportSPKI((await importJWK(of('RS256').jwk, 'RS256', { extractable: true })) as never);

// First, while no key is known yet.
describe('before any key was had', () => {
  test('the request may be repeated: it is told so, by HTTP and by a socket', async () => {
    provider.answers = ANSWERS.FAILS;
    const token = await signed(of('RS256'));
    expect(await ask(token)).toEqual(LATER);
    const warned = jest.spyOn(desk.app.desk.log, 'warn').mockReturnValue();
    const wire = await Wire.to(desk.app.url);
    wire.say({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
    expect((await wire.closed).code).toBe(1013);
    expect(warned).toHaveBeenCalledTimes(1);
    // It was asked once, and is left alone for a while.
    expect(provider.asked).toBe(1);
    provider.answers = ANSWERS.KEYS;
    expect(await ask(token)).toEqual(LATER);
    letMinutesPass(0.1);
    expect(await ask(token)).toEqual(IN);
    expect(provider.asked).toBe(2);
  });

  test.each(['FAILS', 'RUBBISH', 'NO_KEYS', 'MOVED', 'SILENT', 'HANGS_UP'] as const)(
    'nor are there any where the provider %s',
    async (how) => {
      provider.answers = ANSWERS[how];
      const failures: unknown[] = [];
      const { jwt } = desk.app.desk.config;
      const tokens = publishedKeyTokens(
        new PublishedKeys(provider.url, (error) => failures.push(error), 100),
        jwt,
      );
      const token = await signed(of('ES256'));
      const answers = await Promise.allSettled([tokens.verify(token), tokens.verify(token)]);
      for (const answer of answers) expect(answer).toMatchObject({ reason: expect.any(KeysUnavailable) });
      expect(failures).toHaveLength(1);
    },
  );
});

describe('a token', () => {
  test.each<[string, () => string | Promise<string>, unknown[]]>([
    ['signed by RS256', () => signed(of('RS256')), IN],
    ['signed by PS256', () => signed(of('PS256')), IN],
    ['signed by ES256', () => signed(of('ES256')), IN],
    ['signed by EdDSA', () => signed(of('EdDSA')), IN],
    ['that names no key', () => signed(of('ES256'), { header: { kid: undefined } }), IN],
    ['for several audiences', () => rs256({ aud: ['other', 'stepdesk'] }), IN],
    ['that expired three seconds ago', () => rs256({}, -3), IN],
    ['that is good in three seconds', () => rs256({ nbf: Date.now() / 1000 + 3 }), IN],
    ['of an algorithm that is not taken', () => signed(of('RS384')), OUT],
    ['signed by nobody', () => handmade({ alg: 'none' }), OUT],
    ['signed by Nobody', () => handmade({ alg: 'None', kid: 'key-RS256' }), OUT],
    ['signed by the public key as text', async () => handmade({ alg: 'HS256' }, await pem()), OUT],
    ['the same, naming it', async () => handmade({ alg: 'HS256', kid: 'key-RS256' }, await pem()), OUT],
    [
      'signed by the public key as JSON',
      () => handmade({ alg: 'HS256', kid: 'key-RS256' }, JSON.stringify(of('RS256').jwk)),
      OUT,
    ],
    [
      'signed by a number of the key',
      () => handmade({ alg: 'HS256', kid: 'key-RS256' }, of('RS256').jwk.n),
      OUT,
    ],
    ['signed by another key of that name', () => signed(forged), OUT],
    ['signed by another key, naming none', () => signed(forged, { header: { kid: undefined } }), OUT],
    [
      'that names a key of another algorithm',
      () => signed(of('ES256'), { header: { kid: 'key-RS256' } }),
      OUT,
    ],
    ['that names a key that is an object', () => signed(of('RS256'), { header: { kid: { a: 1 } } }), OUT],
    ['that brings its key along', () => signed(forged, { header: { jwk: forged.jwk, kid: 'mine' } }), OUT],
    [
      'that says where its key is',
      () => signed(forged, { header: { jku: 'http://127.0.0.1:9/', kid: 'mine' } }),
      OUT,
    ],
    [
      'with a header that must be understood',
      () =>
        signed(of('RS256'), { header: { crit: ['exp'], exp: 1 } }).catch(() =>
          handmade({ alg: 'RS256', crit: ['x'], x: 1 }),
        ),
      OUT,
    ],
    [
      'that was changed',
      async () =>
        (await signed(of('RS256'))).replace(
          /\.[^.]+\./,
          `.${base64({ sub: 'admin@demo.stepdesk.example', iss: 'stepdesk', aud: 'stepdesk', exp: 4_000_000_000 })}.`,
        ),
      OUT,
    ],
    ['that was cut off', async () => (await signed(of('RS256'))).slice(0, -8), OUT],
    ['of another issuer', () => rs256({ iss: 'https://evil.example' }), OUT],
    ['of no issuer', () => rs256({ iss: undefined }), OUT],
    ['for another audience', () => rs256({ aud: 'other' }), OUT],
    ['for no audience', () => rs256({ aud: undefined }), OUT],
    ['that expired ten seconds ago', () => rs256({}, -10), OUT],
    ['that never expires', () => rs256({ exp: undefined }), OUT],
    ['that expires in words', () => rs256({}, 'tomorrow'), OUT],
    ['that is good in a minute', () => rs256({ nbf: Date.now() / 1000 + 60 }), OUT],
    ['for nobody', () => rs256({ sub: undefined }), OUT],
    ['for an empty name', () => rs256({ sub: '' }), OUT],
    ['for a number', () => rs256({ sub: 1 }), OUT],
    ['for an object', () => rs256({ sub: { startsWith: 1 } }), OUT],
    ['for a list', () => rs256({ sub: ['agent@demo.stepdesk.example'] }), OUT],
    ['for a name with NUL', () => rs256({ sub: 'agent@demo.stepdesk.example\0' }), OUT],
    ['for a name of 8,000 letters', () => rs256({ sub: 'x'.repeat(8000) }), OUT],
    ['for somebody who is not here', () => rs256({ sub: 'nobody@demo.stepdesk.example' }), OUT],
    ['for an API key', () => rs256({ sub: 'key:apikey_01h455vb4pex5vsknk084sn02q' }), OUT],
    ['of 10,000 letters', () => `${'a'.repeat(5000)}.${'a'.repeat(4000)}.${'a'.repeat(1000)}`, OUT],
    ['of 20,000 letters', () => `${'a'.repeat(20_000)}.a.a`, [431, 'HEADERS_TOO_LARGE', false, null]],
  ])('%s', async (_, token, expected) => {
    expect(await ask(await token())).toEqual(expected);
  });
});

describe('keys', () => {
  /** How often the provider is asked meanwhile. */
  async function asking(work: () => Promise<unknown>): Promise<number> {
    const before = provider.asked;
    await work();
    return provider.asked - before;
  }

  test('that nobody knows are looked for now and then, however many name them', async () => {
    const unknown = await Promise.all(
      [...Array(20)].map(() => signed({ ...forged, kid: randomBytes(8).toString('hex') })),
    );
    letMinutesPass(1);
    expect(
      await asking(async () => expect(await Promise.all(unknown.map(ask))).toEqual(unknown.map(() => OUT))),
    ).toBe(1);
    letMinutesPass(1);
    expect(await asking(() => ask(unknown[0] as string))).toBe(1);
    expect(await asking(async () => expect(await ask(await signed(of('RS256')))).toEqual(IN))).toBe(0);
  });

  test('that are new are found when the first token names them; those taken back are gone within ten minutes', async () => {
    const fresh = await pair('ES256', 'key-new');
    const [before, after] = [of('RS256'), fresh];
    letMinutesPass(1);
    provider.keys = [fresh.jwk, of('ES256').jwk];
    expect(await ask(await signed(after))).toEqual(IN);
    expect(await ask(await signed(before))).toEqual(OUT);
    provider.keys = all();
    letMinutesPass(11);
    expect(await ask(await signed(before))).toEqual(IN);
    expect(await ask(await signed(after))).toEqual(OUT);
  });

  test('that are known go on for a day while the provider is away, which is asked now and then', async () => {
    const warned = jest.spyOn(desk.app.desk.log, 'warn').mockReturnValue();
    const token = await signed(of('RS256'));
    const stranger = await signed({ ...forged, kid: 'key-that-may-be-new' });
    provider.answers = ANSWERS.FAILS;
    letMinutesPass(11);
    const ten = async () => {
      for (let n = 0; n < 10; n += 1) expect(await ask(token)).toEqual(IN);
    };
    expect(await asking(ten)).toBe(1);
    expect(warned).toHaveBeenCalledTimes(1);
    // It may be signed with a key that is new: nobody can tell.
    expect(await ask(stranger)).toEqual(LATER);
    letMinutesPass(60);
    expect(await ask(token)).toEqual(IN);
    letMinutesPass(24 * 60);
    expect(await ask(token)).toEqual(LATER);
    provider.answers = ANSWERS.KEYS;
    letMinutesPass(1);
    expect(await ask(token)).toEqual(IN);
    expect(await ask(stranger)).toEqual(OUT);
  });

  test('that can’t be read, or are for something else, open nothing', async () => {
    const broken: JWK[] = [{ kty: 'EC', crv: 'P-256', x: '!', y: '!', kid: 'broken', alg: 'ES256' }];
    const sealing: JWK = { ...of('RS256').jwk, kid: 'sealing', use: 'enc' };
    const secret: JWK = { kty: 'oct', k: base64('secret'), kid: 'secret', alg: 'HS256' };
    provider.keys = [...broken, sealing, secret, ...all()];
    letMinutesPass(11);
    expect(await ask(await signed({ ...of('ES256'), kid: 'broken' }))).toEqual(LATER);
    expect(await ask(await signed({ ...of('RS256'), kid: 'sealing' }))).toEqual(OUT);
    expect(await ask(handmade({ alg: 'HS256', kid: 'secret' }, 'secret'))).toEqual(OUT);
    expect(await ask(await signed(of('RS256')))).toEqual(IN);
  });
});

test('a desk that takes the tokens of a provider signs none itself', async () => {
  await expect(desk.app.tokens.sign('agent@demo.stepdesk.example', '1 hour')).rejects.toThrow('JWKS_URL');
});
