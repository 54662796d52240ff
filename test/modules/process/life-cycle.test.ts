import { describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { Role } from '../../../src/platform/auth/viewer.js';
import {
  CreateProcessDocument,
  DiffProcessVersionsDocument,
  ProcessDocument,
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
    const db = desk.app.desk.database.sql;
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
    const db = desk.app.desk.database.sql;
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
