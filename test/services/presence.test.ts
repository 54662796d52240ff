import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { App } from '../../src/app.js';
import { say, there, watch } from '../modules/presence/play.js';
import { create } from '../modules/ticket/play.js';
import { Client } from '../support/client.js';
import { Way } from '../support/cut-off.js';
import { until, useDesk } from '../support/desk.js';
import { at } from '../support/office.js';

const redis = await Way.to(process.env.REDIS_URL ?? 'redis://127.0.0.1:6379');
const desk = useDesk({ REDIS_URL: redis.url });
// People come and go by the clock: a limit for what hangs, not for how fast it is.
jest.setTimeout(60_000);
afterAll(() => redis.cut());

const letSecondsPass = (seconds: number) => desk.clock.letDaysPass(seconds / 86_400);

describe('on two nodes', () => {
  let other: App;
  let alex: Client;
  let sam: Client;
  beforeAll(async () => {
    other = await desk.anotherNode();
    alex = await desk.as(at('agent'));
    sam = new Client(() => other.url, (await desk.as(at('second'))).token);
  });
  afterAll(async () => {
    await sam.close();
    await other.stop();
  });
  const everywhere = async (id: string, wanted: string[]) => {
    for (const client of [alex, sam])
      await until(async () => String(await there(client, id)) === String(wanted), `${wanted} to be seen`);
  };

  test('what is said to one is told by the other, and runs out on both', async () => {
    const id = await create(alex);
    const told = await watch(sam, id);
    expect(told.first).toEqual([]);
    // Sooner than a subscriber would look by itself.
    await say(alex, id, 'VIEWING');
    expect(await told.next(3)).toEqual(['Alex Agent: VIEWING']);
    await say(sam, id, 'CLAIMING');
    expect(await told.next(3)).toEqual(['Sam Second: CLAIMING', 'Alex Agent: VIEWING']);
    await everywhere(id, ['Sam Second: CLAIMING', 'Alex Agent: VIEWING']);
    await say(alex, id, 'AWAY');
    expect(await told.next()).toEqual(['Sam Second: CLAIMING']);
    letSecondsPass(26);
    expect(await told.next()).toEqual([]);
    await everywhere(id, []);
    await told.stream.close();
  });

  test('a node that comes later knows who is there; what was said to one that stops runs out', async () => {
    const id = await create(alex);
    const short = await desk.anotherNode();
    const brief = new Client(() => short.url, alex.token);
    await say(brief, id, 'VIEWING');
    const late = await desk.anotherNode();
    try {
      expect(await there(new Client(() => late.url, sam.token), id)).toEqual(['Alex Agent: VIEWING']);
      await short.stop();
      const told = await watch(sam, id);
      expect(told.first).toEqual(['Alex Agent: VIEWING']);
      letSecondsPass(26);
      expect(await told.next()).toEqual([]);
      await told.stream.close();
    } finally {
      await late.stop();
    }
  });

  test('without Redis each node knows what it was told itself; when it is back all is as it should be', async () => {
    const id = await create(alex);
    await redis.cut();
    expect(await say(alex, id, 'VIEWING')).toEqual(['Alex Agent: VIEWING']);
    expect(await say(sam, id, 'TYPING')).toEqual(['Sam Second: TYPING']);
    const told = await watch(sam, id);
    expect(told.first).toEqual(['Sam Second: TYPING']);
    await redis.mend();
    await until(async () => {
      await say(alex, id, 'VIEWING');
      return (await there(sam, id)).includes('Alex Agent: VIEWING');
    }, 'the nodes to find Redis again');
    await told.stream.takeUntil(({ ticketPresence }) => ticketPresence.present.length === 2);
    await say(sam, id, 'AWAY');
    await everywhere(id, ['Alex Agent: VIEWING']);
    await told.stream.close();
  });
});
