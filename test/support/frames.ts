import type { Frames } from '../../src/platform/live/frames.js';

const ID = '"s"';
const BEFORE_PAYLOAD = `{"id":${ID},"type":"next","payload":`;

/** The payloads that frames carry, as text with the `}` that closes the message. For messages below 64 KiB. */
export function payloadsIn(frames: Frames): string[] {
  const bytes = frames.for(Buffer.from(ID));
  const payloads: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const short = bytes[at + 1] as number;
    const begin = at + (short < 126 ? 2 : 4);
    const end = begin + (short < 126 ? short : bytes.readUInt16BE(at + 2));
    payloads.push(bytes.toString('utf8', begin + BEFORE_PAYLOAD.length, end));
    at = end;
  }
  return payloads;
}
