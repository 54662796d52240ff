import { Migration } from '@mikro-orm/migrations';

/** Processes have a draft and a life cycle; versions can't be changed; runs can be migrated; steps keep drafts. */
export class Migration0003 extends Migration {
  override up(): void {
    for (const statement of [...PROCESS, ...VERSION, ...STEP]) this.addSql(statement);
  }
}

const PROCESS = [
  `alter table process
     add draft jsonb null, add draft_version int not null default 1, add draft_updated_at timestamptz(3) null,
     add draft_updated_by_id text null, add retired_at timestamptz(3) null, add retired_reason text null,
     add retired_by_id text null,
     alter column version_id drop not null`,
  // What is being worked on begins as what was published last.
  `update process set draft = version.definition, draft_updated_at = version.published_at
     from process_version version where version.id = process.version_id`,
  // The reference of version_id is checked at commit; what is checked then must not be in the way of what follows.
  'set constraints all immediate',
  'alter table process alter column draft set not null, alter column draft_updated_at set not null',
];

const VERSION = [
  'alter table process_version add published_by_id text null',
  // A published version never changes, whoever tries: runs and their history refer to it.
  `create function process_version_is_immutable() returns trigger language plpgsql as $$
   begin
     raise exception 'process version % is published and never changes', old.id using errcode = 'restrict_violation';
   end $$`,
  `create trigger process_version_is_immutable before update or delete on process_version
   for each row execute function process_version_is_immutable()`,
];

const STEP = [
  `alter table step
     add draft_answers jsonb null, add draft_by_id text null, add draft_at timestamptz(3) null,
     add removed_at timestamptz(3) null`,
  'alter table step drop constraint step_run_id_key_unique',
  'create unique index step_run_id_key_unique on step (run_id, key) where removed_at is null',
];
