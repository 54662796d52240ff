import { Migration } from '@mikro-orm/migrations';

/** People, teams and organizations are edited: each has a version. What is done by special right is recorded. */
export class Migration0007 extends Migration {
  override up(): void {
    for (const table of ['agent', 'team', 'customer', 'organization'])
      this.addSql(`alter table "${table}" add "version" int not null default 1`);
    for (const statement of [...AUDIT, ...API_KEY]) this.addSql(statement);
  }
}

const AUDIT = [
  `create table "audit" ("id" text not null, "at" timestamptz(3) not null, "actor_id" text null,
     "action" text not null, "subject_id" text null, "outcome" text not null, "code" text null,
     "details" jsonb not null, primary key ("id"))`,
  'create index "audit_at_id_index" on "audit" ("at", "id")',
  'create index "audit_actor_id_at_index" on "audit" ("actor_id", "at")',
  'create index "audit_subject_id_at_index" on "audit" ("subject_id", "at")',
  // Nothing that was recorded is changed or taken out, whoever tries.
  `create function audit_is_append_only() returns trigger language plpgsql as $$
   begin
     raise exception 'the audit is only ever added to' using errcode = 'restrict_violation';
   end $$`,
  `create trigger audit_rows_stay before update or delete on audit
   for each row execute function audit_is_append_only()`,
  `create trigger audit_stays before truncate on audit
   for each statement execute function audit_is_append_only()`,
];

const API_KEY = [
  `create table "api_key" ("id" text not null, "agent_id" text not null, "name" text not null,
     "prefix" text not null, "hash" text not null, "scopes" text[] not null, "created_at" timestamptz(3) not null,
     "expires_at" timestamptz(3) null, "revoked_at" timestamptz(3) null, "last_used_at" timestamptz(3) null,
     primary key ("id"))`,
  'alter table "api_key" add constraint "api_key_hash_unique" unique ("hash")',
  'create index "api_key_agent_id_index" on "api_key" ("agent_id")',
  `alter table "api_key" add constraint "api_key_agent_id_reference" foreign key ("agent_id")
     references "agent" (id) deferrable initially deferred`,
];
