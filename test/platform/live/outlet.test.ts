import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as ws from 'ws';
import { framed } from '../../../src/platform/live/outlet.js';

/** What `ws` itself writes for a text message. */
function byLibrary(message: Buffer): Buffer {
  const { frame } = (ws as unknown as { Sender: { frame(data: Buffer, options: object): Buffer[] } }).Sender;
  return Buffer.concat(frame(message, { fin: true, rsv1: false, opcode: 1, mask: false, readOnly: true }));
}

test.each([0, 1, 124, 125, 126, 127, 65_534, 65_535, 65_536, 70_000])(
  'a message of %i bytes is framed as ws frames it',
  (length) => {
    const [prefix, payload] = [
      Buffer.alloc(Math.min(length, 10), 'p'),
      Buffer.alloc(Math.max(0, length - 10), 'q'),
    ];
    expect(framed(prefix, [payload]).equals(byLibrary(Buffer.concat([prefix, payload])))).toBe(true);
  },
);

test('several messages are framed one after another', () => {
  const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
  fc.assert(
    fc.property(bytes, fc.array(bytes, { maxLength: 5 }), (prefix, payloads) => {
      const wanted = Buffer.concat(payloads.map((payload) => byLibrary(Buffer.concat([prefix, payload]))));
      expect(framed(prefix, payloads).equals(wanted)).toBe(true);
    }),
  );
});
