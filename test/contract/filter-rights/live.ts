import type { Client as SocketClient } from 'graphql-ws';
import { comparePlaces } from '../../../src/platform/events/place.rules.js';
import { type Client, Stream } from '../../support/client.js';
import type { TestDesk } from '../../support/desk.js';
import { operationOf } from '../authorisation/queries.js';
import type { Thing } from '../authorisation/world.js';
import type { Stage } from '../stage/stage.js';
import type { Use } from './criteria.js';
import type { Question, Reply } from './questions.js';

/** Live lists that somebody listens to, one for each criterion. */
export class Listener {
  private constructor(
    private readonly desk: TestDesk,
    /** By criterion. */
    private readonly lists: ReadonlyMap<string, Stream<{ found: Thing }>>,
  ) {}

  /** @param lists of several with the same criterion, the last is listened to */
  static async to(
    desk: TestDesk,
    stage: Stage,
    client: Client,
    lists: readonly Question[],
  ): Promise<Listener> {
    const byCriterion = new Map(lists.map((each) => [each.use.criterion, each]));
    const socket = await client.connect();
    const streams = [...byCriterion].map(([criterion, { use, args }]) => {
      const { after: _, ...live } = args;
      return [criterion, streamOn(socket, stage, use, live)] as const;
    });
    // Each has begun once it says that nothing happened.
    await Promise.all(streams.map(([, stream]) => stream.takeUntil(toldNothing)));
    return new Listener(desk, new Map(streams));
  }

  get size(): number {
    return this.lists.size;
  }

  /** The criteria of the lists that told of a ticket, of all that happened until now. */
  async heard(): Promise<string[]> {
    const { hub, eventLog } = this.desk.app.desk;
    const now = hub.position;
    const isPast = ({ found }: { found: Thing }) =>
      comparePlaces(eventLog.cursors.decode(found.cursor), now) >= 0;
    await Promise.all([...this.lists.values()].map((list) => list.takeUntil(isPast)));
    return [...this.lists]
      .filter(([, { received }]) => !received.every(toldNothing))
      .map(([criterion]) => criterion);
  }

  async close(): Promise<void> {
    await Promise.all([...this.lists.values()].map((list) => list.close()));
  }
}

const toldNothing = ({ found }: { found: Thing }) => found.ticketId === null;

function streamOn(socket: SocketClient, { schema }: Stage, { field }: Use, args: Record<string, unknown>) {
  return new Stream<{ found: Thing }>(socket, operationOf(schema, 'subscription', field, args), args);
}

/** What live lists tell from before there was anything until now: what moved, in order. All of them at once, on one socket. */
export async function hearAll(
  stage: Stage,
  client: Client,
  questions: readonly Question[],
): Promise<[Question, Reply][]> {
  const refused = (code: string) => ({ value: null, code, text: code });
  let socket: SocketClient;
  try {
    socket = await client.connect();
  } catch (error) {
    if ((error as { code?: number }).code !== 4401) throw error;
    return questions.map((question) => [question, refused('UNAUTHENTICATED')]);
  }
  const replies = questions.map(async (question): Promise<[Question, Reply]> => {
    const stream = streamOn(socket, stage, question.use, question.args);
    try {
      const told = await stream.takeUntil(toldNothing);
      const moves = told.slice(0, -1).map(({ found: { move, ticketId } }) => [move, ticketId]);
      return [question, { value: moves, code: null, text: JSON.stringify(moves) }];
    } catch (error) {
      const code = /"code":"(\w+)"/.exec(String(error))?.[1];
      if (code === undefined) throw error;
      return [question, refused(code)];
    }
  });
  try {
    return await Promise.all(replies);
  } finally {
    await socket.dispose();
  }
}

/** What is in a live list now, by the moves that it told from the beginning, but is not among these. */
export function listedBeyond(ids: readonly string[], moves: readonly [string, string][]): string[] {
  const last = new Map(moves.map(([move, id]) => [id, move]));
  return [...last].flatMap(([id, move]) => (move === 'LEFT' || ids.includes(id) ? [] : [id]));
}
