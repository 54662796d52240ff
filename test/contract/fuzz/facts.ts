import { sql } from 'kysely';
import type { Change } from '../../../src/platform/events/event.js';
import type { TestDesk } from '../../support/desk.js';
import type { Told } from './seat.js';
import type { Whose } from './sight.js';

/** An event of the log, as far as it says who may be told of it. */
export interface Fact {
  id: string;
  streamId: string;
  visibility: string;
  change: Change<Whose> | null;
}

const MOST_AT_ONCE = 500;

/** What deliveries are about, as the database has it. */
export class Facts {
  private readonly facts = new Map<string, Fact>();
  private readonly ticketOfStep = new Map<string, string>();

  constructor(private readonly desk: TestDesk) {}

  /** Looks up all that is asked for afterwards. */
  async lookUp(told: readonly Told[]): Promise<void> {
    const cursors = told.map(({ cursor }) => cursor).filter((cursor) => cursor && !this.facts.has(cursor));
    const xids = cursors.map((cursor) => String(this.cursors.decode(cursor).xid));
    const steps = told
      .flatMap(({ changes }) => changes ?? [])
      .map(({ stepId }: Told) => stepId)
      .filter((id: string) => !this.ticketOfStep.has(id));
    for (const some of chunksOf(xids)) await this.lookUpEvents(some);
    for (const some of chunksOf(steps)) await this.lookUpSteps(some);
  }

  at(cursor: string): Fact | undefined {
    return this.facts.get(cursor);
  }

  ticketOf(stepId: string): string {
    return this.ticketOfStep.get(stepId) ?? 'none';
  }

  private get cursors() {
    return this.desk.app.desk.eventLog.cursors;
  }

  private get db() {
    return this.desk.app.desk.database.sql;
  }

  private async lookUpEvents(xids: readonly string[]): Promise<void> {
    const { rows } = await sql<Fact & { xid: string; position: string; change: Fact['change'] | string }>`
      select id, stream_id as "streamId", visibility, change, xid::text as xid, position::text as position
      from event where xid in (${sql.join(xids.map((xid) => sql`${xid}::xid8`))})`.execute(this.db);
    for (const { xid, position, change, ...rest } of rows)
      this.facts.set(this.cursors.encode({ xid: BigInt(xid), position: BigInt(position) }), {
        ...rest,
        change: typeof change === 'string' ? JSON.parse(change) : change,
      });
  }

  private async lookUpSteps(ids: readonly string[]): Promise<void> {
    const { rows } = await sql<{ id: string; ticketId: string }>`
      select s.id, r.ticket_id as "ticketId" from step s join run r on r.id = s.run_id
      where s.id in (${sql.join(ids)})`.execute(this.db);
    for (const { id, ticketId } of rows) this.ticketOfStep.set(id, ticketId);
  }
}

function chunksOf(all: readonly string[]): string[][] {
  const each = [...new Set(all)];
  return Array.from({ length: Math.ceil(each.length / MOST_AT_ONCE) }, (_, n) =>
    each.slice(n * MOST_AT_ONCE, (n + 1) * MOST_AT_ONCE),
  );
}
