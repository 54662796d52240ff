import { describe, expect, test } from '@jest/globals';
import { systemContext } from '../../../src/modules/directory/identity.service.js';
import { publishProcesses } from '../../../src/modules/process/process.service.js';
import { Role } from '../../../src/platform/auth/viewer.js';
import { shippedProcesses } from '../../../src/processes/processes.js';
import {
  CompleteStepDocument,
  ProcessKeysDocument,
  ReinstateProcessDocument,
  RetireProcessDocument,
  StartRunDocument,
} from '../../generated/graphql.js';
import { useDesk } from '../../support/desk.js';
import { task } from '../run/definitions.js';
import { Editor, refusals } from './editor.js';
import { newTicket } from './tickets.js';

const desk = useDesk();
const admin = () => desk.as(Role.ADMIN);
const editor = async (key: string) => new Editor(await admin(), key);

async function startRun(key: string) {
  const agent = await desk.as(Role.AGENT);
  const input = { ticketId: await newTicket(desk), process: key };
  return (await agent.ask(StartRunDocument, { input })).startRun;
}

describe('a retired process', () => {
  const retire = async (processId: string, reason: string) =>
    (await (await admin()).ask(RetireProcessDocument, { input: { processId, reason } })).retireProcess;
  const reinstate = async (processId: string) =>
    (await (await admin()).ask(ReinstateProcessDocument, { input: { processId } })).reinstateProcess;

  test('starts no run, while the active ones go on, until it is reinstated', async () => {
    const process = await editor('old-way');
    await process.create(task('a'), task('b'));
    expect(refusals(await retire(process.id, 'too early'))).toEqual(['INVALID_TRANSITION input.processId']);
    await process.publish();
    const { run } = await startRun('old-way');
    expect(refusals(await retire(process.id, ' '))).toEqual(['REQUIRED input.reason']);
    expect((await retire(process.id, ' There is a better one. ')).process).toMatchObject({
      state: 'RETIRED',
      retiredReason: 'There is a better one.',
    });
    expect(refusals(await startRun('old-way'))).toEqual(['INVALID_TRANSITION input.process']);
    const agent = await desk.as(Role.AGENT);
    const { completeStep } = await agent.ask(CompleteStepDocument, {
      input: { stepId: run?.steps[0]?.id as string, answers: [] },
    });
    expect(completeStep.run?.steps.map(({ phase }) => phase)).toEqual(['COMPLETED', 'READY']);

    expect((await reinstate(process.id)).process).toMatchObject({ state: 'PUBLISHED', retiredReason: null });
    expect(refusals(await reinstate(process.id))).toEqual(['INVALID_TRANSITION input.processId']);
    expect((await startRun('old-way')).run?.phase).toBe('ACTIVE');
  });

  test('is in use again when it is published again', async () => {
    const process = await editor('come-back');
    await process.create(task('a'));
    await process.publish();
    await retire(process.id, 'To be reworked.');
    const same = await process.publish();
    expect(same.userErrors[0]?.message).toContain('reinstate');
    await process.release(task('a'), task('b'));
    expect(await process.load()).toMatchObject({ state: 'PUBLISHED', version: { number: 2 } });
  });

  test('is found by its state', async () => {
    const process = await editor('hidden-away');
    await process.create(task('a'));
    const keys = async (state: object) =>
      (await (await admin()).ask(ProcessKeysDocument, { where: { state } })).processes.nodes.map(
        ({ key }) => key,
      );
    expect(await keys({ eq: 'DRAFT' })).toContain('hidden-away');
    expect(await keys({ in: ['RETIRED', 'PUBLISHED'] })).not.toContain('hidden-away');
    expect(await keys({ eq: 'PUBLISHED' })).toEqual(
      expect.arrayContaining(shippedProcesses.map(({ key }) => key)),
    );
    await process.publish();
    await retire(process.id, 'Not needed.');
    expect(await keys({ eq: 'RETIRED' })).toContain('hidden-away');
  });
});

describe('what the desk ships', () => {
  const ship = (definition: (typeof shippedProcesses)[number], description: string) =>
    publishProcesses(systemContext(desk.app.desk), [{ ...definition, description }]);
  const shipped = (key: string) =>
    shippedProcesses.find((each) => each.key === key) as (typeof shippedProcesses)[number];

  test('becomes the next version where nobody edited it, and twice the same changes nothing', async () => {
    const process = await editor('six-stage');
    await ship(shipped('six-stage'), 'A new edition.');
    await ship(shipped('six-stage'), 'A new edition.');
    expect(await process.load()).toMatchObject({
      version: { number: 2 },
      versions: { nodes: [{ publishedBy: null }, {}] },
      draft: { version: 2, definition: { description: 'A new edition.' } },
    });
  });

  test('leaves alone what was published, drafted or retired at the desk', async () => {
    for (const [key, how] of [
      ['ticket-flow', 'publish'],
      ['customer-support', 'draft'],
      ['technical-support', 'retire'],
    ] as const) {
      const process = await editor(key);
      const before = await process.load();
      process.id = before.id;
      const mine = { ...shipped(key), description: 'Ours.' };
      if (how !== 'retire') await process.save(mine, before.draft?.version);
      if (how === 'publish') await process.publish();
      if (how === 'retire') await retire(before.id);
      const edited = await process.load();
      await ship(shipped(key), 'A new edition.');
      expect(await process.load()).toEqual(edited);
    }
  });

  const retire = async (processId: string) =>
    (await admin()).ask(RetireProcessDocument, { input: { processId, reason: 'Not ours.' } });
});
