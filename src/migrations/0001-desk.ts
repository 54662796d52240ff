import { Migration } from '@mikro-orm/migrations';
import { deskTables } from './0001-desk.sql.js';

/** The desk as it was first released: the tables of the entities, and what is written by hand. */
export class Migration0001 extends Migration {
  override up(): void {
    const tables = deskTables.split(';\n').filter((statement) => statement.trim() !== '');
    for (const statement of [...tables, ...TICKET, ...REFERENCES.map(reference), ...REPORT, ...EVENT_LOG])
      this.addSql(statement);
  }
}

const TICKET = [
  'create sequence ticket_number start 1001',
  // So that SQL sorts by it: 0 LOW … 3 CRITICAL.
  `alter table ticket add column priority_rank int not null generated always as (
     case priority when 'LOW' then 0 when 'MEDIUM' then 1 when 'HIGH' then 2 else 3 end) stored`,
  'create index ticket_priority_rank_index on ticket (priority_rank, id)',
];

/** What refers to what: `table.column → table`. The entities know ids only; the database keeps them true. */
const REFERENCES = [
  'customer.organization_id → organization',
  'team.lead_id → agent',
  'team.escalation_team_id → team',
  'team_member.team_id → team',
  'team_member.agent_id → agent',
  'category.team_id → team',
  'ticket.category_id → category',
  'ticket.product_id → product',
  'ticket.customer_id → customer',
  'ticket.organization_id → organization',
  'ticket.team_id → team',
  'ticket.assignee_id → agent',
  'ticket.follow_up_of_id → ticket',
  'assignment.ticket_id → ticket',
  'process_version.process_id → process',
  'process.version_id → process_version',
  'run.ticket_id → ticket',
  'run.process_id → process',
  'run.process_version_id → process_version',
  'step.run_id → run',
  'step_attempt.step_id → step',
  'approval_decision.step_id → step',
  'message.ticket_id → ticket',
  'survey.ticket_id → ticket',
  'report.ticket_id → ticket',
  'quality_review.ticket_id → ticket',
  'feedback.ticket_id → ticket',
  'retrospective.ticket_id → ticket',
  'improvement_item.retrospective_id → retrospective',
  'escalation.ticket_id → ticket',
  'coordination_request.ticket_id → ticket',
];

/** Checked at commit, so that rows of one transaction may be written in any order. */
function reference(text: string): string {
  const [from, to] = text.split(' → ') as [string, string];
  const [table, column] = from.split('.') as [string, string];
  return `alter table "${table}" add constraint "${table}_${column}_reference" foreign key ("${column}")
    references "${to}" (id) deferrable initially deferred`;
}

/** An archived report never changes, whoever tries. */
const REPORT = [
  `create function report_archived_is_immutable() returns trigger language plpgsql as $$
   begin
     raise exception 'report % is archived and never changes', old.id using errcode = 'restrict_violation';
   end $$`,
  `create trigger report_archived_is_immutable before update or delete on report
   for each row when (old.status = 'ARCHIVED') execute function report_archived_is_immutable()`,
];

/**
 * The log. `xid` is the transaction that appended the event: readers stay behind the oldest one that
 * still runs, and read in the order of (xid, position).
 */
const EVENT_LOG = [
  `create table event_log (id text primary key, opened_at timestamptz(3) not null default now())`,
  `insert into event_log (id) values (gen_random_uuid()::text)`,
  `create table event_stream (id text primary key, last_seq int not null)`,
  `create table event (
     id text primary key,
     xid xid8 not null default pg_current_xact_id(),
     position bigint generated always as identity,
     stream_id text not null,
     stream_seq int not null,
     type text not null,
     visibility text not null check (visibility in ('PUBLIC', 'INTERNAL')),
     actor_id text,
     occurred_at timestamptz(3) not null,
     data jsonb not null,
     change jsonb,
     unique (stream_id, stream_seq)
   )`,
  `create index event_place on event (xid, position)`,
  `create index event_stream_place on event (stream_id, xid, position)`,
  `create table idempotency (
     scope text not null,
     key text not null,
     input_hash text not null,
     result jsonb not null,
     created_at timestamptz(3) not null,
     primary key (scope, key)
   )`,
];
