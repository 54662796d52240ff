import { randomUUID } from 'node:crypto';
import type { Contender } from '../lib/contender.ts';
import { interleaved, spread } from '../lib/numbers.ts';
import { short } from '../lib/report.ts';
import type { Told } from '../servers/main.ts';
import type { Setting } from './setting.ts';

const SOCKETS = 100;
const ROUNDS = 5;
const QUERY =
  'subscription ($where: TicketFilter) { queueChanges(where: $where) { move cursor occurredAt ticketId } }';

/** Everybody has a list of their own; each event is in one of them. */
export async function oneMatch({ start, report }: Setting): Promise<void> {
  const medians: Record<string, number> = {};
  for (const subscribers of [1_000, 10_000]) {
    const desk = await start('Stepdesk', 'desk');
    const stock = await start('TypeGraphQL, topic and filter', 'stock');
    const assignees = Array.from({ length: subscribers }, () => `agent_${randomUUID()}`);
    const variables = Array.from({ length: SOCKETS }, (_, socket) =>
      assignees
        .filter((_each, index) => index % SOCKETS === socket)
        .map((eq) => ({ where: { assignee: { eq } } })),
    );
    for (const each of [desk, stock]) {
      await each.open({ sockets: SOCKETS, query: QUERY, variables });
      await each.ready(subscribers);
    }
    const plays = [
      { name: 'Stepdesk, 100 events at once', contender: desk, atOnce: 100, times: 10 },
      { name: 'Stepdesk, one by one', contender: desk, atOnce: 1, times: 100 },
      { name: stock.name, contender: stock, atOnce: 10, times: 1 },
    ];
    const figures = await interleaved(plays, ROUNDS, ({ contender, atOnce, times }) =>
      perEvent(contender, assignees, atOnce, times),
    );
    for (const [name, values] of figures) medians[`${name} ${subscribers}`] = spread(values).median;
    const [together] = plays;
    const of = (count: number) => medians[`${together?.name} ${count}`] as number;
    report.add({
      title: `${subscribers} subscribers, 1 of them meant`,
      unit: 'CPU µs per event',
      lines: [...figures].map(([name, values]) => ({ name, figures: values })),
      aims:
        subscribers === 1_000
          ? []
          : [
              { aim: 'less than 100 µs', measured: `${short(of(10_000))} µs`, met: of(10_000) < 100 },
              {
                aim: 'flat from 1,000 to 10,000 (at most 1.3 ×)',
                measured: `${short(of(10_000) / of(1_000))} ×`,
                met: of(10_000) / of(1_000) <= 1.3,
              },
            ],
    });
    for (const each of [desk, stock]) await each.stop();
  }
}

async function perEvent(contender: Contender, assignees: string[], atOnce: number, times: number) {
  const cpu = await contender.cpuOf(async () => {
    for (let time = 0; time < times; time++) {
      const meant = Array.from(
        { length: atOnce },
        () => assignees[Math.floor(Math.random() * assignees.length)] as string,
      );
      const facts = meant.map((assigneeId) => ({
        ticketId: `ticket_${randomUUID()}`,
        facets: { assigneeId },
      }));
      const told: Told[] = facts.map(({ ticketId, facets }) => ({
        move: 'UPDATED',
        cursor: 'x'.repeat(32),
        occurredAt: new Date().toISOString(),
        ticketId,
        assigneeId: facets.assigneeId,
      }));
      await contender.deliver(facts, told, atOnce);
    }
  });
  return cpu / (atOnce * times);
}
