import { Migration } from '@mikro-orm/migrations';

/** Assignment of steps, approvals with a quorum, and those who act for others. */
export class Migration0004 extends Migration {
  override up(): void {
    // What an earlier migration of the same transaction left to be checked would keep tables from being altered.
    this.addSql('set constraints all immediate');
    this.addSql('set constraints all deferred');
    for (const statement of [...DEPUTIES, ...DECISIONS, ...STEPS, ...REFERENCES.map(reference)])
      this.addSql(statement);
  }
}

const DEPUTIES = [
  `create table "absence" ("id" text not null, "agent_id" text not null, "starts_at" timestamptz(3) not null,
     "ends_at" timestamptz(3) not null, "stand_in_id" text null, "reason" text null,
     "created_at" timestamptz(3) not null, primary key ("id"))`,
  'create index "absence_agent_id_ends_at_index" on "absence" ("agent_id", "ends_at")',
  `create table "approval_delegation" ("id" text not null, "owner_id" text not null, "delegate_id" text not null,
     "starts_at" timestamptz(3) not null, "ends_at" timestamptz(3) not null,
     "created_at" timestamptz(3) not null, primary key ("id"))`,
  'create index "approval_delegation_owner_id_ends_at_index" on "approval_delegation" ("owner_id", "ends_at")',
];

/** One word of an approver on an attempt of a subject may stand; so far there was one word on each at all. */
const DECISIONS = [
  `alter table "approval_decision" add "in_name_of_id" text null, add "final" boolean not null default true,
     add "standing" text null, add "withdrawn_at" timestamptz(3) null`,
  `update "approval_decision" set "in_name_of_id" = "decided_by_id",
     "standing" = "attempt" || ' ' || "subject_key" || ' ' || "subject_attempt" || ' ' || "decided_by_id"`,
  'alter table "approval_decision" alter column "in_name_of_id" set not null',
  'alter table "approval_decision" drop constraint "approval_decision_step_id_attempt_subject_key_unique"',
  `alter table "approval_decision" add constraint "approval_decision_step_id_standing_unique"
     unique ("step_id", "standing")`,
];

const LISTS = ['approver_roles', 'approver_ids', 'approver_team_ids', 'conflicted_ids', 'settled_ids'];

/** What is under way goes on: a decision that was given is the vote that it took, and approvers are a role. */
const STEPS = [
  `alter table "step" add "votes" jsonb not null default '{}', add "assigned_team_id" text null,
     add "follows_ticket" boolean not null default false, add "assigned_by_hand" boolean not null default false,
     ${LISTS.map((column) => `add "${column}" text[] not null default '{}'`).join(', ')}`,
  // In one go: a row that is written twice has its references checked at the end, and can't be altered before.
  `update "step" set
     "approver_roles" = case when "kind" = 'APPROVAL' and "assigned_role" is not null
       then array["assigned_role"] else '{}' end,
     "votes" = coalesce((
       select jsonb_object_agg(key, jsonb_build_array(jsonb_build_object('by', value ->> 'by', 'of', value ->> 'by')))
       from jsonb_each("decisions") where value ->> 'verdict' = 'APPROVED'), '{}'),
     "follows_ticket" = "kind" = 'TASK' and "phase" = 'READY' and "assignee_id" is null and "assigned_role" is null
   where "phase" <> 'WAITING' or "decisions" <> '{}'`,
  `alter table "step" ${['votes', ...LISTS].map((column) => `alter column "${column}" drop default`).join(', ')}`,
  'create index "step_phase_ready_at_index" on "step" ("phase", "ready_at")',
];

/** `table.column → table`, as in the first migration. */
const REFERENCES = [
  'absence.agent_id → agent',
  'absence.stand_in_id → agent',
  'approval_delegation.owner_id → agent',
  'approval_delegation.delegate_id → agent',
  'step.assigned_team_id → team',
];

function reference(text: string): string {
  const [from, to] = text.split(' → ') as [string, string];
  const [table, column] = from.split('.') as [string, string];
  return `alter table "${table}" add constraint "${table}_${column}_reference" foreign key ("${column}")
    references "${to}" (id) deferrable initially deferred`;
}
