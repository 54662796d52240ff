import { once } from 'node:events';
import { request } from 'node:http';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { Role } from '../../../src/platform/auth/viewer.js';
import {
  CompleteStepDocument,
  DecideApprovalDocument,
  SaveStepDraftDocument,
  StartRunDocument,
  StepFilesDocument,
} from '../../generated/graphql.js';
import type { Client } from '../../support/client.js';
import { until, useDesk } from '../../support/desk.js';
import { at, publish } from '../../support/office.js';
import { field } from '../process/faulty.js';
import { newTicket } from '../process/tickets.js';
import { approval, processOf, task } from '../run/definitions.js';
import { create, OTHER, refusals } from '../ticket/play.js';
import {
  announce,
  announced,
  type Body,
  bring,
  fileOf,
  noise,
  refusal,
  sha256,
  uploaded,
} from './uploads.js';

const MOST = 2_000_000;
const ORIGIN = 'https://front.example';
const desk = useDesk({ MAX_FILE_BYTES: String(MOST), CORS_ORIGINS: ORIGIN });
const HOUR = 1 / 24;
let agent: Client;
let customer: Client;
let other: Client;
let ticketId: string;

const db = () => desk.app.desk.database.sql;
/** How many rows of bytes are kept of a file. */
const rows = async (id: string) =>
  Number(
    (
      await sql<{ count: string }>`select count(*) as count from file_chunk where file_id = ${id}`.execute(
        db(),
      )
    ).rows[0]?.count,
  );

beforeAll(async () => {
  [agent, customer, other] = [await desk.as(Role.AGENT), await desk.as(Role.CUSTOMER), await desk.as(OTHER)];
  ticketId = await newTicket(desk);
  const photo = field('Photo', 'FILE', { maxSize: 1_000_000, types: ['image/*'], max: 2 });
  await publish(desk, {
    ...processOf(task('look', { fields: [photo, field('Note', 'SHORT_TEXT')] }), approval('ok', ['look'])),
    key: 'looking',
    name: 'Looking',
  });
});

/** A run whose first step asks for photos. */
async function aStep() {
  const ticket = await newTicket(desk);
  const { startRun } = await agent.ask(StartRunDocument, { input: { ticketId: ticket, process: 'looking' } });
  const [look, ok] = (startRun.run?.steps ?? []).map(({ id }) => id) as [string, string];
  const answers = (photos: unknown) => [{ field: 'Photo', value: photos }];
  return {
    ticket,
    look,
    ok,
    complete: async (photos: unknown) =>
      (await agent.ask(CompleteStepDocument, { input: { stepId: look, answers: answers(photos) } }))
        .completeStep,
    save: async (photos: unknown) =>
      (await agent.ask(SaveStepDraftDocument, { input: { stepId: look, answers: answers(photos) } }))
        .saveStepDraft,
    read: async () => {
      const { node } = await agent.ask(StepFilesDocument, { step: look });
      if (!node || !('answers' in node)) throw new Error('The step is gone');
      return node;
    },
  };
}

