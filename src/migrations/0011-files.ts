import { Migration } from '@mikro-orm/migrations';

/**
 * Files of tickets, their bytes in rows of limited size, and the key that links to them are signed with; what
 * messages and mails bring of them.
 */
export class Migration0011 extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create table "file" ("id" text not null, "ticket_id" text not null, "name" text not null,
     "content_type" text not null, "size" int not null, "sha256" text null, "status" text not null default 'PENDING',
     "uploaded_by_id" text not null, "customer_visible" boolean not null default false, "take" text null,
     "created_at" timestamptz(3) not null, "stored_at" timestamptz(3) null, "used_at" timestamptz(3) null,
     primary key ("id"))`,
  'create index "file_ticket_id_created_at_id_index" on "file" ("ticket_id", "created_at", "id")',
  'create index "file_uploaded_by_id_index" on "file" ("uploaded_by_id") where used_at is null',
  `alter table "file" add constraint "file_ticket_id_reference" foreign key ("ticket_id")
     references "ticket" (id) deferrable initially deferred`,
  `create table "file_chunk" ("file_id" text not null references "file" (id) on delete cascade,
     "take" text not null, "position" int not null, "bytes" bytea not null,
     primary key ("file_id", "take", "position"))`,
  // Most files are compressed already.
  'alter table "file_chunk" alter column "bytes" set storage external',
  `alter table "message" add "file_ids" text[] not null default '{}'`,
  'alter table "message" alter column "file_ids" drop default',
  `alter table "mail" add "attachments" jsonb not null default '[]'`,
  'alter table "mail" alter column "attachments" drop default',
  'create table "file_key" ("only" boolean primary key default true check ("only"), "key" bytea not null)',
  // Two random UUIDs: 244 bits of PostgreSQL's strong random numbers, without an extension.
  `insert into "file_key" ("key")
     values (decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'))`,
];
