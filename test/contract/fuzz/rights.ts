import { sql } from 'kysely';
import type { TestDesk } from '../../support/desk.js';
import { changeRights } from '../../support/facts.js';
import type { Stage } from '../stage/stage.js';

/** What of which table says who somebody is, and whose a ticket is. */
const COLUMNS = {
  agent: ['email', 'roles', 'active'],
  team: ['restricted', 'lead_id'],
  customer: ['email', 'organization_id'],
  organization: ['shares_tickets'],
  ticket: ['team_id', 'customer_id', 'organization_id'],
} as const;

/** Who may see what, as it was; put back by SQL. */
export class Rights {
  private constructor(private readonly desk: TestDesk) {}

  private get db() {
    return this.desk.app.desk.database.sql;
  }

  static async of(desk: TestDesk): Promise<Rights> {
    const made = new Rights(desk);
    for (const table of [...Object.keys(COLUMNS), 'team_member'])
      await sql.raw(`create table fuzz_${table} as table ${table}`).execute(made.db);
    return made;
  }

  /** Tells nobody. Those who came meanwhile stay, under other addresses. */
  async restore(): Promise<void> {
    const run = (statement: string) => sql.raw(statement).execute(this.db);
    for (const table of ['agent', 'customer'])
      await run(
        `update ${table} set email = id || '@example.com' where id not in (select id from fuzz_${table})`,
      );
    for (const [table, columns] of Object.entries(COLUMNS))
      await run(`update ${table} t set ${columns.map((column) => `${column} = f.${column}`).join(', ')}
        from fuzz_${table} f where f.id = t.id
        and (${columns.map((column) => `t.${column} is distinct from f.${column}`).join(' or ')})`);
    await run(
      'delete from team_member where (team_id, agent_id) not in (select team_id, agent_id from fuzz_team_member)',
    );
    await run('insert into team_member select * from fuzz_team_member on conflict do nothing');
  }

  /** The same, and by then everybody's rights have been looked up anew. */
  async restoreAndTell(): Promise<void> {
    await this.restore();
    await changeRights(this.desk.app.desk, 'select 1', null);
    await this.desk.caughtUp();
  }

  /** Whether somebody who may has opened the restricted ticket to others meanwhile. */
  async opened({ tickets }: Stage): Promise<boolean> {
    const { rows } = await sql`select 1 from ticket t join team m on m.id = t.team_id
      where t.id = ${tickets.OTHER} and m.restricted`.execute(this.db);
    return rows.length === 0;
  }
}
