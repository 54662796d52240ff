import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { PlainError } from '../../platform/plainly.js';

/** One line of a file, without its `\n`. */
export interface Line {
  text: string;
  /** False where its bytes are not UTF-8; what is no character became `\uFFFD`. */
  intact: boolean;
}

/** The most bytes kept of a line; what follows is dropped, and the row is too long for a ticket anyway. */
const MOST_BYTES = 1024 * 1024;
const LINE_END = 0x0a;

/**
 * Streams the lines of a file, split at `\n` alone: a `\r` is the business of whoever puts rows together.
 * @throws PlainError where the file cannot be read
 */
export async function* linesOf(file: string): AsyncGenerator<Line> {
  let pieces: Buffer[] = [];
  let bytes = 0;
  const keep = (piece: Buffer) => {
    if (bytes < MOST_BYTES) pieces.push(piece.subarray(0, MOST_BYTES - bytes));
    bytes += piece.length;
  };
  try {
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
      let start = 0;
      for (let end = chunk.indexOf(LINE_END); end >= 0; end = chunk.indexOf(LINE_END, start)) {
        keep(chunk.subarray(start, end));
        yield lineOf(Buffer.concat(pieces));
        pieces = [];
        bytes = 0;
        start = end + 1;
      }
      keep(chunk.subarray(start));
    }
  } catch (error) {
    throw unreadable(file, error);
  }
  if (bytes > 0) yield lineOf(Buffer.concat(pieces));
}

function lineOf(bytes: Buffer): Line {
  return { text: bytes.toString('utf8'), intact: isUtf8(bytes) };
}

/** What a person can mend, in a sentence; anything else as it is. */
export function unreadable(file: string, error: unknown): unknown {
  const reasons: Record<string, string> = {
    ENOENT: 'there is no such file',
    EISDIR: 'it is a folder',
    EACCES: 'reading it is not permitted',
    EPERM: 'reading it is not permitted',
  };
  const reason = reasons[(error as NodeJS.ErrnoException).code ?? ''];
  return reason ? new PlainError(`${file} cannot be imported: ${reason}.`) : error;
}
