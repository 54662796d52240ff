import { Migration } from '@mikro-orm/migrations';

/** The turns of absences and delegations as deadlines; indexes by which what is overdue is found. */
export class Migration0009 extends Migration {
  override up(): void {
    for (const statement of [...INDEXES, ...FROM_BEFORE]) this.addSql(statement);
  }
}

const INDEXES = [
  `create index ticket_promised_open on ticket (promised_resolution_at)
     where status not in ('RESOLVED', 'CLOSED')`,
  `create index step_due_ready on step (due_at) where phase = 'READY'`,
];

/** Of absences and delegations that are not over. */
const FROM_BEFORE = [
  turns('absence', 'ABSENCE', 'array_remove(array[agent_id, stand_in_id], null)'),
  turns('approval_delegation', 'DELEGATION', 'array[owner_id, delegate_id]'),
];

function turns(table: string, noun: string, agents: string): string {
  return `insert into deadline (key, kind, subject_id, stream_id, planned_at, fire_at, data)
    select 'deputies:' || id || ':' || turn, 'DEPUTIES_TURN', id, 'deputies', at, at,
      jsonb_build_object('what', '${noun}_' || turn, 'agentIds', to_jsonb(${agents}))
    from ${table} cross join lateral (values ('BEGAN', starts_at), ('OVER', ends_at)) as turns (turn, at)
    where at > now()`;
}
