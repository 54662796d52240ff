import { MessageType } from 'graphql-ws';
import type { Flow } from './socket-flow.js';

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
    private readonly handle: (text: string) => Promise<void>,
    private readonly flow: Flow,
  ) {}

  async take(text: string): Promise<void> {
    const { type, id } = headOf(text);
    if (id === null) return this.handle(text);
    // Looked at again each time: several may have waited, and the first of them has it now.
    for (let over = this.ending.get(id); over !== undefined; over = this.ending.get(id))
      await this.wait(over);
    const running = this.running.get(id);
    if (running === undefined && type === MessageType.Subscribe) return this.run(id, text);
    if (running !== undefined && type === MessageType.Complete) this.ending.set(id, running);
    return this.handle(text);
  }

  private async run(id: string, text: string): Promise<void> {
    const handled = this.handle(text);
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

/** What a message is and whose, if it is one about an operation; whether it is sound is not looked at. */
function headOf(text: string): { type: unknown; id: string | null } {
  try {
    const { type, id } = JSON.parse(text) as { type?: unknown; id?: unknown };
    const about = type === MessageType.Subscribe || type === MessageType.Complete;
    return { type, id: about && typeof id === 'string' ? id : null };
  } catch {
    return { type: null, id: null };
  }
}
