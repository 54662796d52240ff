import { print } from 'graphql';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import {
  FollowListDocument,
  type FollowListSubscription,
  FollowTicketDocument,
  type FollowTicketSubscription,
} from '../../generated/graphql.js';
import type { Person } from './cast.js';
import type { Nodes } from './node-process.js';
import { compare, type Place, placeIn } from './places.js';
import type { Wanted } from './wanted.js';

/** One delivery. */
export interface Told extends Place {
  /** The move of a list, or the type of an event's detail. */
  what: string;
  /** Id of the ticket of a list, or of the event. */
  subject: string | null;
  /** When it reached the client. */
  at: number;
}

/** What one subscription delivered, from one connection to the next. */
export interface Segment {
  /** It resumed after this. */
  after: Place;
  /** When it was asked for. */
  began: number;
  told: Told[];
  /** The last cursor it gave, heartbeats included. */
  readUpTo: Place;
  readAt: number;
  end: 'OPEN' | 'CUT' | 'LAST_WORD' | 'REFUSED';
  /** RESYNC_REQUIRED, AccessEnded or ResyncRequired; its place is where the next segment begins. */
  lastWord?: Told;
}

const LAST_WORDS = ['RESYNC_REQUIRED', 'AccessEnded', 'ResyncRequired'];
const HEARTBEATS = ['HEARTBEAT', 'Heartbeat'];

/** A client as a dashboard is one: connects to any node, and after a cut to any other, where it stopped. */
export class Follower {
  readonly segments: Segment[] = [];
  /** Answers that should not have been. */
  readonly faults: string[] = [];
  private socket: WebSocket | undefined;
  private over = false;
  private running: Promise<void> | undefined;

  constructor(
    readonly person: Person,
    readonly wanted: Wanted,
    private readonly token: string,
    private cursor: string,
    private readonly nodes: Nodes,
  ) {}

  get last(): Segment | undefined {
    return this.segments.at(-1);
  }

  start(): void {
    this.running = this.follow();
  }

  /** Breaks the connection, whatever it is at, without a goodbye. */
  cut(): void {
    this.socket?.terminate();
  }

  async stop(): Promise<void> {
    this.over = true;
    this.cut();
    await this.running;
  }

  private async follow(): Promise<void> {
    while (!this.over) {
      const after = placeIn(this.cursor);
      const began = Date.now();
      const segment: Segment = { after, began, told: [], readUpTo: after, readAt: began, end: 'OPEN' };
      this.segments.push(segment);
      segment.end = await this.listen(segment);
      const wait = segment.end === 'REFUSED' ? 100 : 50;
      if (!this.over) await new Promise((resolve) => setTimeout(resolve, Math.random() * wait));
    }
  }

  private async listen(segment: Segment): Promise<Segment['end']> {
    const client = createClient({
      url: `${this.nodes.any().url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${this.token}` },
      retryAttempts: 0,
      on: {
        opened: (socket) => {
          this.socket = socket as WebSocket;
          if (this.over) this.cut();
        },
      },
    });
    const { wanted, cursor: after } = this;
    const payload =
      wanted.kind === 'LIST'
        ? { query: print(FollowListDocument), variables: { where: wanted.where, after } }
        : { query: print(FollowTicketDocument), variables: { ticket: wanted.ticketId, after } };
    const end = await new Promise<Segment['end']>((resolve) => {
      client.subscribe<FollowListSubscription & FollowTicketSubscription>(payload, {
        next: ({ data, errors }) => {
          if (errors || !data) resolve(this.whyNot(errors));
          else this.take(segment, data);
        },
        error: (error) => resolve(this.whyNot(error)),
        complete: () => resolve(segment.lastWord ? 'LAST_WORD' : 'CUT'),
      });
    });
    await client.dispose();
    return end;
  }

  private whyNot(error: unknown): Segment['end'] {
    if (!Array.isArray(error)) return 'CUT';
    if (error[0]?.extensions?.code !== 'NOT_FOUND') this.faults.push(JSON.stringify(error[0]));
    return 'REFUSED';
  }

  private take(
    segment: Segment,
    { queueChanges, ticketEvents }: FollowListSubscription & FollowTicketSubscription,
  ) {
    const { cursor } = queueChanges ?? ticketEvents;
    const [what, subject] = queueChanges
      ? [queueChanges.move, queueChanges.ticketId ?? null]
      : [ticketEvents.detail.__typename as string, ticketEvents.id];
    const told: Told = { ...placeIn(cursor), what, subject, at: Date.now() };
    this.cursor = cursor;
    if (LAST_WORDS.includes(what)) {
      segment.lastWord = told;
      return;
    }
    if (!HEARTBEATS.includes(what)) segment.told.push(told);
    segment.readAt = told.at;
    if (compare(told, segment.readUpTo) > 0) segment.readUpTo = { xid: told.xid, position: told.position };
  }
}
