import { describe, expect, test } from '@jest/globals';
import type { StepDefinition } from '../../../src/modules/process/process.definition.js';
import { Role } from '../../../src/platform/auth/viewer.js';
import {
  EventCursorDocument,
  MigrateRunDocument,
  PlanRunMigrationDocument,
  RunChangesDocument,
} from '../../generated/graphql.js';
import { useDesk } from '../../support/desk.js';
import { refusals } from '../process/editor.js';
import { field } from '../process/faulty.js';
import { approval, task } from './definitions.js';
import { following as follow } from './following.js';

const desk = useDesk();
const text = (key: string) => field(key, 'SHORT_TEXT');
const following = (...steps: StepDefinition[]) => follow(desk, ...steps);

describe('a run', () => {
  test('keeps its version while others are published, and is taken over by the plan that was shown, to its end', async () => {
    const at = await following(
      task('look', { fields: [text('Seen'), text('Weather')] }),
      approval('ok', ['look']),
      task('mend', { fields: [text('Mended')] }),
      task('clean'),
    );
    await at.complete('look', { Seen: 'A crack', Weather: 'Rain' });
    await at.approve('ok');
    const second = await at.editor.release(
      task('look', { title: 'Look closely', fields: [text('Seen')] }),
      task('order', { fields: [text('Order')] }),
      approval('ok', ['look']),
      task('mend', { fields: [text('Mended')] }),
      approval('done', ['mend']),
    );
    expect(at.phases()).toBe('look:COMPLETED ok:COMPLETED mend:READY clean:WAITING');

    const plan = await at.plan(second);
    expect(plan).toMatchObject({
      possible: true,
      obstacle: null,
      completes: false,
      from: { number: 1 },
      to: { number: 2 },
      lost: [{ step: 'look', field: 'Weather', value: 'Rain', reason: 'FIELD_REMOVED' }],
    });
    expect(
      plan.steps.map(({ key, fate, phaseBefore, phaseAfter }) =>
        [key, fate, phaseBefore, phaseAfter].join(' '),
      ),
    ).toEqual([
      'look KEPT COMPLETED COMPLETED',
      'order ADDED  READY',
      'ok KEPT COMPLETED COMPLETED',
      'mend KEPT READY READY',
      'done ADDED  WAITING',
      'clean REMOVED WAITING ',
    ]);
    expect(plan.steps[0]?.answers).toEqual({ Seen: 'A crack' });
    expect(plan.steps[2]?.decided).toEqual(['look']);

    const hash = plan.planHash as string;
    const refused = await at.migrate(second, hash);
    expect(refusals(refused)).toEqual(['ANSWERS_WOULD_BE_LOST input.acceptLoss']);
    expect(refused.userErrors[0]?.message).toContain('Weather');
    expect(refusals(await at.migrate(second, hash, ['Weather', 'Seen']))).toEqual([
      'INVALID_INPUT input.acceptLoss.1',
    ]);

    const manager = await desk.as(Role.MANAGER);
    await desk.caughtUp();
    const { eventCursor: after } = await manager.ask(EventCursorDocument);
    const watcher = await manager.subscribe(RunChangesDocument, { ticket: at.ticketId, after });
    const moved = await at.migrate(second, hash, ['Weather']);
    expect(moved).toMatchObject({ userErrors: [], run: { version: { id: second, number: 2 } } });
    expect(at.phases()).toBe('look:COMPLETED order:READY ok:COMPLETED mend:READY done:WAITING');
    expect(at.step('look')).toMatchObject({
      title: 'Look closely',
      answers: { Seen: 'A crack' },
      attempts: [{ attempt: 1, answers: { Seen: 'A crack', Weather: 'Rain' } }],
    });
    expect(at.step('ok')?.decisions).toMatchObject([{ subjectKey: 'look', verdict: 'APPROVED' }]);
    const [told] = await watcher.takeUntil(
      ({ ticketEvents: { detail } }) => detail.__typename === 'RunChanged',
    );
    expect(told?.ticketEvents.detail).toEqual({
      __typename: 'RunChanged',
      what: 'RUN_MIGRATED',
      process: at.editor.key,
      fromVersion: 1,
      toVersion: 2,
      lost: ['Weather'],
    });

    await at.complete('order', { Order: 'Glue' });
    await at.complete('mend', { Mended: 'Yes' });
    await at.approve('done');
    expect(at.phase()).toBe('COMPLETED');
    expect((await at.plan(at.first)).obstacle).toContain('completed');
    expect(refusals(await at.migrate(at.first, hash))).toEqual(['INVALID_TRANSITION input.runId']);
  });

  test('goes back to an older version too, and a removed step comes back as a new one', async () => {
    const at = await following(task('a', { fields: [text('A')] }), task('b'));
    const second = await at.editor.release(task('b'), task('c'));
    const away = await at.plan(second);
    expect((await at.migrate(second, away.planHash as string)).userErrors).toEqual([]);
    expect(at.phases()).toBe('b:READY c:WAITING');
    const back = await at.plan(at.first);
    expect((await at.migrate(at.first, back.planHash as string)).userErrors).toEqual([]);
    expect(at.phases()).toBe('a:READY b:WAITING');
    const rows = await desk.app.desk.database.sql
      .selectFrom('step')
      .select(['key', 'removed_at'])
      .where('run_id', '=', at.runId)
      .execute();
    expect(
      rows
        .filter(({ removed_at }) => removed_at !== null)
        .map(({ key }) => key)
        .sort(),
    ).toEqual(['a', 'c']);
  });

  test('is completed where the new version leaves nothing to do', async () => {
    const at = await following(task('a'), task('b'));
    await at.complete('a');
    const second = await at.editor.release(task('a'));
    const plan = await at.plan(second);
    expect(plan.completes).toBe(true);
    await at.migrate(second, plan.planHash as string);
    expect(at.phase()).toBe('COMPLETED');
  });

  test('has a step of another kind under the same key as another step', async () => {
    const at = await following(task('a'), task('turn', { fields: [text('T')] }));
    await at.complete('a');
    const second = await at.editor.release(task('a'), approval('turn', ['a']));
    const plan = await at.plan(second);
    expect(plan.steps.map(({ key, fate }) => `${key} ${fate}`)).toEqual([
      'a KEPT',
      'turn ADDED',
      'turn REMOVED',
    ]);
    await at.migrate(second, plan.planHash as string);
    expect(at.phases()).toBe('a:COMPLETED turn:READY');
    await at.approve('turn');
    expect(at.phase()).toBe('COMPLETED');
  });

  test('has an approval decided again that is asked to decide on more', async () => {
    const at = await following(task('a'), approval('ok', ['a']), task('z'));
    await at.complete('a');
    await at.approve('ok');
    const second = await at.editor.release(task('a'), task('b'), approval('ok', ['a', 'b']), task('z'));
    const plan = await at.plan(second);
    expect(plan.steps[2]).toMatchObject({
      fate: 'REOPENED',
      attempt: 2,
      decided: ['a'],
      phaseAfter: 'WAITING',
    });
    await at.migrate(second, plan.planHash as string);
    expect(at.phases()).toBe('a:COMPLETED b:READY ok:WAITING#2 z:WAITING');
    await at.complete('b');
    await at.approve('ok');
    expect(at.step('ok')?.decisions?.map(({ subjectKey }) => subjectKey)).toEqual(['a', 'b']);
  });

  test('has a step done again whose new answer a letter can’t do without', async () => {
    const letter = { kind: 'ADD_NOTE', body: 'It is {{form.Colour}}.' } as const;
    const at = await following(task('a', { fields: [text('A')] }), task('z'));
    await at.complete('a', { A: 'x' });
    const fields = [text('A'), field('Colour', 'SHORT_TEXT', { required: true })];
    const second = await at.editor.release(task('a', { fields }), task('z', { effects: [letter] }));
    const plan = await at.plan(second);
    expect(plan.steps[0]).toMatchObject({ fate: 'REOPENED', answers: { A: 'x' } });
    await at.migrate(second, plan.planHash as string);
    await at.complete('a', { A: 'x', Colour: 'red' });
    await at.complete('z');
    expect(at.phase()).toBe('COMPLETED');
  });
});

