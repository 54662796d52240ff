import { Migration } from '@mikro-orm/migrations';

/** Calendars, due dates of steps, and the table of what is to happen at its time. */
export class Migration0005 extends Migration {
  override up(): void {
    for (const statement of [...CALENDAR, ...COLUMNS, ...DEADLINE, ...FROM_BEFORE]) this.addSql(statement);
  }
}

const CALENDAR = [
  `create table "calendar" ("id" text not null, "name" text not null, "time_zone" text not null,
     "hours" jsonb not null, "holidays" text[] not null, "is_default" boolean not null default false,
     "version" int not null default 1, primary key ("id"))`,
  `alter table "calendar" add constraint "calendar_name_unique" unique ("name")`,
  `create unique index calendar_one_default on calendar (is_default) where is_default`,
];

const COLUMNS = [
  `alter table "team" add "calendar_id" text null`,
  `alter table "team" add constraint "team_calendar_id_reference" foreign key ("calendar_id")
     references "calendar" (id) deferrable initially deferred`,
  `alter table "step" add "due_at" timestamptz(3) null`,
  `alter table "step" add "handed_to_role" text null`,
  // So that lists of work sort by it: what is never due comes last.
  `alter table step add column due_order timestamptz(3) not null
     generated always as (coalesce(due_at, '9999-12-31 00:00:00+00'::timestamptz)) stored`,
  `alter table "survey" add "reminder_token_hash" text null`,
  `alter table "survey" add constraint "survey_reminder_token_hash_unique" unique ("reminder_token_hash")`,
];

/**
 * What is to happen at its time. `planned_at` says for when it was planned, `fire_at` when it fires next:
 * later than that after a failure, or where it repeats. Rows go with what they are about.
 */
const DEADLINE = [
  `create table deadline (
     key text primary key,
     kind text not null,
     subject_id text not null,
     stream_id text not null,
     planned_at timestamptz(3) not null,
     fire_at timestamptz(3) not null,
     data jsonb not null,
     failures int not null default 0,
     fired_at timestamptz(3)
   )`,
  `create index deadline_waiting on deadline (fire_at) where fired_at is null`,
  `create index deadline_subject on deadline (subject_id)`,
];

/** Of what was resolved or promised before: the handlers work out what is due when. */
export const FROM_BEFORE = [
  `insert into deadline (key, kind, subject_id, stream_id, planned_at, fire_at, data)
   select 'auto-close:' || id, 'TICKET_AUTO_CLOSE', id, id, resolved_at, resolved_at, '{}'
   from ticket where status = 'RESOLVED' and resolved_at is not null`,
  `insert into deadline (key, kind, subject_id, stream_id, planned_at, fire_at, data)
   select 'promise:' || id, 'PROMISE_MISSED', id, id, promised_resolution_at, promised_resolution_at, '{}'
   from ticket where status not in ('RESOLVED', 'CLOSED') and promised_resolution_at > now()`,
];
