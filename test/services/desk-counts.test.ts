import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { sql } from 'kysely';
import type { App } from '../../src/app.js';
import { systemContext } from '../../src/modules/directory/identity.service.js';
import { changeTicket } from '../../src/modules/ticket/ticket.service.js';
import { Priority } from '../../src/modules/ticket/ticket.vocabulary.js';
import { Role } from '../../src/platform/auth/viewer.js';
import { sqlOf } from '../../src/platform/database/database.js';
import { SetTicketStatusDocument } from '../generated/graphql.js';
import { Dashboard } from '../modules/live/dashboard.js';
import { assign, create, directory } from '../modules/ticket/play.js';
import { Client } from '../support/client.js';
import { until, useDesk } from '../support/desk.js';

/** What takes several connections at once: counters that begin while others write. */
const desk = useDesk();
jest.setTimeout(120_000);
/** Raises a ticket in a transaction that has its id at once, and is committed when `commit` is called. */
async function openTransaction(ticketId: string) {
  let [begun, goOn] = [() => {}, () => {}];
  const started = new Promise<void>((resolve) => (begun = resolve));
  const gate = new Promise<void>((resolve) => (goOn = resolve));
  const done = changeTicket(systemContext(desk.app.desk), ticketId, async (tx, ticket) => {
    await sql`select pg_current_xact_id()`.execute(sqlOf(tx.em));
    begun();
    await gate;
    ticket.priority = Priority.CRITICAL;
  });
  await started;
  return async () => {
    goOn();
    await done;
  };
}

const sorted = (by: Dashboard['by']) =>
  Object.values(by).map((counts) => Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));

describe('on two nodes', () => {
  let other: App;
  let here: Client;
  let there: Client;

  beforeAll(async () => {
    other = await desk.anotherNode();
    here = await desk.as(Role.MANAGER);
    there = new Client(() => other.url, here.token);
  });
  afterAll(async () => {
    await there.close();
    await other.stop();
  });

  test('counters that begin on two nodes while both write and one commits late end as SQL counts', async () => {
    const { teams } = await directory(here);
    const places = Object.values(teams);
    const ids = await Promise.all(Array.from({ length: 6 }, () => create(here)));
    let writing = true;
    let written = 0;
    const write = async (client: Client, own: string[]) => {
      for (let n = 0; writing; n += 1) {
        const id = own[n % own.length] as string;
        const status = n % 2 ? 'PENDING' : 'OPEN';
        if (n % 3 === 0) await assign(client, id, { teamId: places[n % places.length] as string });
        else await client.ask(SetTicketStatusDocument, { input: { ticketId: id, status } });
        if (n % 5 === 0) own.push(await create(client));
        written += 1;
      }
    };
    const writers = [
      write(here, ids.slice(0, 2)),
      write(there, ids.slice(2, 4)),
      write(there, ids.slice(4, 5)),
    ];
    const open: Dashboard[] = [];
    // Each begins at another moment, some while a transaction is open whose id is lower than what they have seen.
    for (let round = 0; round < 4; round += 1) {
      const commit = await openTransaction(ids[5] as string);
      const before = written;
      await until(() => written >= before + 4, 'others to write meanwhile');
      open.push(await Dashboard.open(round % 2 ? here : there, 250));
      await commit();
      await changeTicket(systemContext(other.desk), ids[5] as string, async (_tx, ticket) => {
        ticket.priority = Priority.LOW;
      });
      if (round === 1) {
        // A counter that stops and begins anew on the way.
        for (const dashboard of open.splice(0)) await dashboard.close();
        await until(() => desk.app.desk.hub.size === 0 && other.desk.hub.size === 0, 'the counters to stop');
      }
    }
    writing = false;
    await Promise.all(writers);
    expect(written).toBeGreaterThan(20);
    for (const dashboard of open) {
      const asked = await dashboard.asked();
      const shown = () => JSON.stringify(sorted(dashboard.by)) === JSON.stringify(sorted(asked));
      await dashboard.until(shown);
      await dashboard.close();
    }
  });
});