describe('a plan', () => {
  test('that is no longer the one that was shown is STALE', async () => {
    const at = await following(task('a', { fields: [text('A')] }), task('b'));
    const second = await at.editor.release(task('a', { fields: [text('A')] }), task('b'), task('c'));
    const shown = (await at.plan(second)).planHash as string;
    await at.complete('a', { A: 'meanwhile' });
    expect(refusals(await at.migrate(second, shown))).toEqual(['STALE input.planHash']);
    const anew = (await at.plan(second)).planHash as string;
    expect((await at.migrate(second, anew)).userErrors).toEqual([]);
  });

  test('counts what was only saved so far, and what no longer fits', async () => {
    const options = ['Red', 'Blue'];
    const at = await following(
      task('a', { fields: [field('Colour', 'DROPDOWN', { options }), text('Size')] }),
      task('b', { fields: [text('Note')], after: [] }),
    );
    await at.save('b', { Note: 'Half a word' });
    await at.complete('a', { Colour: 'Red', Size: 'large' });
    const second = await at.editor.release(
      task('a', { fields: [field('Colour', 'DROPDOWN', { options: ['Blue'] }), field('Size', 'NUMBER')] }),
      task('b'),
    );
    expect((await at.plan(second)).lost).toEqual([
      { step: 'a', field: 'Colour', value: 'Red', reason: 'NO_LONGER_FITS' },
      { step: 'a', field: 'Size', value: 'large', reason: 'NO_LONGER_FITS' },
      { step: 'b', field: 'Note', value: 'Half a word', reason: 'FIELD_REMOVED' },
    ]);
  });

  test('is none for the same version, for another process, and for nothing', async () => {
    const at = await following(task('a'));
    const other = await following(task('a'));
    expect(await at.plan(at.first)).toMatchObject({ possible: false, planHash: null, steps: [] });
    expect((await at.plan(other.first)).obstacle).toContain('another process');
    expect(refusals(await at.migrate(other.first, 'x'))).toEqual(['INVALID_TRANSITION input.runId']);
    expect(refusals(await at.migrate('procver_none', 'x'))).toEqual(['NOT_FOUND input.toVersionId']);
  });

  test.each([Role.AGENT, Role.TEAM_LEAD, Role.CUSTOMER])('is not for the role %s', async (role) => {
    const at = await following(task('a'));
    const client = await desk.as(role);
    const plan = await client.send(PlanRunMigrationDocument, { run: at.runId, to: at.first });
    expect(plan.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    const input = { runId: at.runId, toVersionId: at.first, planHash: 'x', acceptLoss: [] };
    const moved = await client.send(MigrateRunDocument, { input });
    expect(moved.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  });
});
