import { Migration } from '@mikro-orm/migrations';

/**
 * The event log by month, so that old months can be dropped whole, and where it comes from, so that a
 * restored log is told from the one that clients hold cursors of.
 */
export class Migration0006 extends Migration {
  override up(): void {
    for (const statement of [...ORIGIN, ...BY_MONTH, ...FROM_BEFORE]) this.addSql(statement);
  }
}

/** `floor_*` is the place of the last event that was dropped: what lies before can't be resumed from. */
const ORIGIN = [
  `alter table event_log add origin text null`,
  `alter table event_log add floor_xid xid8 not null default '0'`,
  `alter table event_log add floor_position bigint not null default 0`,
];

/**
 * `appended_at` is the database's own time, by which events are dropped; `occurred_at` is the desk's. That a
 * stream's numbers have no gap and no double is kept by the row of `event_stream`.
 */
const BY_MONTH = [
  `alter table event rename to event_before`,
  `drop index event_place, event_stream_place`,
  `create sequence event_position`,
  `create table event (
     id text not null,
     xid xid8 not null default pg_current_xact_id(),
     position bigint not null default nextval('event_position'),
     stream_id text not null,
     stream_seq int not null,
     type text not null,
     visibility text not null check (visibility in ('PUBLIC', 'INTERNAL')),
     actor_id text,
     occurred_at timestamptz(3) not null,
     appended_at timestamptz(3) not null default now(),
     data jsonb not null,
     change jsonb,
     primary key (id, appended_at)
   ) partition by range (appended_at)`,
  `create index event_place on event (xid, position)`,
  `create index event_stream_place on event (stream_id, xid, position)`,
  // Takes what no month takes, should a node ever come too late to make one.
  `create table event_default partition of event default`,
  `create function event_make_months(ahead int) returns void language plpgsql as $$
   declare month timestamp; name text;
   begin
     for i in 0..ahead loop
       month := date_trunc('month', now() at time zone 'UTC') + make_interval(months => i);
       name := 'event_' || to_char(month, 'YYYY_MM');
       if to_regclass(name) is null then
         execute format('create table %I partition of event for values from (%L) to (%L)', name,
           month at time zone 'UTC', (month + interval '1 month') at time zone 'UTC');
       end if;
     end loop;
   end $$`,
];

const FROM_BEFORE = [
  `select event_make_months(2)`,
  `insert into event (id, xid, position, stream_id, stream_seq, type, visibility, actor_id, occurred_at, data, change)
   select id, xid, position, stream_id, stream_seq, type, visibility, actor_id, occurred_at, data, change
   from event_before`,
  `select setval('event_position', (select coalesce(max(position), 0) + 1 from event), false)`,
  `drop table event_before`,
];
