import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { App } from '../../src/app.js';
import { findViewer } from '../../src/modules/directory/identity.service.js';
import { claimTicket } from '../../src/modules/routing/assignment.service.js';
import { decideApproval } from '../../src/modules/run/approval.service.js';
import { completeStep, startRun } from '../../src/modules/run/run.service.js';
import { Verdict } from '../../src/modules/run/run.state.js';
import { createTicket } from '../../src/modules/ticket/ticket.service.js';
import { Channel } from '../../src/modules/ticket/ticket.vocabulary.js';
import { Role, type Viewer } from '../../src/platform/auth/viewer.js';
import { Context } from '../../src/platform/context.js';
import { DomainError } from '../../src/platform/errors.js';
import { approval, processOf, task } from '../modules/run/definitions.js';
import { useDesk } from '../support/desk.js';
import { at, hire, publish } from '../support/office.js';

/**
 * Whoever comes second: on two nodes at once, over and over. Each round is a ticket and a run of its own; without
 * the lock nearly every round goes wrong. RACE_ROUNDS plays more of them.
 */
const ROUNDS = Number(process.env.RACE_ROUNDS ?? 100);
/** Rounds that are played side by side, so that the time goes into racing and not into waiting. */
const SIDE_BY_SIDE = 8;
const DECIDERS = ['d1', 'd2', 'd3', 'd4', 'd5', 'd6', 'd7', 'd8'];

let nodes: App[];
// Before the desk's own, which drops the database.
afterAll(() => nodes[1]?.stop());
const desk = useDesk({ DATABASE_POOL: '20' });
const viewers = new Map<string, Viewer>();

beforeAll(async () => {
  await publish(desk, { ...processOf(task('a'), approval('ok', ['a']), task('end')), key: 'race' });
  await hire(desk, DECIDERS, [Role.MANAGER]);
  nodes = [desk.app, await desk.anotherNode()];
  for (const name of ['agent', 'second', 'lead', ...DECIDERS])
    viewers.set(name, (await findViewer(desk.app.desk.database, at(name))) as Viewer);
}, 60_000);

/** A context of somebody on one of the nodes. */
function on(node: number, name: string): Context {
  return new Context((nodes[node % nodes.length] as App).desk, viewers.get(name) as Viewer);
}

/** How each of several that are started at once ended: DONE, or the code of the refusal. */
async function race(acts: (() => Promise<unknown>)[]): Promise<string[]> {
  const ends = await Promise.allSettled(acts.map((act) => act()));
  return ends
    .map((end) => {
      if (end.status === 'fulfilled') return 'DONE';
      return end.reason instanceof DomainError ? end.reason.code : String(end.reason);
    })
    .sort();
}

async function round(number: number): Promise<Record<string, string[]>> {
  const ticket = await createTicket(on(number, 'agent'), {
    subject: `Round ${number}`,
    description: 'It hums.',
    channel: Channel.PHONE,
    customer: { email: at('customer') },
  });
  const { runId } = await startRun(on(number, 'agent'), { ticketId: ticket.id, process: 'race' });
  const steps = await desk.app.desk.database.sql
    .selectFrom('step')
    .select(['id', 'key'])
    .where('run_id', '=', runId)
    .execute();
  const stepId = (key: string) => steps.find((step) => step.key === key)?.id as string;
  const workers = ['second', 'lead'];
  const claimed = await race(
    workers.map((name, index) => () => claimTicket(on(index, name), { ticketId: ticket.id })),
  );
  const completed = await race(
    workers.map((name, index) => () => completeStep(on(index, name), { stepId: stepId('a'), answers: [] })),
  );
  const decided = await race(
    DECIDERS.map((name, index) => () => {
      // In every fifth round they don't even agree.
      const verdict = number % 5 === 0 && index % 2 === 0 ? Verdict.REJECTED : Verdict.APPROVED;
      return decideApproval(on(index, name), { stepId: stepId('ok'), verdict, comment: 'So be it.' });
    }),
  );
  return { claimed, completed, decided };
}

test(`of those who decide, complete or claim at once, one does; ${ROUNDS} rounds on two nodes`, async () => {
  const odd: unknown[] = [];
  const expected = {
    claimed: ['ALREADY_CLAIMED', 'DONE'],
    completed: ['DONE', 'STEP_NOT_READY'],
    decided: [...Array(DECIDERS.length - 1).fill('ALREADY_DECIDED'), 'DONE'],
  };
  let next = 0;
  const play = async () => {
    for (let number = next++; number < ROUNDS; number = next++) {
      const ends = await round(number);
      if (JSON.stringify(ends) !== JSON.stringify(expected)) odd.push({ number, ...ends });
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, play));
  expect(odd).toEqual([]);

  const db = desk.app.desk.database.sql;
  const count = async (table: string, column = 'id', value?: string) => {
    const query = db.selectFrom(table).select((eb) => eb.fn.countAll().as('n'));
    const row = await (value === undefined
      ? query
      : query.where(column, '=', value)
    ).executeTakeFirstOrThrow();
    return Number(row.n);
  };
  expect(await count('approval_decision')).toBe(ROUNDS);
  expect(await count('event', 'type', 'APPROVAL_DECIDED')).toBe(ROUNDS);
  expect(await count('step_attempt')).toBe(ROUNDS);
  expect(await count('assignment', 'kind', 'CLAIMED')).toBe(ROUNDS);
}, 600_000);
