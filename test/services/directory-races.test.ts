import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { App } from '../../src/app.js';
import {
  deactivateAgent,
  reactivateAgent,
  updateAgent,
} from '../../src/modules/directory/agent-admin.service.js';
import { findViewer } from '../../src/modules/directory/identity.service.js';
import { assignTicket } from '../../src/modules/routing/assignment.service.js';
import { createTicket } from '../../src/modules/ticket/ticket.service.js';
import { Channel } from '../../src/modules/ticket/ticket.vocabulary.js';
import { Role, type Viewer } from '../../src/platform/auth/viewer.js';
import { Context } from '../../src/platform/context.js';
import { DomainError } from '../../src/platform/errors.js';
import { useDesk } from '../support/desk.js';
import { at, hire } from '../support/office.js';

/** Rights that change at the same moment on two nodes, over and over. */
const ROUNDS = 60;

let nodes: App[];
afterAll(() => nodes[1]?.stop());
const desk = useDesk({ DATABASE_POOL: '20' });
beforeAll(async () => {
  nodes = [desk.app, await desk.anotherNode()];
}, 60_000);

const viewer = async (name: string) => (await findViewer(desk.app.desk.database, at(name))) as Viewer;
const on = (node: number, who: Viewer) => new Context((nodes[node] as App).desk, who);
const db = () => desk.app.desk.database.sql;

/** How each of several that are started at once ended. */
async function race(acts: (() => Promise<unknown>)[]): Promise<string[]> {
  const ends = await Promise.allSettled(acts.map((act) => act()));
  return ends.map((end) => {
    if (end.status === 'fulfilled') return 'DONE';
    return end.reason instanceof DomainError ? end.reason.code : String(end.reason);
  });
}

test('of two administrators who demote each other at once one remains, also where there is a third', async () => {
  await sql`update agent set roles = '{AGENT}' where 'ADMIN' = any(roles)`.execute(db());
  const [one, two, third] = (await hire(desk, ['one', 'two', 'third'], [Role.ADMIN])) as [
    string,
    string,
    string,
  ];
  for (let round = 0; round < ROUNDS; round++) {
    await sql`update agent set roles = '{ADMIN}', active = true where id in (${one}, ${two})`.execute(db());
    const three = round % 4 < 2;
    await sql`update agent set active = ${three} where id = ${third}`.execute(db());
    const [first, second] = [await viewer('one'), await viewer('two')];
    const ends = await race([
      () => updateAgent(on(0, first), { agentId: two, roles: [Role.AGENT] }),
      () =>
        round % 2 === 0
          ? updateAgent(on(1, second), { agentId: one, roles: [Role.AGENT] })
          : deactivateAgent(on(1, second), { agentId: one }),
    ]);
    expect(ends.sort()).toEqual(['DONE', 'FORBIDDEN']);
    const { rows } = await sql`select 1 from agent where active and 'ADMIN' = any(roles)`.execute(db());
    expect(rows).toHaveLength(three ? 2 : 1);
  }
}, 120_000);

test('whoever leaves while tickets are being given to them is left with none', async () => {
  const [leaving] = (await hire(desk, ['leaving'], [Role.AGENT])) as [string];
  await hire(desk, ['chief'], [Role.ADMIN]);
  const [chief, agent] = [await viewer('chief'), await viewer('agent')];
  const ids: string[] = [];
  for (let index = 0; index < 4; index++) {
    const { id } = await createTicket(on(0, agent), {
      subject: `Ticket ${index}`,
      description: 'It hums.',
      channel: Channel.PHONE,
      customer: { email: at('customer') },
    });
    ids.push(id);
  }
  const seen = new Set<string>();
  for (let round = 0; round < ROUNDS; round++) {
    const [end, ...given] = await race([
      () => deactivateAgent(on(1, chief), { agentId: leaving }),
      ...ids.map((ticketId) => () => assignTicket(on(0, agent), { ticketId, agentId: leaving })),
    ]);
    expect(end).toBe('DONE');
    for (const each of given) {
      expect(['DONE', 'NOT_FOUND']).toContain(each);
      seen.add(each);
    }
    const { rows } = await sql`select id from ticket where assignee_id = ${leaving}`.execute(db());
    expect(rows).toEqual([]);
    await reactivateAgent(on(0, chief), { agentId: leaving });
  }
  // Both orders were played.
  expect([...seen].sort()).toEqual(['DONE', 'NOT_FOUND']);
}, 120_000);
