import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to a service that a test can cut and mend. */
export class Way {
  /** How many have come this way so far. */
  count = 0;
  private readonly sockets = new Set<Socket>();
  private readonly server = createServer((near) => {
    this.count += 1;
    const far = connect(Number(this.target.port || 6379), this.target.hostname);
    for (const socket of [near, far]) {
      this.sockets.add(socket);
      // A cut is an error to whoever is in mid-sentence; it is part of the play.
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far).pipe(near);
  });
  private port = 0;

  private constructor(private readonly target: URL) {}

  static async to(url: string): Promise<Way> {
    const made = new Way(new URL(url));
    await made.mend();
    return made;
  }

  /** The service's URL, by this way. */
  get url(): string {
    const url = new URL(this.target);
    url.hostname = '127.0.0.1';
    url.port = String(this.port);
    return url.href;
  }

  async cut(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  /** Nothing passes any more, and neither side is told. */
  silence(): void {
    for (const socket of this.sockets) socket.unpipe().pause();
  }

  async mend(): Promise<void> {
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }
}
