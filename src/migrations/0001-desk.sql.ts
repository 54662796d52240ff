/** The tables of the entities, as `npm run migration` wrote them. */
export const deskTables = `
create table "agent" (
  "id" text not null,
  "name" text not null,
  "email" text not null,
  "roles" text[] not null,
  "skills" text[] not null,
  "availability" text not null default 'AVAILABLE',
  "capacity" int not null default 10,
  "active" boolean not null default true,
  "last_assigned_at" timestamptz(3) null,
  primary key ("id")
);
alter table "agent" add constraint "agent_email_unique" unique ("email");

create table "approval_decision" (
  "id" text not null,
  "step_id" text not null,
  "ticket_id" text not null,
  "attempt" int not null,
  "subject_key" text not null,
  "subject_attempt" int not null,
  "verdict" text not null,
  "comment" text null,
  "decided_by_id" text not null,
  "decided_at" timestamptz(3) not null,
  primary key ("id")
);
alter table "approval_decision" add constraint "approval_decision_step_id_attempt_subject_key_unique" unique ("step_id", "attempt", "subject_key");

create table "assignment" (
  "id" text not null,
  "ticket_id" text not null,
  "team_id" text null,
  "agent_id" text null,
  "kind" text not null,
  "reason" text not null,
  "candidates" jsonb not null,
  "created_at" timestamptz(3) not null,
  primary key ("id")
);
create index "assignment_ticket_id_created_at_index" on "assignment" ("ticket_id", "created_at");

create table "category" (
  "id" text not null,
  "name" text not null,
  "team_id" text null,
  primary key ("id")
);
alter table "category" add constraint "category_name_unique" unique ("name");

create table "coordination_request" (
  "id" text not null,
  "ticket_id" text not null,
  "run_id" text null,
  "department" text not null,
  "brief" text not null,
  "owner_id" text null,
  "due_on" date null,
  "status" text not null default 'OPEN',
  "outcome" text null,
  "created_at" timestamptz(3) not null,
  "updated_at" timestamptz(3) not null,
  primary key ("id")
);
create index "coordination_request_owner_id_status_index" on "coordination_request" ("owner_id", "status");
create index "coordination_request_ticket_id_created_at_index" on "coordination_request" ("ticket_id", "created_at");

create table "customer" (
  "id" text not null,
  "name" text not null,
  "email" text not null,
  "organization_id" text null,
  "created_at" timestamptz(3) not null,
  primary key ("id")
);
alter table "customer" add constraint "customer_email_unique" unique ("email");
create index "customer_organization_id_index" on "customer" ("organization_id");

create table "escalation" (
  "id" text not null,
  "ticket_id" text not null,
  "run_id" text null,
  "level" int not null,
  "reason" text not null,
  "from_team_id" text null,
  "from_agent_id" text null,
  "to_team_id" text null,
  "to_agent_id" text null,
  "escalated_by_id" text not null,
  "created_at" timestamptz(3) not null,
  primary key ("id")
);
create index "escalation_ticket_id_created_at_index" on "escalation" ("ticket_id", "created_at");

create table "feedback" (
  "id" text not null,
  "ticket_id" text not null,
  "agent_id" text not null,
  "author_id" text not null,
  "body" text not null,
  "created_at" timestamptz(3) not null,
  primary key ("id")
);
create index "feedback_ticket_id_index" on "feedback" ("ticket_id");
create index "feedback_agent_id_created_at_id_index" on "feedback" ("agent_id", "created_at", "id");

create table "improvement_item" (
  "id" text not null,
  "ticket_id" text not null,
  "retrospective_id" text not null,
  "position" int not null,
  "text" text not null,
  "done" boolean not null default false,
  primary key ("id")
);
create index "improvement_item_retrospective_id_index" on "improvement_item" ("retrospective_id");
create index "improvement_item_ticket_id_position_index" on "improvement_item" ("ticket_id", "position");

create table "mail" (
  "id" text not null,
  "to" text not null,
  "subject" text not null,
  "text" text not null,
  "html" text not null,
  "message_id" text not null,
  "state" text not null default 'QUEUED',
  "created_at" timestamptz(3) not null,
  "sent_at" timestamptz(3) null,
  primary key ("id")
);
alter table "mail" add constraint "mail_message_id_unique" unique ("message_id");
create index "mail_state_created_at_index" on "mail" ("state", "created_at");
create index "mail_created_at_id_index" on "mail" ("created_at", "id");

create table "message" (
  "id" text not null,
  "ticket_id" text not null,
  "visibility" text not null,
  "direction" text not null,
  "author_id" text not null,
  "subject" text null,
  "body" text not null,
  "mail_id" text null,
  "created_at" timestamptz(3) not null,
  primary key ("id")
);
create index "message_ticket_id_created_at_id_index" on "message" ("ticket_id", "created_at", "id");

create table "organization" (
  "id" text not null,
  "name" text not null,
  "tier" text not null default 'STANDARD',
  "shares_tickets" boolean not null default false,
  primary key ("id")
);
alter table "organization" add constraint "organization_name_unique" unique ("name");

create table "process" (
  "id" text not null,
  "key" text not null,
  "name" text not null,
  "description" text not null,
  "version_id" text not null,
  primary key ("id")
);
alter table "process" add constraint "process_key_unique" unique ("key");

create table "process_version" (
  "id" text not null,
  "process_id" text not null,
  "number" int not null,
  "hash" text not null,
  "definition" jsonb not null,
  "published_at" timestamptz(3) not null,
  primary key ("id")
);
create index "process_version_process_id_hash_index" on "process_version" ("process_id", "hash");
alter table "process_version" add constraint "process_version_process_id_number_unique" unique ("process_id", "number");

create table "product" (
  "id" text not null,
  "name" text not null,
  primary key ("id")
);
alter table "product" add constraint "product_name_unique" unique ("name");

create table "quality_review" (
  "id" text not null,
  "ticket_id" text not null,
  "run_id" text null,
  "reviewer_id" text not null,
  "agent_id" text null,
  "scores" jsonb not null,
  "overall" double precision not null,
  "summary" text null,
  "created_at" timestamptz(3) not null,
  primary key ("id")
);
create index "quality_review_agent_id_created_at_index" on "quality_review" ("agent_id", "created_at");
create index "quality_review_ticket_id_created_at_index" on "quality_review" ("ticket_id", "created_at");

create table "report" (
  "id" text not null,
  "ticket_id" text not null,
  "run_id" text null,
  "kind" text not null,
  "status" text not null default 'DRAFT',
  "title" text not null,
  "summary" text not null,
  "body" text not null,
  "drafted_by_id" text not null,
  "approved_by_id" text null,
  "approved_at" timestamptz(3) null,
  "archived_at" timestamptz(3) null,
  "content_hash" text null,
  "created_at" timestamptz(3) not null,
  "updated_at" timestamptz(3) not null,
  "version" int not null default 1,
  primary key ("id")
);
create index "report_ticket_id_created_at_index" on "report" ("ticket_id", "created_at");
alter table "report" add constraint "report_run_id_kind_unique" unique ("run_id", "kind");

create table "retrospective" (
  "id" text not null,
  "ticket_id" text not null,
  "run_id" text null,
  "notes" text not null,
  "created_at" timestamptz(3) not null,
  primary key ("id")
);
create index "retrospective_ticket_id_created_at_index" on "retrospective" ("ticket_id", "created_at");
alter table "retrospective" add constraint "retrospective_run_id_unique" unique ("run_id");

create table "run" (
  "id" text not null,
  "ticket_id" text not null,
  "process_id" text not null,
  "process_version_id" text not null,
  "phase" text not null default 'ACTIVE',
  "started_by_id" text not null,
  "started_at" timestamptz(3) not null,
  "ended_at" timestamptz(3) null,
  primary key ("id")
);
create index "run_ticket_id_started_at_index" on "run" ("ticket_id", "started_at");

create table "step" (
  "id" text not null,
  "run_id" text not null,
  "ticket_id" text not null,
  "key" text not null,
  "position" int not null,
  "title" text not null,
  "kind" text not null,
  "phase" text not null,
  "attempt" int not null default 1,
  "outcome" text null,
  "returned" boolean not null default false,
  "answers" jsonb not null,
  "skip_reason" text null,
  "decisions" jsonb not null,
  "customer_visible" boolean not null default false,
  "assignee_id" text null,
  "assigned_role" text null,
  "completed_by_id" text null,
  "ready_at" timestamptz(3) null,
  "completed_at" timestamptz(3) null,
  primary key ("id")
);
create index "step_ticket_id_index" on "step" ("ticket_id");
create index "step_assignee_id_phase_index" on "step" ("assignee_id", "phase");
alter table "step" add constraint "step_run_id_key_unique" unique ("run_id", "key");

create table "step_attempt" (
  "id" text not null,
  "step_id" text not null,
  "ticket_id" text not null,
  "attempt" int not null,
  "answers" jsonb not null,
  "skip_reason" text null,
  "completed_by_id" text not null,
  "completed_at" timestamptz(3) not null,
  primary key ("id")
);
alter table "step_attempt" add constraint "step_attempt_step_id_attempt_unique" unique ("step_id", "attempt");

create table "survey" (
  "id" text not null,
  "ticket_id" text not null,
  "run_id" text null,
  "status" text not null default 'SENT',
  "token_hash" text not null,
  "sent_to" text not null,
  "sent_at" timestamptz(3) not null,
  "expires_at" timestamptz(3) not null,
  "answered_at" timestamptz(3) null,
  "overall" int null,
  "responsiveness" int null,
  "clarity" int null,
  "professionalism" int null,
  "comment" text null,
  "analysis" text null,
  primary key ("id")
);
create index "survey_run_id_index" on "survey" ("run_id");
alter table "survey" add constraint "survey_token_hash_unique" unique ("token_hash");
create index "survey_ticket_id_sent_at_id_index" on "survey" ("ticket_id", "sent_at", "id");

create table "team" (
  "id" text not null,
  "name" text not null,
  "skills" text[] not null,
  "lead_id" text null,
  "escalation_team_id" text null,
  "restricted" boolean not null default false,
  primary key ("id")
);
alter table "team" add constraint "team_name_unique" unique ("name");

create table "team_member" (
  "team_id" text not null,
  "agent_id" text not null,
  primary key ("team_id",
  "agent_id")
);
create index "team_member_agent_id_index" on "team_member" ("agent_id");

create table "ticket" (
  "id" text not null,
  "number" int not null,
  "external_id" text null,
  "subject" text not null,
  "description" text not null,
  "status" text not null default 'NEW',
  "channel" text not null,
  "impact" text not null default 'MEDIUM',
  "urgency" text not null default 'MEDIUM',
  "priority" text not null default 'MEDIUM',
  "priority_reason" text null,
  "category_id" text null,
  "product_id" text null,
  "customer_id" text not null,
  "organization_id" text null,
  "team_id" text null,
  "assignee_id" text null,
  "escalation_level" int not null default 0,
  "resolution" text null,
  "closing_notes" text null,
  "promised_resolution_at" timestamptz(3) null,
  "first_response_at" timestamptz(3) null,
  "resolved_at" timestamptz(3) null,
  "closed_at" timestamptz(3) null,
  "reopen_count" int not null default 0,
  "follow_up_of_id" text null,
  "imported" jsonb null,
  "created_at" timestamptz(3) not null,
  "updated_at" timestamptz(3) not null,
  "version" int not null default 1,
  primary key ("id")
);
alter table "ticket" add constraint "ticket_number_unique" unique ("number");
alter table "ticket" add constraint "ticket_external_id_unique" unique ("external_id");
create index "ticket_status_created_at_id_index" on "ticket" ("status", "created_at", "id");
create index "ticket_team_id_status_index" on "ticket" ("team_id", "status");
create index "ticket_assignee_id_status_index" on "ticket" ("assignee_id", "status");
create index "ticket_customer_id_created_at_index" on "ticket" ("customer_id", "created_at");
create index "ticket_updated_at_id_index" on "ticket" ("updated_at", "id");
create index "ticket_created_at_id_index" on "ticket" ("created_at", "id");
`;
