import { sql } from 'kysely';
import { PlainError } from '../plainly.js';
import { type Database, type EntityManager, type Sql, sqlOf } from './database.js';

/** The log, whose months are tables of their own. */
const LOG = 'event';
/** What of the log's one row of identity is changed by whoever serves; the rest by the functions below. */
const IDENTITY = { table: 'event_log', columns: ['id', 'origin'] };
/** What is read only: which migrations were made. */
const MIGRATIONS = 'mikro_orm_migrations';
/** What is done to the log with its owner's rights, and nothing else is. */
const BY_OWNER = ['event_make_months(int)', 'event_drop_months(int)', 'event_number_anew()'];

const OWNS =
  'it is a superuser, owns the tables or belongs to their owner: give DATABASE_URL a role of its own';

interface Table {
  name: string;
  kind: 'TABLE' | 'SEQUENCE';
  /** A month of the log: reached by way of the log alone. */
  partition: boolean;
}

/**
 * Grants the role that serves what serving takes, of tables that another role owns: to read everything, to add
 * rows, and to change and delete those of tables that are not append-only. It comes to the months of the log by
 * the log alone. To be called after each migration: a default for tables to come would be one for months, too.
 * @param served the database as that role sees it
 * @param appendOnly tables whose rows stay as they are, beside the log
 * @throws PlainError where the role could do more than that whatever it is granted; nothing is granted then
 */
export async function grantService(
  owner: Database,
  served: Database,
  appendOnly: readonly string[],
): Promise<void> {
  const here = await whereabouts(owner);
  const { role, database } = await whereabouts(served);
  if (database !== here.database)
    throw new PlainError(
      `MIGRATION_DATABASE_URL leads to the database ${here.database}, DATABASE_URL to ${database}: they must be one.`,
    );
  await owner.fork().transactional(async (em) => {
    const db = sqlOf(em as EntityManager);
    const stay = [...appendOnly, LOG];
    for (const table of await tablesOf(db)) await grantOn(db, table, role, stay);
    for (const each of BY_OWNER)
      await sql`grant execute on function ${sql.raw(each)} to ${sql.id(role)}`.execute(db);
    const reasons = await excessOf(db, role, stay);
    if (reasons.length > 0)
      throw new PlainError(
        `The role ${role} of DATABASE_URL can do more than serve:\n${reasons.map((reason) => `  - ${reason}`).join('\n')}`,
      );
  });
}

async function whereabouts(database: Database): Promise<{ role: string; database: string }> {
  const { rows } = await sql<{ role: string; database: string }>`
    select current_user as role, current_database() as database`.execute(database.sql);
  return rows[0] as { role: string; database: string };
}

/** The desk's tables and sequences: those of whoever owns the log. */
async function tablesOf(db: Sql): Promise<Table[]> {
  const { rows } = await sql<Table>`
    select c.relname as name, c.relispartition as partition,
      case c.relkind when 'S' then 'SEQUENCE' else 'TABLE' end as kind
    from pg_class c join pg_class log on log.oid = ${LOG}::regclass
    where c.relnamespace = log.relnamespace and c.relowner = log.relowner and c.relkind in ('r', 'p', 'S')
    order by 1`.execute(db);
  return rows;
}

async function grantOn(db: Sql, table: Table, role: string, stay: readonly string[]): Promise<void> {
  const { name, kind, partition } = table;
  const [on, to] = [sql`${sql.raw(kind)} ${sql.id(name)}`, sql.id(role)];
  await sql`revoke all on ${on} from ${to}`.execute(db);
  const rights = rightsOn(table, stay);
  if (rights && !partition) await sql`grant ${sql.raw(rights)} on ${on} to ${to}`.execute(db);
  if (name === IDENTITY.table)
    await sql`grant update (${sql.join(IDENTITY.columns.map((column) => sql.id(column)))}) on ${on} to ${to}`.execute(
      db,
    );
}

function rightsOn({ name, kind }: Table, stay: readonly string[]): string | null {
  if (name.startsWith(MIGRATIONS)) return kind === 'TABLE' ? 'select' : null;
  if (kind === 'SEQUENCE') return 'usage';
  if (name === IDENTITY.table) return 'select';
  return stay.includes(name) ? 'select, insert' : 'select, insert, update, delete';
}

/** What the role may do by other ways than these grants, each with the way out. */
async function excessOf(db: Sql, role: string, stay: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ reason: string }>`
    with log as (select relowner, relnamespace from pg_class where oid = ${LOG}::regclass)
    select ${OWNS} as reason from log where pg_has_role(${role}, relowner, 'MEMBER')
    union all
    select 'it may make roles: alter role ' || quote_ident(rolname) || ' nocreaterole'
    from pg_roles where rolname = ${role} and rolcreaterole
    union all
    select 'it may make tables: revoke create on schema ' || quote_ident(nspname) || ' from it, and from public'
    from log join pg_namespace n on n.oid = relnamespace where has_schema_privilege(${role}, n.oid, 'CREATE')
    union all
    select 'it has ' || string_agg(rights.name, ', ') || ' on ' || quote_ident(c.relname)
      || ': revoke that from public and from the roles it belongs to'
    from log join pg_class c on c.relnamespace = log.relnamespace
      cross join unnest(array['UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER']) as rights (name)
    where (c.relname = any(${sql.val(stay)}) or c.oid in (select inhrelid from pg_inherits where inhparent = ${LOG}::regclass))
      and case rights.name when 'UPDATE' then has_any_column_privilege(${role}, c.oid, 'UPDATE')
        else has_table_privilege(${role}, c.oid, rights.name) end
    group by c.relname`.execute(db);
  const reasons = rows.map(({ reason }) => reason);
  // Whoever has everything has the rest by it.
  return reasons.includes(OWNS) ? [OWNS] : reasons;
}
