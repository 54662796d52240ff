import { MessageType } from 'graphql-ws';
import type { Flow } from './socket-flow.js';
import type { ClientMessage } from './socket-message.js';

/**
 * Hands the messages of one socket on, and has an operation wait until the one that had its id before is over.
 * graphql-ws lets go of an id when its operation has ended, whoever has the id by then: after a `complete` that
 * is followed at once by a `subscribe` with the same id, the end of the first would take the second along, or
 * leave it running for ever.
 */
export class Turns {
  /** The operations that run, by id, each until it is over. */
  private readonly running = new Map<string, Promise<void>>();
  /** Those of them that the client has completed. */
  private readonly ending = new Map<string, Promise<void>>();

  constructor(
    private readonly handle: (message: ClientMessage) => Promise<void>,
    private readonly flow: Flow,
  ) {}

  async take(message: ClientMessage): Promise<void> {
    const { type, id } = message;
    if (id === null) return this.handle(message);
    // Looked at again each time: several may have waited, and the first of them has it now.
    for (let over = this.ending.get(id); over !== undefined; over = this.ending.get(id))
      await this.wait(over);
    const running = this.running.get(id);
    if (running === undefined && type === MessageType.Subscribe) return this.run(id, message);
    if (running !== undefined && type === MessageType.Complete) this.ending.set(id, running);
    return this.handle(message);
  }

  private async run(id: string, message: ClientMessage): Promise<void> {
    const handled = this.handle(message);
    const over = () => {
      this.running.delete(id);
      this.ending.delete(id);
    };
    this.running.set(id, handled.then(over, over));
    return handled;
  }

  private async wait(over: Promise<void>): Promise<void> {
    this.flow.hold();
    await over;
    this.flow.release();
  }
}
