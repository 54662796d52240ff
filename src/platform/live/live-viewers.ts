import type { Authenticator } from '../auth/authenticator.js';
import type { Viewer } from '../auth/viewer.js';
import type { EventRecord } from '../events/event.js';
import type { EventLog } from '../events/event-log.js';
import type { Place } from '../events/place.rules.js';
import type { Log } from '../log.js';
import { Loop } from '../loop.js';
import { nextAnswer } from '../next-answer.js';
import { concernsRightsOf, subjectsOf } from './rights.rules.js';

/** How often everybody's rights are looked up without a reason, in milliseconds: for changes that nobody told. */
const LOOK_EVERY = 5_000;

/**
 * Told that a person's rights are others now.
 * @param since the place in the log by which they had changed; undefined where nothing in it says so
 * @param foreseen a place at which the log tells of a change that may have been in force before: listeners that
 *   stand before it may have begun by rights that are new to them
 */
export type RightsListener = (viewer: Viewer, since: Place | undefined, foreseen: Place | undefined) => void;

/** Events that are about to be given out, and the place of the log that they reach to. */
interface Told {
  events: readonly EventRecord[];
  readUpTo: Place;
}

/** A change of rights that the log tells of at `foreseen`; once `since` was given out it is known to all. */
interface ToldChange {
  since: Place;
  foreseen: Place;
}

/** One live connection, as far as its person goes. */
export class LiveViewer {
  private readonly listeners = new Set<RightsListener>();
  private change: ToldChange | undefined;

  constructor(
    readonly subject: string,
    /** Their rights as they are now. */
    public viewer: Viewer,
    /** They were looked up when every transaction that they could show anything of had an id below this. */
    private lookedUpBefore: bigint,
    /** Called when the person may no longer be here at all. */
    readonly onGone: () => void,
  ) {}

  /** The last change of their rights that the log told of, where they may have been looked up after it. */
  get lastChange(): ToldChange | undefined {
    return this.change;
  }

  onChange(listener: RightsListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * Where the log tells of a change only now that may have been in force when their rights were looked up: that
   * they are the same as then does not say that nothing has changed.
   */
  foreseen(events: readonly EventRecord[]): Place | undefined {
    return events.findLast(
      (event) => event.place.xid < this.lookedUpBefore && concernsRightsOf(this.viewer, event),
    )?.place;
  }

  differs(viewer: Viewer): boolean {
    return JSON.stringify(viewer) !== JSON.stringify(this.viewer);
  }

  /** Remembers what the log tells: what subscribes before it was given out is to be told of it, too. */
  expect({ events, readUpTo }: Told): void {
    const foreseen = this.foreseen(events);
    if (foreseen) this.change = { since: readUpTo, foreseen };
  }

  become(viewer: Viewer, lookedUpBefore: bigint, told: Told | undefined): void {
    const foreseen = told && this.foreseen(told.events);
    this.viewer = viewer;
    this.lookedUpBefore = lookedUpBefore;
    if (told) this.expect(told);
    for (const listener of [...this.listeners]) listener(viewer, told?.readUpTo, foreseen);
  }
}

/**
 * Who is connected to this node, with their rights as they are now. A change of rights is told in the log; the
 * tailer has it looked up here before it gives out anything that follows, so that nothing is delivered by
 * rights that ended before it happened.
 */
export class LiveViewers {
  private readonly here = new Map<string, Set<LiveViewer>>();
  private readonly loop: Loop;
  /** Counts how often rights were looked up. */
  private lookUps = 0;
  /** The look that is under way, or was the last. */
  private last: Promise<void> = Promise.resolve();
  /** What was heeded the last time: it is perhaps not given out yet. */
  private heeded: Told | undefined;
  private readonly ceiling = nextAnswer(() => this.eventLog.ceiling());

  constructor(
    private readonly authenticator: Authenticator,
    private readonly eventLog: EventLog,
    log: Log,
  ) {
    this.loop = new Loop(
      async () => {
        await this.lookUp(null);
        return LOOK_EVERY;
      },
      (error) => {
        log.warn({ err: error }, 'Could not look up the rights of those who are connected; trying again');
        return LOOK_EVERY;
      },
    );
  }

  start(): void {
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  /** How many connections of this person there are. */
  countOf(subject: string): number {
    return this.here.get(subject)?.size ?? 0;
  }

  /** @throws AuthenticationError when the token stands for nobody */
  async enter(subject: string, onGone: () => void): Promise<LiveViewer> {
    for (;;) {
      const { lookUps } = this;
      const now = await this.authenticator.viewer(subject);
      const ceiling = await this.ceiling();
      // Rights that were changing meanwhile are looked up anew: who is not here yet was not told.
      if (lookUps !== this.lookUps) continue;
      const viewer = new LiveViewer(subject, now, ceiling, onGone);
      if (this.heeded) viewer.expect(this.heeded);
      const others = this.here.get(subject);
      if (others) others.add(viewer);
      else this.here.set(subject, new Set([viewer]));
      return viewer;
    }
  }

  leave(viewer: LiveViewer): void {
    const all = this.here.get(viewer.subject);
    if (all?.delete(viewer) && all.size === 0) this.here.delete(viewer.subject);
  }

  /**
   * Looks up what the events say has changed. To be awaited before they are given out.
   * @param readUpTo the place of the log that they reach to
   */
  async heed(events: readonly EventRecord[], readUpTo: Place): Promise<void> {
    const told = events.map(subjectsOf).filter((subjects) => subjects !== undefined);
    this.heeded = told.length === 0 ? undefined : { events, readUpTo };
    if (!this.heeded) return;
    await this.lookUp(told.includes(null) ? null : told.flatMap((subjects) => subjects ?? []), this.heeded);
  }

  /** One after the other: an earlier look must not be answered last, with rights that have ended. */
  private lookUp(ids: readonly string[] | null, told?: Told): Promise<void> {
    const turn = this.last.then(() => this.lookUpNow(ids, told));
    this.last = turn.catch(() => undefined);
    return turn;
  }

  private async lookUpNow(ids: readonly string[] | null, told: Told | undefined): Promise<void> {
    this.lookUps += 1;
    this.authenticator.forget();
    const subjects = [...this.here].flatMap(([subject, [viewer]]) =>
      viewer && (ids === null || ids.includes(viewer.viewer.id ?? '')) ? [subject] : [],
    );
    if (subjects.length === 0) return;
    const found = await this.authenticator.viewers(subjects);
    const ceiling = await this.ceiling();
    for (const subject of subjects) {
      const now = found.get(subject);
      for (const viewer of [...(this.here.get(subject) ?? [])]) {
        if (!now) viewer.onGone();
        else if (viewer.differs(now) || (told && viewer.foreseen(told.events)))
          viewer.become(now, ceiling, told);
      }
    }
  }
}
