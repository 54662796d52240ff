import type { Place } from './place.rules.js';

/** Who may hear of an event at all: PUBLIC reaches customers too, where it concerns what is theirs. */
export type Visibility = 'PUBLIC' | 'INTERNAL';

/** A fact to be appended to the log. Modules define theirs in `<noun>.events.ts`. */
export interface NewEvent {
  type: string;
  visibility: Visibility;
  /** What the fact is about, as JSON: ids and values, enough to tell it without asking the database. */
  data: Record<string, unknown>;
}

/**
 * How the subject of a stream looked before and after the transaction, in the attributes that live
 * lists filter by. Lets each subscriber work out whether it entered, stayed in or left its list.
 */
export interface Change<Facets = object> {
  before: Facets | null;
  after: Facets | null;
  /** Whether the transaction told anything PUBLIC. Set by the log. */
  public?: boolean;
  /** What else changed that live lists compare, by a name of their own. */
  more?: Record<string, unknown>;
}

/** An append-only fact, as the log has it. */
export interface EventRecord extends NewEvent {
  id: string;
  place: Place;
  /** The thing whose events are kept in order; for the desk, the ticket's id. */
  streamId: string;
  /** 1 for the stream's first event, then without a gap. */
  streamSeq: number;
  actorId: string | null;
  occurredAt: Date;
  change: Change | null;
}
