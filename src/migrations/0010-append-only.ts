import { Migration } from '@mikro-orm/migrations';

/**
 * Events are only ever added, whoever tries; whole months go by a function, and so does the one rewriting that
 * there is. What a role that serves may have done to the log without owning it are these functions.
 */
export class Migration0010 extends Migration {
  override up(): void {
    for (const statement of [...STAYS, ...MONTHS, ...NUMBER_ANEW, AS_OWNER]) this.addSql(statement);
  }
}

/** Triggers of rows reach the months by themselves, those of TRUNCATE have to be put on each. */
const STAYS = [
  `create function event_is_append_only() returns trigger language plpgsql as $$
   begin
     raise exception 'the event log is only ever added to' using errcode = 'restrict_violation';
   end $$`,
  `create trigger event_rows_stay before update or delete on event
   for each row execute function event_is_append_only()`,
  `do $$
   declare log regclass;
   begin
     for log in select 'event'::regclass union all select inhrelid from pg_inherits where inhparent = 'event'::regclass
     loop
       execute format('create trigger event_stays before truncate on %s
         for each statement execute function event_is_append_only()', log);
     end loop;
   end $$`,
];

const MONTHS = [
  `create or replace function event_make_months(ahead int) returns void language plpgsql security definer as $$
   declare month timestamp; name text;
   begin
     if ahead between 0 and 24 is not true then
       raise exception 'at most 24 months are made ahead' using errcode = 'invalid_parameter_value';
     end if;
     for i in 0..ahead loop
       month := date_trunc('month', now() at time zone 'UTC') + make_interval(months => i);
       name := 'event_' || to_char(month, 'YYYY_MM');
       if to_regclass(format('%I.%I', current_schema(), name)) is null then
         execute format('create table %I partition of event for values from (%L) to (%L)', name,
           month at time zone 'UTC', (month + interval '1 month') at time zone 'UTC');
         execute format('create trigger event_stays before truncate on %I
           for each statement execute function event_is_append_only()', name);
       end if;
     end loop;
   end $$`,
  // Drops the months before those that are kept, and notes the place of the last event in them.
  `create function event_drop_months(keep int) returns setof text language plpgsql security definer as $$
   declare name text;
   begin
     if keep between 1 and 1200 is not true then
       raise exception 'from 1 to 1200 whole months of the event log are kept'
         using errcode = 'invalid_parameter_value';
     end if;
     for name in
       select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
       where i.inhparent = 'event'::regclass and c.relname ~ '^event_[0-9]{4}_[0-9]{2}$'
         and c.relname < 'event_' || to_char(date_trunc('month', now() at time zone 'UTC')
           - make_interval(months => keep), 'YYYY_MM')
       order by 1
     loop
       execute format('update event_log set floor_xid = last.xid, floor_position = last.position
         from (select xid, position from %I order by xid desc, position desc limit 1) as last
         where (last.xid, last.position) > (floor_xid, floor_position)', name);
       execute format('drop table %I', name);
       return next name;
     end loop;
   end $$`,
];

const NUMBER_ANEW = [
  // Of a log from another cluster, whose transactions are yet to come here; the order of its events stays.
  `create function event_number_anew() returns void language plpgsql security definer as $$
   begin
     if ((select xid from event order by xid desc limit 1) >= pg_snapshot_xmax(pg_current_snapshot())) is not true then
       raise exception 'no event is ahead of this database' using errcode = 'object_not_in_prerequisite_state';
     end if;
     alter table event disable trigger event_rows_stay;
     update event set xid = '1'::xid8, position = anew.position
     from (select id, appended_at, row_number() over (order by xid, position) as position from event) as anew
     where event.id = anew.id and event.appended_at = anew.appended_at;
     alter table event enable trigger event_rows_stay;
     perform setval('event_position', (select max(position) + 1 from event), false);
     update event_log set floor_xid = '0', floor_position = 0;
   end $$`,
];

/** Names in what runs with the owner's rights mean the desk's tables, whatever the caller's session says. */
const AS_OWNER = `do $$
   declare what text;
   begin
     foreach what in array array['event_make_months(int)', 'event_drop_months(int)', 'event_number_anew()'] loop
       execute format('alter function %s set search_path = %I, pg_temp', what, current_schema());
       execute format('revoke execute on function %s from public', what);
     end loop;
   end $$`;
