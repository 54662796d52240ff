import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { Frames } from './frames.js';

/** `WebSocket.OPEN`: what may be written to. */
const OPEN = 1;

/**
 * The socket of a client, for all its live subscriptions. Frames are written past `ws`, which is valid only
 * without permessage-deflate, where it writes at once and in order as well.
 *
 * What several subscriptions deliver in one turn of the event loop leaves in one write. A single one has nothing
 * to wait for: its frames are written at once, and their bytes lent for just that long.
 */
export class Line {
  /** `ws` keeps the socket that it writes to in this property. */
  readonly socket: Socket;
  private subscriptions = 0;
  private waiting: Buffer[] = [];
  private waitingLength = 0;

  constructor(readonly webSocket: WebSocket) {
    this.socket = (webSocket as unknown as { _socket: Socket })._socket;
  }

  /** How much waits to be taken by the system, in bytes. */
  get length(): number {
    return this.socket.writableLength + this.waitingLength;
  }

  join(): void {
    this.subscriptions += 1;
  }

  leave(): void {
    this.subscriptions -= 1;
  }

  /** @param id of the subscription, as JSON */
  write(frames: Frames, id: Buffer): void {
    if (this.webSocket.readyState !== OPEN) return;
    const bytes = frames.for(id);
    if (this.subscriptions > 1 || this.waitingLength > 0) {
      frames.keep();
      this.hold(bytes);
      return;
    }
    this.socket.write(bytes);
    if (this.socket.writableLength > 0) frames.keep();
  }

  /** Writes what waits: before anything else is sent for a subscription that has something waiting. */
  flush(): void {
    if (this.waitingLength === 0) return;
    const bytes = this.waiting.length === 1 ? (this.waiting[0] as Buffer) : Buffer.concat(this.waiting);
    this.waiting = [];
    this.waitingLength = 0;
    // After the frame that closes it nothing may follow; the client resumes after what it got.
    if (this.webSocket.readyState === OPEN) this.socket.write(bytes);
  }

  private hold(bytes: Buffer): void {
    if (this.waitingLength === 0) setImmediate(() => this.flush());
    this.waiting.push(bytes);
    this.waitingLength += bytes.length;
  }
}
