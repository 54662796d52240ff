import type { Frames } from './frames.js';
import type { Line } from './line.js';

/** What may wait in a socket before its subscriptions fall out of live delivery, in bytes. */
const MOST_WAITING = 512 * 1024;
/** How long a full socket may take nothing before it is closed, in milliseconds. */
const MOST_STALL = 30_000;
/** How long a client that is told to come back has to say goodbye, in milliseconds. */
const GOODBYE = 5_000;

/** Close code "try again later": clients reconnect, and resume after their last cursor. */
export const TRY_AGAIN_LATER = 1013;

/** Where one subscription's live deliveries leave, under its id. */
export class Outlet {
  /** Of the subscription, as JSON. */
  private readonly id: Buffer;

  constructor(
    private readonly line: Line,
    id: string,
  ) {
    this.id = Buffer.from(JSON.stringify(id));
    line.join();
  }

  /** The subscription is over. To be called once. */
  close(): void {
    this.line.leave();
  }

  /** @returns whether the socket is full with it */
  write(frames: Frames): boolean {
    this.line.write(frames, this.id);
    return this.full;
  }

  /** Whether so much waits in the socket that nothing more should be put into it. */
  get full(): boolean {
    return this.line.length > MOST_WAITING;
  }

  /** Sends what was written and waits for others: what is sent past the outlet would overtake it. */
  flush(): void {
    this.line.flush();
  }

  /** Waits until a full socket has emptied; closes one that doesn't. @returns false when it is closed */
  async drained(): Promise<boolean> {
    const { socket } = this.line;
    this.flush();
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
    const { webSocket } = this.line;
    webSocket.close(TRY_AGAIN_LATER, reason);
    setTimeout(() => webSocket.terminate(), GOODBYE).unref();
  }
}
