import { type TestDesk, until } from '../../support/desk.js';
import { Wire } from '../../support/wire.js';
import { clientOf } from '../stage/people.js';
import type { Stage } from '../stage/stage.js';
import { play } from './answer.js';
import type { Operation } from './operations.js';
import { plain } from './plain.js';
import { Seat } from './seat.js';
import type { Sitting } from './sitting.js';
import { stir } from './stirring.js';
import { overturn } from './upheaval.js';

/** How many mutations are under way at once. */
const AT_ONCE = 4;

/** What came of a sitting. */
export interface Held {
  seats: { seat: Seat; code: number; expected: number }[];
  /** What was done meanwhile, and how it was answered: OK, or with a code. */
  done: { what: string; codes: string[]; raw: string }[];
  faults: string[];
}

/**
 * Holds a sitting: everybody subscribes, things happen, and all of it is waited for.
 * @param after where the log stood before; @param turn counts sittings
 */
export async function hold(
  desk: TestDesk,
  stage: Stage,
  sitting: Sitting,
  { after, turn }: { after: string; turn: number },
): Promise<Held> {
  const { hub } = desk.app.desk;
  const taken = await Promise.all(
    sitting.seats.map(async ({ viewer, planned, leaves }) => ({
      seat: await Seat.take(desk, viewer),
      planned: [...plain(stage.tickets, after), ...planned],
      leaves,
    })),
  );
  const subscribe = (late: boolean) => {
    for (const { seat, planned } of taken)
      for (const each of planned) if (each.late === late) seat.subscribe(each);
  };
  subscribe(false);
  await stir(desk, stage, turn);
  subscribe(true);
  for (const { seat } of taken) seat.complete('AMID');
  const [done, faults] = await Promise.all([
    act(desk, stage, sitting),
    beTurnedAway(desk, sitting.wanted),
    stir(desk, stage, turn + 1),
  ]);
  faults.push(
    ...(await waitForAll(
      desk,
      taken.map(({ seat }) => seat),
    )),
  );
  for (const { seat } of taken) seat.complete('AFTER');
  const seats = await Promise.all(
    taken.map(async ({ seat, leaves }) => ({ seat, ...(await seat.leave(leaves)) })),
  );
  await until(() => hub.size === 0, 'everything to be let go of');
  return { seats, done, faults };
}

/** Waits until every subscription has told all that has happened. @returns those that never did */
async function waitForAll(desk: TestDesk, seats: readonly Seat[]): Promise<string[]> {
  await desk.caughtUp();
  const end = desk.app.desk.hub.position;
  for (const seat of seats) seat.mark();
  const lagging = () => seats.flatMap((seat) => seat.lags(end));
  try {
    await until(() => lagging().length === 0, 'every subscription to have told all', 30);
    return [];
  } catch {
    return lagging();
  }
}

/** Plays mutations over HTTP. @returns how they were answered */
async function act(desk: TestDesk, stage: Stage, { acts, upheaval }: Sitting): Promise<Held['done']> {
  const done = upheaval ? [{ what: upheaval as string, ...(await overturn(desk, stage, upheaval)) }] : [];
  const one = async ({ by, operation }: Sitting['acts'][number]) => {
    const { codes, raw } = await play(await clientOf(desk, by), operation);
    return { what: `mutations of ${by}`, codes, raw: `${JSON.stringify(operation)}\n${raw.slice(0, 2_000)}` };
  };
  for (let at = 0; at < acts.length; at += AT_ONCE)
    done.push(...(await Promise.all(acts.slice(at, at + AT_ONCE).map(one))));
  return done;
}

/** What those begin with who are nobody here; the last of them subscribes without a word of it. */
const GREETINGS = [{}, { authorization: 'Bearer a.b.c' }, null].map(
  (payload) => payload && { type: 'connection_init', payload },
);

/** Subscribes as nobody, and is told nothing but that. @returns what was told all the same */
async function beTurnedAway(desk: TestDesk, { query, variables }: Operation): Promise<string[]> {
  const told = GREETINGS.map(async (greeting) => {
    const wire = await Wire.to(desk.app.url);
    if (greeting) wire.say(greeting);
    else wire.subscribe('s', query, variables);
    await until(() => wire.socket.readyState === wire.socket.CLOSED, 'a stranger to be turned away');
    const { code } = await wire.closed;
    if (code === 4401 && wire.received.length === 0) return [];
    return [`A stranger was closed with ${code}, and told ${JSON.stringify(wire.received)}`];
  });
  return (await Promise.all(told)).flat();
}
