import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { Frames } from './frames.js';

/** `WebSocket.OPEN`: what may be written to. */
const OPEN = 1;

/** What may wait in a socket before its subscriptions fall out of live delivery, in bytes. */
const MOST_WAITING = 512 * 1024;
/** How long a full socket may take nothing before it is closed, in milliseconds. */
const MOST_STALL = 30_000;
/** How long a client that is told to come back has to say goodbye, in milliseconds. */
const GOODBYE = 5_000;

/** Close code "try again later": clients reconnect, and resume after their last cursor. */
export const TRY_AGAIN_LATER = 1013;

/**
 * Where one subscription's deliveries leave: frames that are the same for all who get them but for the id are
 * written straight to the socket.
 * Valid only without permessage-deflate, where `ws` writes at once and in order as well.
 */
export class Outlet {
  /** Of the subscription, as JSON. */
  private readonly id: Buffer;
  /** `ws` keeps the socket that it writes to in this property. */
  private readonly socket: Socket;

  constructor(
    private readonly webSocket: WebSocket,
    id: string,
  ) {
    this.socket = (webSocket as unknown as { _socket: Socket })._socket;
    this.id = Buffer.from(JSON.stringify(id));
  }

  /** @returns whether the socket is full with it */
  write(frames: Frames): boolean {
    if (this.webSocket.readyState !== OPEN) return false;
    const { socket } = this;
    const takesMore = socket.write(frames.for(this.id));
    if (socket.writableLength > 0) frames.keep();
    // While a socket says that it takes more, it is not looked at further: this runs for every delivery.
    return !takesMore && this.full;
  }

  /** Whether so much waits in the socket that nothing more should be put into it. */
  get full(): boolean {
    return this.socket.writableLength > MOST_WAITING;
  }

  /** Waits until a full socket has emptied; closes one that doesn't. @returns false when it is closed */
  async drained(): Promise<boolean> {
    const { socket } = this;
    if (!this.full || !socket.writable) return socket.writable;
    const emptied = await new Promise<boolean>((resolve) => {
      const end = (emptied: boolean) => () => {
        clearTimeout(timer);
        socket.off('drain', onDrain).off('close', onClose);
        resolve(emptied);
      };
      const [onDrain, onClose] = [end(true), end(false)];
      const timer = setTimeout(onClose, MOST_STALL).unref();
      socket.on('drain', onDrain).on('close', onClose);
    });
    if (!emptied) this.turnAway('You read too slowly: reconnect and resume after your last cursor');
    return emptied;
  }

  /** Closes the socket so that its client comes back later. */
  turnAway(reason: string): void {
    this.webSocket.close(TRY_AGAIN_LATER, reason);
    setTimeout(() => this.webSocket.terminate(), GOODBYE).unref();
  }
}
