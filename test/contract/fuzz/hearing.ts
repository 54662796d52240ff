import { comparePlaces, type Place } from '../../../src/platform/events/place.rules.js';
import type { TestDesk } from '../../support/desk.js';
import type { Message } from '../../support/wire.js';
import { PLACES } from '../stage/people.js';
import type { Stage } from '../stage/stage.js';
import { Facts } from './facts.js';
import { type Seat, type Told, toldBy } from './seat.js';
import { WRONG } from './settings.js';
import type { Sight } from './sight.js';
import { isNews, wrongWith } from './telling.js';

/** Judges what came over sockets: by the rules of answers over HTTP, and by what the log says it was about. */
export class Hearing {
  readonly faults: string[] = [];
  /** How much was judged, by viewer: messages by type, errors by code, and what told of something by its type. */
  readonly counts: Record<string, Record<string, number>> = {};
  private readonly facts: Facts;

  constructor(
    private readonly desk: TestDesk,
    private readonly tickets: Stage['tickets'],
  ) {
    this.facts = new Facts(desk);
  }

  /** @param ever what they may have seen while they were there */
  async judge(seat: Seat, ever: Sight): Promise<void> {
    const { viewer, wire } = seat;
    await this.facts.lookUp(wire.received.map(toldBy).filter((told) => told !== null));
    this.count(viewer, 'sittings');
    if (PLACES.some((place) => !ever.seesTicket(this.tickets[place])))
      this.count(viewer, 'sittings beside a ticket that was never theirs');
    const last = new Map<string, Place>();
    for (const message of wire.received) {
      const told = toldBy(message);
      const codes = codesOf(message);
      const place = told?.cursor ? this.desk.app.desk.eventLog.cursors.decode(told.cursor) : null;
      const sight = place ? ever.after(place) : ever;
      const wrongs = [
        ...codes.filter((code) => WRONG.includes(code)),
        ...sight.leaked(JSON.stringify(message), this.tickets).map((secret) => `tells ${secret}`),
        told && wrongWith(told, { facts: this.facts, sight, ever }),
        place && seat.isAlone(message.id) && backwards(message.id ?? '', told, place, last),
      ].filter((wrong) => wrong);
      for (const wrong of wrongs)
        this.faults.push(`${viewer}: ${wrong}\n${JSON.stringify(message).slice(0, 2_000)}`);
      this.count(viewer, message.type, ...codes, ...(told && isNews(told) ? [told.__typename] : []));
    }
  }

  count(whose: string, ...what: string[]): void {
    const counts = this.counts[whose] ?? {};
    for (const each of what) counts[each] = (counts[each] ?? 0) + 1;
    this.counts[whose] = counts;
  }
}

/** Whether a delivery stands before the one that came before it, or is the same once more. */
function backwards(id: string, told: Told, place: Place, last: Map<string, Place>): string | null {
  const before = last.get(id);
  last.set(id, place);
  if (!before) return null;
  const order = comparePlaces(place, before);
  const once = ['QueueChange', 'TicketEvent'].includes(told.__typename) && isNews(told);
  return order < 0 || (once && order === 0) ? 'goes back in the log, or tells something twice' : null;
}

function codesOf({ type, payload }: Message): string[] {
  const errors: Told[] = type === 'error' ? payload : (payload?.errors ?? []);
  return errors.map(({ extensions }) => extensions.code);
}
