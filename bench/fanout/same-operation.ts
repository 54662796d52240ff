import type { Contender } from '../lib/contender.ts';
import { interleaved, spread } from '../lib/numbers.ts';
import { short } from '../lib/report.ts';
import type { Told } from '../servers/main.ts';
import { CHANGES, newFact, type Setting, settleAlike } from './setting.ts';

const SUBSCRIBERS = 1_000;
const ROUNDS = 7;

/** One event, or several at once, to 1,000 subscribers of the same operation. */
export async function sameOperation({ start, report }: Setting): Promise<void> {
  const desk = await start('Stepdesk', 'desk');
  const raw = await start('raw ws.send', 'raw');
  const stock = await start('graphql-ws + TypeGraphQL', 'stock');
  const mercurius = await start('Mercurius', 'mercurius');
  const all = [desk, raw, stock, mercurius];
  for (const contender of all) await contender.open({ sockets: SUBSCRIBERS, query: CHANGES });
  const told = await settleAlike(all, SUBSCRIBERS);
  for (const inFlight of [1, 16]) {
    const times = inFlight === 1 ? 40 : 8;
    const figures = await interleaved(all, ROUNDS, (contender) =>
      perDelivery(
        contender,
        told,
        inFlight,
        contender === stock || contender === mercurius ? times / 4 : times,
      ),
    );
    const median = ({ name }: Contender) => spread(figures.get(name) ?? []).median;
    const ofRaw = median(raw) / median(desk);
    const ofStock = median(stock) / median(desk);
    report.add({
      title:
        inFlight === 1 ? '1 event to 1,000 subscribers' : `${inFlight} events in flight to 1,000 subscribers`,
      unit: 'CPU µs per delivery',
      lines: [...figures].map(([name, values]) => ({ name, figures: values })),
      aims:
        inFlight === 1
          ? [
              {
                aim: 'at least 95 % of raw ws.send',
                measured: `${short(ofRaw * 100)} %`,
                met: ofRaw >= 0.95,
              },
              { aim: 'at least 8 × stock', measured: `${short(ofStock)} ×`, met: ofStock >= 8 },
            ]
          : [{ aim: 'at least 3 × raw ws.send', measured: `${short(ofRaw)} ×`, met: ofRaw >= 3 }],
    });
  }
  for (const contender of all) await contender.stop();
}

async function perDelivery(contender: Contender, told: Told, inFlight: number, times: number) {
  const deliveries = inFlight * SUBSCRIBERS;
  const facts = Array.from({ length: inFlight }, newFact);
  const tellings = Array.from({ length: inFlight }, () => told);
  const cpu = await contender.cpuOf(async () => {
    for (let time = 0; time < times; time++) await contender.deliver(facts, tellings, deliveries);
  });
  return cpu / (times * deliveries);
}