describe('the whole way', () => {
  test('a file is announced, brought, answered with, shown with its step, and read byte by byte', async () => {
    const step = await aStep();
    // More than two rows of bytes, and not a multiple of one.
    const bytes = noise(700_001);
    const { file, upload, userErrors } = await announce(agent, {
      ticketId: step.ticket,
      size: bytes.length,
      fileName: 'screen.png',
    });
    expect(userErrors).toEqual([]);
    expect(file).toMatchObject({
      name: 'screen.png',
      contentType: 'image/png',
      size: bytes.length,
      status: 'PENDING',
      sha256: null,
      storedAt: null,
      download: null,
      ticket: { id: step.ticket },
      uploadedBy: { name: 'Alex Agent' },
    });
    expect(upload).toMatchObject({
      method: 'PUT',
      headers: [{ name: 'content-type', value: 'image/png' }],
    });
    const id = file?.id as string;
    expect(refusals(await step.complete([id]))).toEqual(['INVALID_INPUT input answers 0 value']);

    const stored = await bring(upload as never, bytes);
    expect([stored.status, await stored.json()]).toEqual([
      201,
      { file: { id, size: bytes.length, sha256: sha256(bytes) } },
    ]);
    expect(refusals(await step.complete([id]))).toEqual([]);
    const shown = { id, name: 'screen.png', size: bytes.length, type: 'image/png' };
    const read = await step.read();
    expect(read).toMatchObject({
      answers: { Photo: [shown] },
      attempts: [{ answers: { Photo: [shown] }, files: [{ id }] }],
      files: [{ id, status: 'STORED', sha256: sha256(bytes) }],
    });
    const url = read.files?.[0]?.download?.url as string;
    for (const method of ['GET', 'HEAD']) {
      const response = await fetch(url, { method });
      expect(response.status).toBe(200);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': 'image/png',
        'content-length': String(bytes.length),
        'content-disposition': `attachment; filename="screen.png"; filename*=UTF-8''screen.png`,
        'x-content-type-options': 'nosniff',
        'cache-control': 'private, no-store',
        'cross-origin-resource-policy': 'same-origin',
        'content-security-policy':
          "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
      });
      const body = Buffer.from(await response.arrayBuffer());
      expect(method === 'HEAD' ? body.length : sha256(body)).toBe(method === 'HEAD' ? 0 : sha256(bytes));
    }
  });

  test.each([0, 1, 262_144, 262_145])('a file of %i bytes comes back as it was', async (size) => {
    const bytes = noise(size);
    const id = await uploaded(agent, bytes, { ticketId });
    const file = await fileOf(agent, id);
    expect(file).toMatchObject({ status: 'STORED', sha256: sha256(bytes), size });
    const back = Buffer.from(await (await fetch(file?.download?.url as string)).arrayBuffer());
    expect(back.equals(bytes)).toBe(true);
  });

  test('what is in a draft stays while it is one, and comes with the next attempt', async () => {
    const step = await aStep();
    const [first, second] = [
      await uploaded(agent, noise(10), { ticketId: step.ticket }),
      await uploaded(agent, noise(10), { ticketId: step.ticket }),
    ];
    expect(refusals(await step.save([first]))).toEqual([]);
    const { draft } = await step.read();
    expect(draft?.files).toEqual([{ id: first }]);
    // As it was read it can be sent again.
    expect(refusals(await step.complete((draft?.answers as { Photo?: unknown } | undefined)?.Photo))).toEqual(
      [],
    );
    await (await desk.as(Role.MANAGER)).ask(DecideApprovalDocument, {
      input: { stepId: step.ok, verdict: 'REJECTED', comment: 'One more, please.' },
    });
    expect(refusals(await step.complete([first, { id: second }]))).toEqual([]);
    expect((await step.read()).attempts?.map(({ files }) => files.map(({ id }) => id))).toEqual([
      [first],
      [first, second],
    ]);
  });

  test('the same key announces one file, and gives another link until its bytes are there', async () => {
    const given = { ticketId, size: 3, idempotencyKey: 'once' };
    const [one, two] = [await announced(agent, given), await announced(agent, given)];
    expect(two.id).toBe(one.id);
    expect((await bring(two.upload, 'abc')).status).toBe(201);
    expect(await announce(agent, given)).toMatchObject({
      file: { id: one.id, status: 'STORED' },
      upload: null,
    });
    expect(refusals(await announce(agent, { ...given, size: 4 }))).toEqual([
      'IDEMPOTENCY_KEY_REUSED input idempotencyKey',
    ]);
  });
});

