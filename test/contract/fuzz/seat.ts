import type { CursorCodec } from '../../../src/platform/events/cursor.js';
import { comparePlaces, type Place } from '../../../src/platform/events/place.rules.js';
import { type TestDesk, until } from '../../support/desk.js';
import { type Message, Wire } from '../../support/wire.js';
import type { ViewerName } from '../stage/people.js';
import type { Ends, Leave, Planned } from './sitting.js';

/** One subscription of a seat, and what came of it. */
interface Subscribed extends Planned {
  id: string;
  /** What was told last: the root field. */
  last: Told | null;
  /** How many deliveries came, and how many of them before it was asked whether all had come. */
  count: number;
  countedBefore: number;
  over: boolean;
}

// biome-ignore lint/suspicious/noExplicitAny: what a subscription tells, whichever it is.
export type Told = any;

/** What a delivery tells, under its root field; null where an error took it along. */
export const toldBy = ({ payload }: Message): Told | null => payload?.data?.f1 ?? null;

/** With what a socket is closed, by how its client leaves. */
const CODES: Record<Leave, number> = {
  CLOSES: 1000,
  BREAKS_OFF: 1006,
  TAKES_A_TAKEN_ID: 4409,
  BEGINS_AGAIN: 4429,
  BABBLES: 4400,
  SHOUTS: 1009,
};

/** Somebody at a socket with several subscriptions. */
export class Seat {
  private readonly subscribed: Subscribed[] = [];
  private heard = 0;

  private constructor(
    readonly viewer: ViewerName,
    readonly wire: Wire,
    private readonly cursors: CursorCodec,
  ) {}

  static async take({ app, as }: TestDesk, viewer: ViewerName): Promise<Seat> {
    return new Seat(viewer, await Wire.as(await as(viewer), app.url), app.desk.eventLog.cursors);
  }

  /** Whether one subscription alone had this id. */
  isAlone(id: string | undefined): boolean {
    return this.subscribed.filter((each) => each.id === id).length === 1;
  }

  get isOpen(): boolean {
    return this.wire.socket.readyState === this.wire.socket.OPEN;
  }

  /** An id that is completed at once is the next one's, too. */
  subscribe(planned: Planned): void {
    const before = this.subscribed.at(-1);
    const id = before?.ends === 'AT_ONCE' ? before.id : `s${this.subscribed.length}`;
    this.subscribed.push({ ...planned, id, last: null, count: 0, countedBefore: 0, over: false });
    this.wire.subscribe(id, planned.operation.query, planned.operation.variables);
    this.complete('AT_ONCE');
  }

  /** Completes those that end then. */
  complete(ends: Ends): void {
    for (const each of this.subscribed) {
      if (each.ends !== ends || each.over) continue;
      each.over = true;
      this.wire.say({ type: 'complete', id: each.id });
    }
  }

  /** From now on it is waited for what `lags` says. */
  mark(): void {
    this.listen();
    for (const each of this.subscribed) each.countedBefore = each.count;
  }

  /** The subscriptions that are yet to say that they have told everything up to a place of the log. */
  lags(place: Place): string[] {
    if (!this.isOpen) return [];
    this.listen();
    return this.subscribed
      .filter((each) => !each.over && !this.hasReached(each, place))
      .map((each) => `${this.viewer} was never told all: ${JSON.stringify(each)}`);
  }

  /** @returns the code that the socket is closed with, and the one that it should be */
  async leave(how: Leave): Promise<{ code: number; expected: number }> {
    const { socket } = this.wire;
    const live = this.subscribed.find(({ over }) => !over);
    const away = how === 'TAKES_A_TAKEN_ID' && !live ? 'CLOSES' : how;
    if (!this.isOpen) return { code: (await this.wire.closed).code, expected: CODES[away] };
    if (away === 'CLOSES') socket.close(1000);
    else if (away === 'BREAKS_OFF') socket.terminate();
    else if (away === 'BEGINS_AGAIN') this.wire.say({ type: 'connection_init' });
    else if (away === 'BABBLES') this.wire.say('What is new?');
    else if (away === 'SHOUTS') this.wire.say('a'.repeat(70_000));
    else if (live) this.wire.subscribe(live.id, live.operation.query, live.operation.variables);
    await until(() => socket.readyState === socket.CLOSED, `the socket to be closed with ${CODES[away]}`);
    return { code: (await this.wire.closed).code, expected: CODES[away] };
  }

  private hasReached({ field, last, count, countedBefore }: Subscribed, place: Place): boolean {
    // It has no place in the log.
    if (field === 'ticketPresence') return count > 0;
    if (last === null) return count > countedBefore;
    return comparePlaces(this.cursors.decode(last.cursor), place) >= 0;
  }

  private listen(): void {
    for (const message of this.wire.received.slice(this.heard)) {
      this.heard += 1;
      const it = this.subscribed.findLast(({ id }) => id === message.id);
      if (!it) continue;
      if (message.type === 'next') {
        it.count += 1;
        it.last = toldBy(message);
      } else it.over = true;
    }
  }
}
