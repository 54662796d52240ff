import type { Contender } from '../lib/contender.ts';
import { type Fact, statement } from '../lib/desk-log.ts';
import { interleaved, spread } from '../lib/numbers.ts';
import { short } from '../lib/report.ts';
import type { Told } from '../servers/main.ts';
import { type Setting, settleAlike } from './setting.ts';

const SCOPES = 100;
const SUBSCRIBERS = 1_000;
const ROUNDS = 5;
const QUERY = `subscription {
  queueChanges {
    move cursor occurredAt ticketId
    ticket { subject status customer { name } assignee { name } team { name } }
  }
}`;

/** 100 agents who may see different tickets, with 10 sockets each; what they see is read from the database. */
export async function scopes({ start, databaseUrl, report }: Setting): Promise<void> {
  // The schema has to be there before its people are.
  await (await start('first', 'desk')).stop();
  const { agentIds, fact } = await people(databaseUrl);
  const desk = await start('Stepdesk', 'desk', { agentIds });
  const stock = await start('graphql-ws + TypeGraphQL + DataLoader', 'stock', { agentIds });
  const all = [desk, stock];
  for (const contender of all) await contender.open({ sockets: SUBSCRIBERS, query: QUERY });
  const told = await settleAlike(all, SUBSCRIBERS, fact);
  const figures = await interleaved(all, ROUNDS, (contender) =>
    perDelivery(contender, fact, told, contender === desk ? 20 : 4),
  );
  const median = ({ name }: Contender) => spread(figures.get(name) ?? []).median;
  const ratio = median(stock) / median(desk);
  report.add({
    title: `1 event to 1,000 subscribers in ${SCOPES} scopes, with fields from the database`,
    unit: 'CPU µs per delivery',
    lines: [...figures].map(([name, values]) => ({ name, figures: values })),
    aims: [{ aim: 'at least 10 × stock', measured: `${short(ratio)} ×`, met: ratio >= 10 }],
  });
  for (const contender of all) await contender.stop();
}

async function perDelivery(contender: Contender, fact: Fact, told: Told, times: number) {
  const cpu = await contender.cpuOf(async () => {
    for (let time = 0; time < times; time++) await contender.deliver([fact], [told], SUBSCRIBERS);
  });
  return cpu / (times * SUBSCRIBERS);
}

/** Agents each in other restricted teams than all others, and an assigned ticket of an open team. */
async function people(databaseUrl: string): Promise<{ agentIds: string[]; fact: Fact }> {
  const run = (text: string, values: unknown[] = []) => statement(databaseUrl, text, values);
  const teams = Math.ceil(Math.log2(SCOPES));
  await run(
    `insert into team select (jsonb_populate_record(null::team, to_jsonb(t) || jsonb_build_object(
       'id', 'team_bench' || n, 'name', 'Restricted ' || n, 'restricted', true, 'lead_id', null))).*
     from (select * from team limit 1) t, generate_series(0, $1::int) n`,
    [teams],
  );
  const agents = await run(
    `insert into agent select (jsonb_populate_record(null::agent, to_jsonb(a) || jsonb_build_object(
       'id', 'agent_bench' || n, 'name', 'Agent ' || n, 'email', 'bench' || n || '@demo.stepdesk.example'))).*
     from (select * from agent where email = 'agent@demo.stepdesk.example') a, generate_series(0, $1::int) n
     returning id`,
    [SCOPES - 1],
  );
  await run(
    `insert into team_member (team_id, agent_id)
     select 'team_bench' || t, 'agent_bench' || n
     from generate_series(0, $1::int) n, generate_series(0, $2::int) t where n & (1 << t) > 0`,
    [SCOPES - 1, teams],
  );
  const [ticket = {}] = await run(
    `update ticket set team_id = (select id from team where not restricted order by id limit 1),
       assignee_id = 'agent_bench0'
     where id = (select id from ticket order by id limit 1)
     returning id, customer_id, team_id, assignee_id`,
  );
  return {
    agentIds: agents.map(({ id = '' }) => id),
    fact: {
      ticketId: String(ticket.id),
      facets: { customerId: ticket.customer_id, teamId: ticket.team_id, assigneeId: ticket.assignee_id },
    },
  };
}
