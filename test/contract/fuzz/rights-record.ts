import { sql } from 'kysely';
import type { TestDesk } from '../../support/desk.js';
import type { Rows } from './sight.js';

/** What says who somebody is, and whose a ticket is; and by which columns a row stays the same one. */
const TABLES = {
  agent: ['id'],
  team: ['id'],
  team_member: ['team_id', 'agent_id'],
  customer: ['id'],
  organization: ['id'],
  ticket: ['id'],
} as const;
const NAMES = Object.keys(TABLES) as (keyof typeof TABLES)[];

/** What a transaction made of a row. */
interface Written {
  of: keyof typeof TABLES;
  row: Record<string, unknown>;
  gone: boolean;
  xid: string;
}

/** Writes down, row by row, all that rights ever were since it began: by triggers, whoever changes them. */
export class RightsRecord {
  private constructor(private readonly desk: TestDesk) {}

  static async of(desk: TestDesk): Promise<RightsRecord> {
    const made = new RightsRecord(desk);
    await made.run(`create table fuzz_record (seq bigint generated always as identity, of text not null,
      row jsonb not null, gone boolean not null default false, xid xid8 not null default '0')`);
    await made.run(`create function fuzz_write() returns trigger language plpgsql as $$ begin
      insert into fuzz_record (of, row, gone, xid) values
        (tg_table_name, to_jsonb(coalesce(new, old)), tg_op = 'DELETE', pg_current_xact_id());
      return null; end $$`);
    for (const table of NAMES)
      await made.run(`create trigger fuzz_write after insert or update or delete on ${table}
        for each row execute function fuzz_write()`);
    return made;
  }

  /** Forgets what was before, and writes down what is. */
  async begin(): Promise<void> {
    await this.run('truncate fuzz_record');
    for (const table of NAMES)
      await this.run(`insert into fuzz_record (of, row) select '${table}', to_jsonb(t) from ${table} t`);
  }

  /** Every row that there was since, with the transaction that ended it. */
  async read(): Promise<Rows> {
    const { rows } =
      await sql<Written>`select of, row, gone, xid::text as xid from fuzz_record order by seq`.execute(
        this.db,
      );
    const found = Object.fromEntries(NAMES.map((table) => [table, [] as object[]]));
    const last = new Map<string, { until: bigint | null }>();
    for (const { of, row, gone, xid } of rows) {
      const key = JSON.stringify([of, ...TABLES[of].map((column) => row[column])]);
      const before = last.get(key);
      if (before) before.until = BigInt(xid);
      last.delete(key);
      if (gone) continue;
      const kept = { ...row, until: null };
      last.set(key, kept);
      found[of]?.push(kept);
    }
    return found as unknown as Rows;
  }

  private get db() {
    return this.desk.app.desk.database.sql;
  }

  private run(statement: string) {
    return sql.raw(statement).execute(this.db);
  }
}
