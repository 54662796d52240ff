import { describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { systemContext } from '../../../src/modules/directory/identity.service.js';
import { publishProcesses } from '../../../src/modules/process/process.service.js';
import { Role } from '../../../src/platform/auth/viewer.js';
import { sqlOf } from '../../../src/platform/database/database.js';
import { shippedProcesses } from '../../../src/processes/processes.js';
import {
  CompleteStepDocument,
  CreateProcessDocument,
  DiffProcessVersionsDocument,
  ProcessDocument,
  ProcessKeysDocument,
  ReinstateProcessDocument,
  RetireProcessDocument,
  StartRunDocument,
} from '../../generated/graphql.js';
import { useDesk } from '../../support/desk.js';
import { approval, task } from '../run/definitions.js';
import { Editor, refusals } from './editor.js';
import { field } from './faulty.js';
import { newTicket } from './tickets.js';

const desk = useDesk();
const admin = () => desk.as(Role.ADMIN);
const editor = async (key: string) => new Editor(await admin(), key);

async function startRun(key: string) {
  const agent = await desk.as(Role.AGENT);
  const input = { ticketId: await newTicket(desk), process: key };
  return (await agent.ask(StartRunDocument, { input })).startRun;
}

describe('a draft', () => {
  test('is made, takes faults, shows them, and is published once they are gone', async () => {
    const process = await editor('repair');
    await process.create(task('look'));
    expect(await process.load()).toMatchObject({
      state: 'DRAFT',
      version: null,
      draft: { version: 1, faults: [] },
    });
    expect(refusals(await startRun('repair'))).toEqual(['INVALID_TRANSITION input.process']);

    const faulty = process.definition(
      task('look'),
      approval('ok', ['nowhere']),
      task('mend', { after: ['gone'] }),
    );
    const saved = await process.save(faulty);
    expect(saved.process?.draft).toMatchObject({ version: 2, updatedBy: { name: 'Ash Admin' } });
    expect(saved.process?.draft?.faults.map(({ path }) => path.join('.'))).toEqual([
      'steps.1.approval.subjects.0',
      'steps.2.after.0',
    ]);
    const refused = await process.publish();
    expect(refusals(refused)).toEqual([
      'INVALID_INPUT input.definition.steps.1.approval.subjects.0',
      'INVALID_INPUT input.definition.steps.2.after.0',
    ]);
    expect((await process.load()).versions.totalCount).toBe(0);

    await process.save(process.definition(task('look'), approval('ok', ['look'])));
    const published = await process.publish();
    expect(published).toMatchObject({
      userErrors: [],
      warnings: [],
      version: { number: 1, publishedBy: { name: 'Ash Admin' } },
      process: { state: 'PUBLISHED', version: { number: 1 } },
    });
    expect((await startRun('repair')).run?.phase).toBe('ACTIVE');
  });

  test('that was changed meanwhile is STALE, for saving and for publishing', async () => {
    const process = await editor('stale');
    await process.create(task('a'));
    await process.save(process.definition(task('b')));
    expect(refusals(await process.save(process.definition(task('c')), 1))).toEqual([
      'STALE input.expectedVersion',
    ]);
    expect(refusals(await process.publish(1))).toEqual(['STALE input.expectedVersion']);
    expect((await process.load()).draft?.definition).toMatchObject({ steps: [{ key: 'b' }] });
  });

  test('that says what the newest version says has nothing to publish', async () => {
    const process = await editor('same');
    await process.create(task('a'));
    await process.publish();
    const again = await process.publish();
    expect(refusals(again)).toEqual(['ALREADY_EXISTS input.processId']);
    expect(again.userErrors[0]?.message).toContain('version 1');
    expect((await process.load()).versions.totalCount).toBe(1);
  });

  test('is published once by two administrators at once', async () => {
    const process = await editor('race');
    await process.create(task('a'));
    const both = await Promise.all([process.publish(), process.publish()]);
    expect(both.flatMap(refusals)).toEqual(['ALREADY_EXISTS input.processId']);
    expect((await process.load()).versions.totalCount).toBe(1);
  });

  test('keeps the key of its process', async () => {
    const process = await editor('keyed');
    await process.create(task('a'));
    const renamed = await process.save({ ...process.definition(task('a')), key: 'other' });
    expect(refusals(renamed)).toEqual(['INVALID_INPUT input.definition.key']);
  });

  test('warns of a role that nobody holds, when it is published', async () => {
    const process = await editor('lonely');
    await process.create(task('a'), approval('ok', ['a']));
    const db = sqlOf(desk.app.desk.database.fork());
    await db.updateTable('agent').set({ active: false }).where('email', 'like', 'manager@%').execute();
    const { warnings, version } = await process.publish();
    await db.updateTable('agent').set({ active: true }).where('email', 'like', 'manager@%').execute();
    expect(version?.number).toBe(1);
    expect(warnings?.map(({ path }) => path.join('.'))).toEqual(['steps.1.approval.approvers.role']);
  });
});

describe('making a process', () => {
  test('is refused with every fault of its names, and for a key that is taken', async () => {
    const client = await admin();
    const make = async (input: { key: string; name: string; description: string }) =>
      refusals((await client.ask(CreateProcessDocument, { input })).createProcess);
    expect(await make({ key: 'Not Kebab', name: ' ', description: 'x'.repeat(5_001) })).toEqual([
      'INVALID_INPUT input.key',
      'INVALID_INPUT input.name',
      'INVALID_INPUT input.description',
    ]);
    expect(await make({ key: 'six-stage', name: 'Mine', description: '' })).toEqual([
      'ALREADY_EXISTS input.key',
    ]);
  });

  test('with an idempotency key happens once', async () => {
    const client = await admin();
    const input = { key: 'once', name: 'Once', description: '', idempotencyKey: 'k1' };
    const first = await client.ask(CreateProcessDocument, { input });
    const second = await client.ask(CreateProcessDocument, { input });
    expect(second.createProcess.process?.id).toBe(first.createProcess.process?.id);
    const other = await client.ask(CreateProcessDocument, { input: { ...input, name: 'Twice' } });
    expect(refusals(other.createProcess)).toEqual(['IDEMPOTENCY_KEY_REUSED input.idempotencyKey']);
  });

  test('copies another one under names of its own', async () => {
    const client = await admin();
    const { process } = await client.ask(ProcessDocument, { key: 'ticket-flow' });
    const definition = process?.versions.nodes[0]?.definition;
    const input = { key: 'my-flow', name: 'My flow', description: 'A copy.', definition };
    const { createProcess } = await client.ask(CreateProcessDocument, { input });
    expect(createProcess.process?.draft).toMatchObject({
      faults: [],
      definition: { key: 'my-flow', name: 'My flow' },
    });
  });

  test.each([Role.AGENT, Role.MANAGER, Role.TEAM_LEAD])('is not for the role %s', async (role) => {
    const input = { key: 'nope', name: 'No', description: '' };
    const { errors } = await (await desk.as(role)).send(CreateProcessDocument, { input });
    expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  });

  test('drafts are for managers and administrators, versions for all staff', async () => {
    const agent = await (await desk.as(Role.AGENT)).send(ProcessDocument, { key: 'six-stage' });
    expect(agent.errors?.map(({ path }) => path?.join('.'))).toEqual(['process.draft']);
    expect(agent.data?.process?.versions.nodes).toHaveLength(1);
    const customer = await (await desk.as(Role.CUSTOMER)).send(ProcessDocument, { key: 'six-stage' });
    expect(customer.data?.process).toBeNull();
  });
});

describe('a published version', () => {
  test.each([
    'update process_version set number = 9',
    "update process_version set definition = '{}'",
    'delete from process_version',
  ])('is not changed by %s', async (statement) => {
    const db = sqlOf(desk.app.desk.database.fork());
    await expect(sql.raw(statement).execute(db)).rejects.toThrow(/never changes/);
  });

  test('is exported and imported again with the same hash', async () => {
    const process = await editor('round-trip');
    await process.create(task('a', { fields: [field('A', 'NUMBER', { min: 0, default: 3 })] }));
    await process.publish();
    const { versions } = await process.load();
    const { definition, hash } = versions.nodes[0] as (typeof versions.nodes)[number];
    await process.save(process.definition(task('b')));
    const back = await process.save(JSON.parse(JSON.stringify(definition)));
    expect(back.process?.draft?.hash).toBe(hash);
    expect(refusals(await process.publish())).toEqual(['ALREADY_EXISTS input.processId']);
  });

  test('is compared with another, change by change', async () => {
    const process = await editor('compared');
    await process.create();
    const label = (text: string) => [field('A', 'NUMBER', { label: text })];
    const from = await process.release(
      task('one', { fields: label('Old') }),
      task('two'),
      task('three'),
      task('gone'),
    );
    const to = await process.release(
      task('three'),
      task('one', { fields: label('New') }),
      task('two'),
      task('four'),
    );
    const { diffProcessVersions } = await (await admin()).ask(DiffProcessVersionsDocument, { from, to });
    expect(diffProcessVersions).toEqual([
      { kind: 'MOVED', step: 'three', title: 'three', from: 3, to: 1, properties: [] },
      {
        kind: 'CHANGED',
        step: 'one',
        title: 'one',
        from: 1,
        to: 2,
        properties: [{ path: ['fields', 'A', 'label'], before: 'Old', after: 'New' }],
      },
      { kind: 'ADDED', step: 'four', title: 'four', from: null, to: 4, properties: [] },
      { kind: 'REMOVED', step: 'gone', title: 'gone', from: 4, to: null, properties: [] },
    ]);
    const unknown = await (await admin()).send(DiffProcessVersionsDocument, { from, to: 'procver_none' });
    expect(unknown.errors?.[0]?.extensions?.code).toBe('NOT_FOUND');
  });
});

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
