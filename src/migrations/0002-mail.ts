import { Migration } from '@mikro-orm/migrations';

/** Mail is delivered, comes in, and leads back: the delivery of the outbox, and what links mail to tickets. */
export class Migration0002 extends Migration {
  override up(): void {
    for (const statement of [...OUTBOX, ...MESSAGE, ...TABLES, ...REFERENCES]) this.addSql(statement);
  }
}

const OUTBOX = [
  `alter table "mail"
     add column "stream_id" text null,
     add column "reply_to" text null,
     add column "in_reply_to" text null,
     add column "references" text null,
     add column "secret" boolean not null default false,
     add column "attempts" integer not null default 0,
     add column "due_at" timestamptz(3) null,
     add column "claimed_until" timestamptz(3) null,
     add column "failure" text null`,
  // What was written before there was delivery has been read in the local mailbox; nobody wants it now.
  `update "mail" set "due_at" = "created_at", "state" = 'SENT', "sent_at" = "created_at"`,
  `alter table "mail" alter column "due_at" set not null`,
  `drop index "mail_state_created_at_index"`,
  `create index "mail_state_due_at_index" on "mail" ("state", "due_at")`,
  `create index "mail_stream_id_created_at_index" on "mail" ("stream_id", "created_at")`,
];

const MESSAGE = [
  `alter table "message" add column "delivery" text null`,
  `update "message" set "delivery" = 'SENT' where "mail_id" is not null`,
  `create index "message_mail_id_index" on "message" ("mail_id")`,
];

const TABLES = [
  `create table "reply_address" (
     "token" text not null,
     "ticket_id" text not null,
     "customer_id" text not null,
     "created_at" timestamptz(3) not null,
     primary key ("token")
   )`,
  `alter table "reply_address" add constraint "reply_address_ticket_id_customer_id_unique" unique ("ticket_id", "customer_id")`,
  `create table "received_mail" (
     "message_id" text not null,
     "fate" text not null,
     "ticket_id" text null,
     "received_at" timestamptz(3) not null,
     primary key ("message_id")
   )`,
  `create index "received_mail_ticket_id_received_at_index" on "received_mail" ("ticket_id", "received_at")`,
  `create table "ticket_link" (
     "token_hash" text not null,
     "ticket_id" text not null,
     "created_at" timestamptz(3) not null,
     primary key ("token_hash")
   )`,
  `create index "ticket_link_ticket_id_index" on "ticket_link" ("ticket_id")`,
];

/** Checked at commit, so that rows of one transaction may be written in any order. */
const REFERENCES = [
  ['reply_address', 'ticket_id', 'ticket'],
  ['reply_address', 'customer_id', 'customer'],
  ['received_mail', 'ticket_id', 'ticket'],
  ['ticket_link', 'ticket_id', 'ticket'],
].map(
  ([table, column, to]) =>
    `alter table "${table}" add constraint "${table}_${column}_reference" foreign key ("${column}")
       references "${to}" (id) deferrable initially deferred`,
);
