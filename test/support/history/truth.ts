import type pg from 'pg';
import type { Snapshot } from './director.js';
import { BEGINNING, compare, firstIndex, type Place } from './places.js';
import { type Directory, type Facets, maySee, sightOf } from './sight.js';

/** An event, as SQL has it. */
export interface Row extends Place {
  id: string;
  ticketId: string;
  forCustomers: boolean;
  /** When its transaction began: it took no effect before. */
  began: number;
  /** How the ticket was before and after its transaction; on the last event of the transaction. */
  change: { before: Facets | null; after: Facets | null; public?: boolean } | null;
}

/** From this place on the directory was so. */
export interface Rule extends Place {
  began: number;
  directory: Directory;
  /** Whose rights were said to have changed; null for everybody's. */
  subjects: string[] | null;
}

/** From this place on somebody could see a ticket, or could not. */
export interface Sight extends Place {
  began: number;
  visible: boolean;
}

/** What happened, in the order of (xid, position): the log and the rights of everybody at each place of it. */
export class Truth {
  readonly changes: Row[];
  private readonly byTicket: Map<string, Row[]>;

  private constructor(
    readonly rows: Row[],
    readonly rules: Rule[],
  ) {
    this.changes = rows.filter(({ change }) => change !== null);
    this.byTicket = Map.groupBy(rows, ({ ticketId }) => ticketId);
  }

  static async read(db: pg.Client, snapshots: readonly Snapshot[]): Promise<Truth> {
    const { rows: all } = await db.query(
      `select xid::text::bigint::float8 as xid, position::float8 as position, id, stream_id, stream_seq, visibility,
        (extract(epoch from occurred_at) * 1000)::float8 as began, change, data->'subjects' as subjects
       from event order by event.xid, event.position`,
    );
    const rules: Rule[] = [
      { ...BEGINNING, began: 0, directory: snapshots[0]?.directory as Directory, subjects: null },
    ];
    const rows: Row[] = [];
    for (const { xid, position, id, stream_id, stream_seq, visibility, began, change, subjects } of all) {
      const place = { xid, position, began };
      if (stream_id !== 'rights')
        rows.push({ ...place, id, ticketId: stream_id, forCustomers: visibility === 'PUBLIC', change });
      // What was told before the first snapshot is in it.
      else if (stream_seq > (snapshots[0]?.seq as number)) {
        const after = snapshots.find(({ seq }) => seq >= stream_seq) as Snapshot;
        rules.push({ ...place, directory: after.directory, subjects });
      }
    }
    return new Truth(rows, rules);
  }

  get end(): Place {
    return this.rows.at(-1) ?? BEGINNING;
  }

  ofTicket(ticketId: string): readonly Row[] {
    return this.byTicket.get(ticketId) ?? [];
  }

  /** Index of the rule that was in force at a place. */
  ruleAt(place: Place): number {
    return firstIndex(this.rules, (rule) => compare(rule, place) > 0) - 1;
  }

  /** Index of the rule that was in force once this transaction was committed, as far as the log's order says. */
  ruleAfter(xid: number): number {
    return firstIndex(this.rules, (rule) => rule.xid > xid) - 1;
  }

  sightsOf(personId: string): string[] {
    return this.rules.map(({ directory }) => sightOf(directory, personId));
  }

  /** From where on somebody could see a ticket and could not: by the directory and by what became of the ticket. */
  historyOf(personId: string, ticketId: string): Sight[] {
    const changes = this.ofTicket(ticketId).filter(({ change }) => change?.after);
    const turns = [...this.rules, ...changes].sort(compare);
    let [directory, facets] = [this.rules[0]?.directory as Directory, null as Facets | null];
    return turns.map((turn) => {
      if ('directory' in turn) directory = turn.directory;
      else facets = turn.change?.after ?? facets;
      const { xid, position, began } = turn;
      return { xid, position, began, visible: facets !== null && maySee(directory, personId, facets) };
    });
  }
}

/** The rows after one place, up to another. */
export function between<Value extends Place>(
  rows: readonly Value[],
  after: Place,
  upTo: Place,
): readonly Value[] {
  return rows.slice(
    firstIndex(rows, (row) => compare(row, after) > 0),
    firstIndex(rows, (row) => compare(row, upTo) > 0),
  );
}
