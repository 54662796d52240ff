import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';

/** What may wait to be sent before nothing more is read, in bytes. */
const MOST_WAITING = 512 * 1024;

/** Stops reading from a socket while there is a reason to; so whoever sends is slowed down, and memory is bounded. */
export class Flow {
  private reasons = 0;
  private full = false;

  constructor(private readonly socket: WebSocket) {}

  hold(): void {
    this.reasons += 1;
    if (this.reasons === 1) this.socket.pause();
  }

  release(): void {
    this.reasons -= 1;
    if (this.reasons === 0) this.socket.resume();
  }

  /** Reads nothing more from a client that takes no answers until it has taken them. */
  heed(): void {
    if (this.full || this.socket.bufferedAmount <= MOST_WAITING) return;
    this.full = true;
    this.hold();
    // `ws` keeps the socket that it writes to in this property.
    (this.socket as unknown as { _socket: Socket })._socket.once('drain', () => {
      this.full = false;
      this.release();
    });
  }
}