describe('announcing', () => {
  const RLO = String.fromCharCode(0x202e);
  test.each([
    ['', 'fileName'],
    ['..', 'fileName'],
    ['../../etc/passwd', 'fileName'],
    ['a\\b', 'fileName'],
    ['a\r\nset-cookie: x=1', 'fileName'],
    ['a\u0007', 'fileName'],
    [`gpj.${RLO}exe`, 'fileName'],
  ])('a file called %j is refused', async (fileName, at) => {
    expect(refusals(await announce(agent, { ticketId, size: 1, fileName }))).toEqual([
      `INVALID_INPUT input ${at}`,
    ]);
  });

  test('everything that is wrong is told at once', async () => {
    const wrong = { ticketId, fileName: 'a/b', contentType: 'text/html\r\nx: y', size: MOST + 1 };
    expect(refusals(await announce(agent, wrong))).toEqual([
      'INVALID_INPUT input fileName',
      'INVALID_INPUT input contentType',
      'INVALID_INPUT input size',
    ]);
    expect(refusals(await announce(agent, { ticketId, size: -1 }))).toEqual(['INVALID_INPUT input size']);
  });

  test('takes a ticket that one may see, and a token', async () => {
    const theirs = await create(agent, { customer: { email: OTHER } });
    expect(refusals(await announce(customer, { ticketId: theirs, size: 1 }))).toEqual([
      'NOT_FOUND input ticketId',
    ]);
    expect(refusals(await announce(other, { ticketId: theirs, size: 1 }))).toEqual([]);
    const { errors } = await desk
      .anonymous()
      .send(
        'mutation { createUpload(input: {ticketId: "x", fileName: "a", contentType: "a/b", size: 1}) { file { id } } }',
      );
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  test('more than a hundred that nothing names are refused', async () => {
    const hoarder = await desk.as(at('second'));
    const { id } = await announced(hoarder, { ticketId, size: 1 });
    await sql`
      insert into file (id, ticket_id, name, content_type, size, uploaded_by_id, created_at)
      select id || n, ticket_id, name, content_type, size, uploaded_by_id, created_at
      from file cross join generate_series(1, 99) as n where id = ${id}`.execute(db());
    expect(refusals(await announce(hoarder, { ticketId, size: 1 }))).toEqual(['INVALID_INPUT input']);
    await db().deleteFrom('file').where('id', 'like', `${id}%`).execute();
    expect(refusals(await announce(hoarder, { ticketId, size: 1 }))).toEqual([]);
  });
});

describe('a link', () => {
  const words = {
    status: 403,
    code: 'LINK_INVALID',
    message: 'This link does not work, or no longer. Ask the desk for a new one.',
  };

  test('that is forged, changed, or for something else is refused, always in the same words', async () => {
    const id = await uploaded(agent, noise(3), { ticketId });
    const pending = await announced(agent, { ticketId, size: 3 });
    const good = (await fileOf(agent, id))?.download?.url as string;
    const changed = (change: (url: URL) => void, from = good) => {
      const url = new URL(from);
      change(url);
      return url.href;
    };
    const signature = new URL(good).searchParams.get('signature') as string;
    const forged = [
      changed((url) => url.searchParams.set('signature', 'A'.repeat(43))),
      changed((url) => url.searchParams.set('signature', signature.slice(0, -2))),
      changed((url) => url.searchParams.set('signature', `${signature}A`)),
      changed((url) => url.searchParams.delete('signature')),
      changed((url) => url.searchParams.set('expires', '99999999999')),
      changed((url) => url.searchParams.set('expires', '1e11')),
      changed((url) => url.searchParams.delete('expires')),
      changed((url) => {
        url.search = '';
      }),
      changed((url) => {
        url.pathname = `/files/${pending.id}`;
      }),
      changed((url) => {
        url.pathname = '/files/';
      }),
      changed((url) => {
        url.pathname = `/files/${id}/x`;
      }),
      changed((url) => {
        url.pathname = `/files/${id.replace(/.{4}$/, '0000')}`;
      }),
      // That of an upload brings and doesn't read.
      pending.upload.url,
    ];
    for (const url of forged) expect(await refusal(fetch(url))).toEqual(words);
    expect(await refusal(bring({ ...pending.upload, url: good }, 'abc'))).toEqual(words);
    expect((await fetch(good)).status).toBe(200);
    expect((await fileOf(agent, pending.id))?.status).toBe('PENDING');
  });

  test('works until it expires', async () => {
    const id = await uploaded(agent, noise(3), { ticketId });
    const file = await fileOf(agent, id);
    const pending = await announced(agent, { ticketId, size: 3 });
    const { url = '', expiresAt = '' } = file?.download ?? {};
    const left = Date.parse(expiresAt) - desk.clock.now().getTime();
    expect(left).toBeGreaterThan(9 * 60_000);
    expect(left).toBeLessThanOrEqual(15 * 60_000);
    expect((await fetch(url)).status).toBe(200);
    desk.clock.letDaysPass(HOUR / 4);
    expect(await refusal(fetch(url))).toEqual(words);
    expect(await refusal(bring(pending.upload, 'abc'))).toEqual(words);
    expect((await fetch((await fileOf(agent, id))?.download?.url as string)).status).toBe(200);
  });

  test('to read leads nowhere before the bytes are there, and other methods are not for files', async () => {
    const { upload } = await announced(agent, { ticketId, size: 3 });
    const response = await fetch(upload.url, { method: 'POST' });
    expect(response.headers.get('allow')).toBe('GET, HEAD, PUT, OPTIONS');
    expect(await refusal(response)).toMatchObject({ status: 405, code: 'METHOD_NOT_ALLOWED' });
  });

  test('can be used by pages of the origins that are listed', async () => {
    const { upload } = await announced(agent, { ticketId, size: 3 });
    const ask = (origin: string) => fetch(upload.url, { method: 'OPTIONS', headers: { origin } });
    const [ours, foreign] = [await ask(ORIGIN), await ask('https://foreign.example')];
    expect(ours.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(ours.headers.get('access-control-allow-methods')).toBe('GET, HEAD, PUT');
    expect(ours.headers.get('access-control-allow-headers')).toContain('content-type');
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
    const stored = await bring(upload, 'abc', { headers: { origin: ORIGIN } });
    expect([stored.status, stored.headers.get('access-control-allow-origin')]).toEqual([201, ORIGIN]);
  });
});

describe('bringing bytes', () => {
  /** Sent without a length, piece by piece. */
  const stream = (bytes: Uint8Array) =>
    new Blob([bytes as Uint8Array<ArrayBuffer>]).stream() as unknown as Body;

  test.each<[string, number, () => Body | null, Record<string, string>, number, string]>([
    ['too many', 3, () => 'abcd', {}, 413, 'PAYLOAD_TOO_LARGE'],
    ['too few', 3, () => 'ab', {}, 400, 'TOO_SHORT'],
    ['none', 3, () => null, {}, 400, 'TOO_SHORT'],
    [
      'too many, without saying how many',
      700_000,
      () => stream(noise(700_001)),
      {},
      413,
      'PAYLOAD_TOO_LARGE',
    ],
    ['too few, without saying how many', 700_000, () => stream(noise(600_000)), {}, 400, 'TOO_SHORT'],
    ['of another type', 3, () => 'abc', { 'content-type': 'text/html' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['with a parameter', 3, () => 'abc', { 'content-type': 'image/png; x=y' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['packed', 3, () => 'abc', { 'content-encoding': 'gzip' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ])(
    '%s: refused, nothing is kept, and the right ones are still taken',
    async (_, size, body, headers, status, code) => {
      const { id, upload } = await announced(agent, { ticketId, size });
      expect(await refusal(bring(upload, body(), { headers }))).toMatchObject({ status, code });
      await until(async () => (await rows(id)) === 0, 'what came to be dropped');
      expect(await fileOf(agent, id)).toMatchObject({ status: 'PENDING', sha256: null });
      expect((await bring(upload, noise(size))).status).toBe(201);
    },
  );

  test('without end: refused as soon as more came than was announced', async () => {
    const { id, upload } = await announced(agent, { ticketId, size: 300_000 });
    const sent = request(upload.url, { method: 'PUT', headers: { 'content-type': 'image/png' } });
    const answered = once(sent, 'response');
    sent.write(noise(600_000));
    const [response] = await answered;
    expect([response.statusCode, response.headers.connection]).toEqual([413, 'close']);
    sent.on('error', () => undefined).destroy();
    await until(async () => (await rows(id)) === 0, 'what came to be dropped');
  });

  test('without saying how many, as many as were announced: taken', async () => {
    const bytes = noise(700_000);
    const { id, upload } = await announced(agent, { ticketId, size: bytes.length });
    expect((await bring(upload, stream(bytes))).status).toBe(201);
    expect((await fileOf(agent, id))?.sha256).toBe(sha256(bytes));
  });

  test('twice: the second is refused, and the file stays as it was', async () => {
    const { id, upload } = await announced(agent, { ticketId, size: 3 });
    expect((await bring(upload, 'abc')).status).toBe(201);
    expect(await refusal(bring(upload, 'xyz'))).toMatchObject({ status: 409, code: 'ALREADY_UPLOADED' });
    const file = await fileOf(agent, id);
    expect(await (await fetch(file?.download?.url as string)).text()).toBe('abc');
  });

  test('twenty at once to one link: one is taken, whole, and nothing is left of the others', async () => {
    const size = 300_000;
    const { id, upload } = await announced(agent, { ticketId, size });
    const headers = { 'content-type': 'image/png', 'content-length': size };
    const tries = Array.from({ length: 20 }, () => {
      const bytes = noise(size);
      const sent = request(upload.url, { method: 'PUT', headers });
      const status = new Promise<number | undefined>((resolve, reject) => {
        sent.on('response', (response) => resolve(response.resume().statusCode)).on('error', reject);
      });
      sent.write(bytes.subarray(0, -1));
      return { bytes, status, end: () => sent.end(bytes.subarray(-1)) };
    });
    // Each has been admitted, and has kept something, before any of them is whole.
    await until(async () => (await rows(id)) === tries.length, 'all of them to be under way');
    for (const { end } of tries) end();
    const statuses = await Promise.all(tries.map(({ status }) => status));
    expect([...statuses].sort()).toEqual([201, ...Array(19).fill(409)]);
    const file = await fileOf(agent, id);
    const winner = tries[statuses.indexOf(201)]?.bytes as Buffer;
    expect(file?.sha256).toBe(sha256(winner));
    const back = Buffer.from(await (await fetch(file?.download?.url as string)).arrayBuffer());
    expect(back.equals(winner)).toBe(true);
    await until(async () => (await rows(id)) === 2, 'the others to be dropped');
  });

  test('twenty files at once, each read back as it was', async () => {
    const tries = Array.from({ length: 20 }, (_, n) => noise(20_000 + n));
    const ids = await Promise.all(tries.map((bytes) => uploaded(agent, bytes, { ticketId })));
    const sums = await Promise.all(
      ids.map(async (id) => {
        const { url = '' } = (await fileOf(agent, id))?.download ?? {};
        return sha256(Buffer.from(await (await fetch(url)).arrayBuffer()));
      }),
    );
    expect(sums).toEqual(tries.map(sha256));
  });

  test('broken off: nothing is left, and the link still works', async () => {
    const { id, upload } = await announced(agent, { ticketId, size: 1_000_000 });
    const half = request(upload.url, {
      method: 'PUT',
      headers: { 'content-type': 'image/png', 'content-length': 1_000_000 },
    });
    half.on('error', () => undefined);
    half.write(noise(600_000));
    await until(async () => (await rows(id)) > 0, 'bytes to come');
    half.destroy();
    await until(async () => (await rows(id)) === 0, 'them to be dropped');
    expect((await fileOf(agent, id))?.status).toBe('PENDING');
    expect((await bring(upload, noise(1_000_000))).status).toBe(201);
  });
});

describe('answers', () => {
  test('name files of this ticket, of a type and size that the field takes', async () => {
    const step = await aStep();
    const of = (given: object, size = 10) =>
      uploaded(agent, noise(size), { ticketId: step.ticket, ...given });
    const fine = await of({});
    const faults: [unknown, RegExp][] = [
      [[await uploaded(agent, noise(10), { ticketId })], /has no file/],
      [[fine.replace(/.{4}$/, '0000')], /has no file/],
      [[step.ticket], /has no file/],
      [[(await announced(agent, { ticketId: step.ticket, size: 3 })).id], /have not come yet/],
      [[await of({}, 1_000_001)], /at most 1000000/],
      [[await of({ contentType: 'text/plain', fileName: 'a.png' })], /is text\/plain/],
      [[fine, fine], /twice/],
      [[fine, await of({}), await of({})], /at most 2/],
      [[{ name: 'a.png', size: 10, type: 'image/png' }], /uploaded first/],
      [[{ id: fine, path: '/etc' }], /has no "path"|Give the id/],
      [fine, /not a list/],
      [Array.from({ length: 2_000 }, (_, n) => `file_${n}`), /has no file/],
    ];
    for (const [photos, words] of faults)
      for (const refused of [await step.complete(photos), await step.save(photos)]) {
        expect(refusals(refused)).toEqual(['INVALID_INPUT input answers 0 value']);
        expect(refused.userErrors[0]?.message).toMatch(words);
      }
    expect(refusals(await step.complete([fine]))).toEqual([]);
  });

  test('that an earlier version took without bytes stay readable, and may be given again', async () => {
    const step = await aStep();
    const old = { name: 'old.png', size: 5, type: 'image/png', url: 'https://files.example/old.png' };
    await sql`update step set answers = ${JSON.stringify({ Photo: [old] })}::jsonb where id = ${step.look}`.execute(
      db(),
    );
    expect(await step.read()).toMatchObject({ answers: { Photo: [old] }, files: [] });
    expect(refusals(await step.complete([{ ...old, size: 6 }]))).toEqual([
      'INVALID_INPUT input answers 0 value',
    ]);
    expect(refusals(await step.complete([old]))).toEqual([]);
    expect((await step.read()).attempts).toMatchObject([{ answers: { Photo: [old] }, files: [] }]);
  });
});

describe('who sees a file', () => {
  test("staff see all; a customer sees what they brought, and not the staff's, nor another's", async () => {
    const ours = await uploaded(agent, noise(3), { ticketId });
    const theirs = await uploaded(customer, noise(3), { ticketId });
    expect(await fileOf(agent, theirs)).toMatchObject({ id: theirs });
    expect(await fileOf(customer, theirs)).toMatchObject({ id: theirs });
    expect(await fileOf(customer, ours)).toBeNull();
    for (const id of [ours, theirs]) expect(await fileOf(other, id)).toBeNull();
  });

  test('names reach a browser as one header, whatever they hold', async () => {
    const names: [string, string][] = [
      ['a "b"; x=y%20.png', `filename="a _b_; x=y_20.png"; filename*=UTF-8''a%20%22b%22%3B%20x%3Dy%2520.png`],
      [
        'größe 😀 (1).png',
        `filename="gr__e _ (1).png"; filename*=UTF-8''gr%C3%B6%C3%9Fe%20%F0%9F%98%80%20%281%29.png`,
      ],
      ["o'neil*.html", `filename="o'neil*.html"; filename*=UTF-8''o%27neil%2A.html`],
    ];
    for (const [fileName, wanted] of names) {
      const id = await uploaded(agent, noise(1), { ticketId, fileName, contentType: 'text/html' });
      const file = await fileOf(agent, id);
      expect(file?.name).toBe(fileName);
      const response = await fetch(file?.download?.url as string);
      expect(response.headers.get('content-disposition')).toBe(`attachment; ${wanted}`);
      await response.arrayBuffer();
    }
  });
});

test('what nothing names is dropped after a day, bytes and all; what is named stays', async () => {
  const step = await aStep();
  const of = () => uploaded(agent, noise(10), { ticketId: step.ticket });
  const [answered, drafted, unused] = [await of(), await of(), await of()];
  const { id: pending } = await announced(agent, { ticketId: step.ticket, size: 10 });
  const there = async () => {
    const ids = [answered, drafted, unused, pending];
    const found = await db().selectFrom('file').select('id').where('id', 'in', ids).execute();
    return ids.map((id) => found.some((file) => file.id === id));
  };
  const draft = await aStep();
  await db().updateTable('file').set({ ticket_id: draft.ticket }).where('id', '=', drafted).execute();
  await db()
    .updateTable('deadline')
    .set({ stream_id: draft.ticket })
    .where('subject_id', '=', drafted)
    .execute();
  expect(refusals(await draft.save([drafted]))).toEqual([]);
  expect(refusals(await step.complete([answered]))).toEqual([]);
  // What a node that died in the middle of an upload leaves.
  await db()
    .insertInto('file_chunk')
    .values({ file_id: answered, take: 'broken', position: 0, bytes: noise(3) })
    .execute();
  expect(await there()).toEqual([true, true, true, true]);

  desk.clock.letDaysPass(1 + HOUR);
  await until(async () => !(await there())[2] && !(await there())[3], 'what is unused to be dropped');
  await until(async () => (await rows(answered)) === 1, 'what was broken off to be dropped');
  expect(await there()).toEqual([true, true, false, false]);
  expect(await rows(unused)).toBe(0);
  expect((await fetch((await fileOf(agent, answered))?.download?.url as string)).status).toBe(200);

  expect(refusals(await draft.save([]))).toEqual([]);
  desk.clock.letDaysPass(1 + HOUR);
  await until(async () => !(await there())[1], 'what no draft names any more to be dropped');
  expect(await there()).toEqual([true, false, false, false]);
});
