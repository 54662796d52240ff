import { createHash, createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import { DomainError, ErrorCode } from '../errors.js';
import type { Place } from './place.rules.js';

/** A well-formed cursor of another log, or of one that was restored: a subscriber must read anew. */
export class ForeignCursor extends Error {}

/** A place before what the log has kept: a subscriber must read anew. */
export class ForgottenPlace extends Error {}

/**
 * Turns places into opaque cursors and back: 8 bytes each of transaction id, position and check sum.
 * The check sum is keyed by the log's identity, so that a cursor of another desk, or a made-up one, is
 * told from a real one.
 */
export class CursorCodec {
  private readonly key: KeyObject;

  constructor(logId: string) {
    // As a key object: from a buffer, each check sum would make one first.
    this.key = createSecretKey(createHash('sha256').update(`stepdesk cursor ${logId}`).digest());
  }

  encode(place: Place): string {
    const bytes = Buffer.alloc(24);
    bytes.writeBigUInt64BE(place.xid, 0);
    bytes.writeBigUInt64BE(place.position, 8);
    this.check(bytes).copy(bytes, 16);
    return bytes.toString('base64url');
  }

  /**
   * @throws DomainError INVALID_INPUT when the text is no cursor at all
   * @throws ForeignCursor when it belongs to another log
   */
  decode(cursor: string): Place {
    const bytes = Buffer.from(cursor, 'base64url');
    if (bytes.length !== 24 || bytes.toString('base64url') !== cursor)
      throw new DomainError(ErrorCode.INVALID_INPUT, 'This is not a cursor; pass one that the desk gave.', [
        'after',
      ]);
    if (!timingSafeEqual(this.check(bytes), bytes.subarray(16))) throw new ForeignCursor();
    return { xid: bytes.readBigUInt64BE(0), position: bytes.readBigUInt64BE(8) };
  }

  private check(bytes: Buffer): Buffer {
    return createHmac('sha256', this.key).update(bytes.subarray(0, 16)).digest().subarray(0, 8);
  }
}
