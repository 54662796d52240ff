import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';

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
 * Where one subscription's deliveries leave: payloads that are serialised once for all who get them are
 * written straight to the socket, as WebSocket frames of `next` messages with the subscriber's own id.
 * Valid only without permessage-deflate, where `ws` writes at once and in order as well.
 */
export class Outlet {
  private readonly prefix: Buffer;
  /** `ws` keeps the socket that it writes to in this property. */
  private readonly socket: Socket;

  constructor(
    private readonly webSocket: WebSocket,
    id: string,
  ) {
    this.socket = (webSocket as unknown as { _socket: Socket })._socket;
    this.prefix = Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":`);
  }

  /**
   * @param payloads execution results as JSON, each with the `}` that closes the message
   * @returns whether the socket is full with it
   */
  write(payloads: readonly Buffer[]): boolean {
    if (this.webSocket.readyState !== OPEN) return false;
    // While a socket says that it takes more, it is not looked at further: this runs for every delivery.
    return !this.socket.write(framed(this.prefix, payloads)) && this.full;
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

/** Text frames from the server, unmasked and unfragmented (RFC 6455, 5.2), one after another. */
export function framed(prefix: Buffer, payloads: readonly Buffer[]): Buffer {
  let size = 0;
  for (const payload of payloads) {
    const length = prefix.length + payload.length;
    size += length + (length < 126 ? 2 : length < 65_536 ? 4 : 10);
  }
  const frames = Buffer.allocUnsafe(size);
  let at = 0;
  for (const payload of payloads) {
    const length = prefix.length + payload.length;
    frames[at++] = 0x81;
    if (length < 126) frames[at++] = length;
    else if (length < 65_536) {
      frames[at++] = 126;
      frames[at++] = length >>> 8;
      frames[at++] = length & 0xff;
    } else {
      frames[at++] = 127;
      at = frames.writeBigUInt64BE(BigInt(length), at);
    }
    frames.set(prefix, at);
    at += prefix.length;
    frames.set(payload, at);
    at += payload.length;
  }
  return frames;
}
