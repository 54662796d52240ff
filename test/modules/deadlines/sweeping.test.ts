import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { FROM_BEFORE } from '../../../src/migrations/0005-deadlines.js';
import { systemContext } from '../../../src/modules/directory/identity.service.js';
import { Role } from '../../../src/platform/auth/viewer.js';
import { inTransaction } from '../../../src/platform/database/transaction.js';
import { type DeadlineHandlers, planDeadlines } from '../../../src/platform/deadlines/deadline.js';
import { Sweeper } from '../../../src/platform/deadlines/sweeper.js';
import { ClaimTicketDocument, ResolveTicketDocument } from '../../generated/graphql.js';
import { until, useDesk } from '../../support/desk.js';
import { hours, Timed } from './timed.js';

// What fails is in the log, and meant to be.
const desk = useDesk({ LOG_LEVEL: 'silent' });

async function row(key: string) {
  return desk.app.desk.database.sql
    .selectFrom('deadline')
    .select(['failures', 'fired_at', 'fire_at'])
    .where('key', '=', key)
    .executeTakeFirst();
}

test('what fails leaves nothing behind, holds up nothing, and is tried again until it works', async () => {
  const timed = await Timed.start(desk);
  const of = { subjectId: timed.ticketId, streamId: timed.ticketId };
  const plan = (key: string, kind: string) =>
    inTransaction(systemContext(desk.app.desk), [timed.ticketId], (tx) =>
      planDeadlines(tx, [{ ...of, key, kind, at: tx.now }]),
    );
  // The node has no handler of this kind, so it fails there.
  await plan('probe', 'PROBE');
  await plan('close', 'TICKET_AUTO_CLOSE');
  await until(async () => Boolean((await row('close'))?.fired_at), 'the one after it to fire');
  expect(Number((await row('probe'))?.failures)).toBeGreaterThan(0);
  expect((await row('probe'))?.fired_at).toBeNull();

  let tries = 0;
  const handlers: DeadlineHandlers = {
    PROBE: async (tx, { streamId }) => {
      tx.append(streamId, { type: 'PROBED', visibility: 'INTERNAL', data: {} });
      tries += 1;
      if (tries === 1) throw new Error('Not yet');
    },
  };
  const sweeper = new Sweeper(desk.app.desk, handlers);
  sweeper.start();
  await until(async () => {
    desk.clock.letDaysPass(hours(1));
    return Boolean((await row('probe'))?.fired_at);
  }, 'it to work');
  await sweeper.stop();
  expect(tries).toBe(2);
  expect(await timed.told('PROBED')).toBe(1);
});

test('what was resolved before there were deadlines closes when it would have closed anyway', async () => {
  const timed = await Timed.start(desk);
  const agent = await desk.as(Role.AGENT);
  await agent.ask(ClaimTicketDocument, { input: { ticketId: timed.ticketId } });
  await agent.ask(ResolveTicketDocument, { input: { ticketId: timed.ticketId, resolution: 'Done.' } });
  const db = desk.app.desk.database.sql;
  const key = `auto-close:${timed.ticketId}`;
  const planned = new Date((await row(key))?.fire_at).getTime();
  await db.deleteFrom('deadline').execute();
  for (const statement of FROM_BEFORE) await sql.raw(statement).execute(db);
  await until(async () => new Date((await row(key))?.fire_at).getTime() === planned, 'it to be planned');
  expect((await row(key))?.fired_at).toBeNull();
  desk.clock.letDaysPass(7.1);
  await timed.watcher.takeUntil(({ ticketEvents: { ticket } }) => ticket?.status === 'CLOSED');
});
