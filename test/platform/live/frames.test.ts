import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as ws from 'ws';
import { Frames } from '../../../src/platform/live/frames.js';

/** What `ws` itself writes for a text message. */
function byLibrary(message: Buffer): Buffer {
  const { frame } = (ws as unknown as { Sender: { frame(data: Buffer, options: object): Buffer[] } }).Sender;
  return Buffer.concat(frame(message, { fin: true, rsv1: false, opcode: 1, mask: false, readOnly: true }));
}

function wanted(id: string, payloads: readonly Buffer[]): Buffer {
  const before = Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":`);
  return Buffer.concat(payloads.map((payload) => byLibrary(Buffer.concat([before, payload]))));
}

const idOf = (id: string) => Buffer.from(JSON.stringify(id));

/** What is in a message beside the payload, with an id of one character. */
const AROUND = wanted('x', [Buffer.alloc(0)]).length - 2;

test.each([AROUND, 124, 125, 126, 127, 65_534, 65_535, 65_536, 70_000])(
  'a message of %i bytes is framed as ws frames it',
  (length) => {
    const payload = Buffer.alloc(length - AROUND, 'p');
    expect(new Frames([payload]).for(idOf('x')).equals(wanted('x', [payload]))).toBe(true);
  },
);

const payloadsOf = fc.array(
  fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array)),
  { maxLength: 5 },
);

test('several messages are framed one after another, for one id after another', () => {
  fc.assert(
    fc.property(payloadsOf, fc.array(fc.string({ minLength: 1, maxLength: 3 })), (payloads, ids) => {
      const frames = new Frames(payloads);
      for (const id of ids) expect(frames.for(idOf(id)).equals(wanted(id, payloads))).toBe(true);
    }),
  );
});

test('what is kept does not change with the next', () => {
  const turns = fc.array(fc.record({ id: fc.string({ minLength: 1, maxLength: 2 }), kept: fc.boolean() }));
  fc.assert(
    fc.property(payloadsOf, turns, (payloads, ids) => {
      const frames = new Frames(payloads);
      const kept: [string, Buffer][] = [];
      for (const each of ids) {
        const bytes = frames.for(idOf(each.id));
        if (!each.kept) continue;
        frames.keep();
        kept.push([each.id, bytes]);
      }
      for (const [id, bytes] of kept) expect(bytes.equals(wanted(id, payloads))).toBe(true);
    }),
  );
});
