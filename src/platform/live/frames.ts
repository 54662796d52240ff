const BEFORE_ID = Buffer.from('{"id":');
const BEFORE_PAYLOAD = Buffer.from(',"type":"next","payload":');

/**
 * `next` messages with the same payloads for many subscribers, as WebSocket text frames from the server: unmasked
 * and unfragmented (RFC 6455, 5.2), one after another. They are laid out once for all ids of one length; what
 * differs is filled in.
 */
export class Frames {
  private bytes: Buffer | undefined;
  private idLength = 0;
  /** Where the ids go. */
  private gaps: number[] = [];

  /** @param payloads execution results as JSON, each with the `}` that closes the message */
  constructor(private readonly payloads: readonly Buffer[]) {}

  get empty(): boolean {
    return this.payloads.length === 0;
  }

  /**
   * The frames for one subscriber. The bytes are lent: they are the next one's after the next call, unless `keep`
   * is called before.
   * @param id as JSON
   */
  for(id: Buffer): Buffer {
    const bytes = this.bytes && id.length === this.idLength ? this.bytes : this.layOut(id.length);
    for (const gap of this.gaps) bytes.set(id, gap);
    return bytes;
  }

  /** The bytes that were lent last are still needed, and are not touched again. */
  keep(): void {
    this.bytes = undefined;
  }

  private layOut(idLength: number): Buffer {
    const around = BEFORE_ID.length + idLength + BEFORE_PAYLOAD.length;
    let size = 0;
    for (const payload of this.payloads)
      size += headerLength(around + payload.length) + around + payload.length;
    const bytes = Buffer.allocUnsafe(size);
    this.gaps = [];
    let at = 0;
    for (const payload of this.payloads) {
      at = writeHeader(bytes, at, around + payload.length);
      at += BEFORE_ID.copy(bytes, at);
      this.gaps.push(at);
      at += idLength;
      at += BEFORE_PAYLOAD.copy(bytes, at);
      at += payload.copy(bytes, at);
    }
    this.idLength = idLength;
    this.bytes = bytes;
    return bytes;
  }
}

function headerLength(length: number): number {
  return length < 126 ? 2 : length < 65_536 ? 4 : 10;
}

/** @returns where the message begins */
function writeHeader(bytes: Buffer, at: number, length: number): number {
  bytes[at] = 0x81;
  if (length < 126) bytes[at + 1] = length;
  else if (length < 65_536) {
    bytes[at + 1] = 126;
    bytes.writeUInt16BE(length, at + 2);
  } else {
    bytes[at + 1] = 127;
    bytes.writeBigUInt64BE(BigInt(length), at + 2);
  }
  return at + headerLength(length);
}
