import { beforeAll, describe, expect, test } from '@jest/globals';
import { Role } from '../../../src/platform/auth/viewer.js';
import {
  CompleteStepDocument,
  DecideApprovalDocument,
  EventCursorDocument,
  PeopleDocument,
  ReplyToTicketDocument,
  SaveStepDraftDocument,
  StartRunDocument,
  StepDraftsDocument,
  TicketEventsDocument,
} from '../../generated/graphql.js';
import { useDesk } from '../../support/desk.js';
import { Editor, refusals } from '../process/editor.js';
import { field } from '../process/faulty.js';
import { newTicket } from '../process/tickets.js';
import { approval, task } from './definitions.js';

const desk = useDesk();
const FIELDS = [
  field('Serial', 'SHORT_TEXT', {
    required: true,
    pattern: '[A-Z]{2}[0-9]{4}',
    help: 'Two letters, four digits.',
  }),
  field('Parts', 'MULTI_CHOICE', { options: ['Belt', 'Drum', 'Fan'], min: 2, max: 2 }),
  field('Minutes', 'NUMBER', { min: 5, default: 30 }),
  field('Photo', 'FILE', { maxSize: 1_000, types: ['image/*'] }),
  field('Owner', 'MEMBERS', { multiple: false }),
];

beforeAll(async () => {
  const editor = new Editor(await desk.as(Role.ADMIN), 'mending');
  await editor.create(task('mend', { fields: FIELDS }), approval('ok', ['mend']));
  expect((await editor.publish()).userErrors).toEqual([]);
});

async function aRun() {
  const agent = await desk.as(Role.AGENT);
  const ticketId = await newTicket(desk);
  const { startRun } = await agent.ask(StartRunDocument, { input: { ticketId, process: 'mending' } });
  const run = startRun.run as NonNullable<typeof startRun.run>;
  const [mend, ok] = run.steps.map(({ id }) => id) as [string, string];
  const given = (answers: object) => Object.entries(answers).map(([name, value]) => ({ field: name, value }));
  return {
    agent,
    ticketId,
    runId: run.id,
    mend,
    ok,
    save: async (answers: object, stepId = mend) =>
      (await agent.ask(SaveStepDraftDocument, { input: { stepId, answers: given(answers) } })).saveStepDraft,
    complete: async (answers: object) =>
      (await agent.ask(CompleteStepDocument, { input: { stepId: mend, answers: given(answers) } }))
        .completeStep,
    steps: async () => {
      const { node } = await agent.ask(StepDraftsDocument, { run: run.id });
      if (!node || !('steps' in node)) throw new Error('The run is gone');
      return node.steps;
    },
  };
}

describe('a draft of a step', () => {
  test('is saved unfinished, shown, replaced by the next and by the completion, and starts the next attempt', async () => {
    const run = await aRun();
    const manager = await desk.as(Role.MANAGER);
    expect((await run.steps())[0]?.draft).toBeNull();
    const first = await run.save({ Serial: 'AB', Parts: ['Belt'], Minutes: 7 });
    expect(first.userErrors).toEqual([]);
    expect(first.step).toMatchObject({
      phase: 'READY',
      answers: {},
      draft: { answers: { Serial: 'AB', Parts: ['Belt'], Minutes: 7 }, savedBy: { name: 'Alex Agent' } },
    });
    await run.save({ Serial: 'AB12' });
    expect((await run.steps())[0]?.draft?.answers).toEqual({ Serial: 'AB12' });

    expect((await run.complete({ Serial: 'AB1234' })).userErrors).toEqual([]);
    expect((await run.steps())[0]).toMatchObject({ draft: null, answers: { Serial: 'AB1234' } });
    await manager.ask(DecideApprovalDocument, {
      input: { stepId: run.ok, verdict: 'REJECTED', comment: 'Look again.' },
    });
    expect((await run.steps())[0]).toMatchObject({
      phase: 'READY',
      attempt: 2,
      draft: { answers: { Serial: 'AB1234' }, savedAt: null, savedBy: null },
    });
    await run.save({ Serial: 'CD' });
    expect((await run.steps())[0]?.draft?.answers).toEqual({ Serial: 'CD' });
  });

  test('is told to staff without the answers, and not to the customer', async () => {
    const run = await aRun();
    const [manager, customer] = [await desk.as(Role.MANAGER), await desk.as(Role.CUSTOMER)];
    await desk.caughtUp();
    const { eventCursor: after } = await manager.ask(EventCursorDocument);
    const streams = await Promise.all(
      [manager, customer].map((client) =>
        client.subscribe(TicketEventsDocument, { ticket: run.ticketId, after }),
      ),
    );
    await run.save({ Minutes: 9 });
    await run.complete({ Serial: 'AB1234' });
    await run.agent.ask(ReplyToTicketDocument, {
      input: { ticketId: run.ticketId, body: 'It is being mended.' },
    });
    const [staff, theirs] = await Promise.all(
      streams.map((stream) =>
        stream.takeUntil(({ ticketEvents: { detail } }) => detail.__typename === 'MessageAdded'),
      ),
    );
    const activity = staff
      ?.map(({ ticketEvents: { detail } }) => detail)
      .filter((each) => each.__typename === 'DeskActivity');
    expect(activity).toEqual([expect.objectContaining({ what: 'STEP_DRAFT_SAVED' })]);
    expect(theirs?.map(({ ticketEvents: { detail } }) => detail.__typename)).toEqual(['MessageAdded']);
  });

  test.each<[object, string[]]>([
    [{ Nope: 1 }, ['INVALID_INPUT input.answers.0.field']],
    [{ Minutes: 'many' }, ['INVALID_INPUT input.answers.0.value']],
    [
      { Minutes: 4, Parts: ['Belt', 'Hose'] },
      ['INVALID_INPUT input.answers.0.value', 'INVALID_INPUT input.answers.1.value'],
    ],
    [{ Serial: 'not yet', Parts: [] }, []],
  ])('%j is held against the types alone', async (answers, expected) => {
    const run = await aRun();
    expect(refusals(await run.save(answers))).toEqual(expected);
  });

  test('is for tasks that are READY', async () => {
    const run = await aRun();
    expect(refusals(await run.save({}, run.ok))).toEqual(['STEP_NOT_READY input.stepId']);
    await run.complete({ Serial: 'AB1234' });
    expect(refusals(await run.save({}))).toEqual(['STEP_NOT_READY input.stepId']);
  });
});

describe('the fields of a step', () => {
  test('show what they demand, and a default that is never answered by itself', async () => {
    const run = await aRun();
    const [mend] = await run.steps();
    expect(mend?.fields).toMatchObject([
      { key: 'Serial', pattern: '[A-Z]{2}[0-9]{4}', default: null },
      { key: 'Parts' },
      { key: 'Minutes', default: 30 },
      { key: 'Photo', maxSize: 1_000, types: ['image/*'] },
      { key: 'Owner', multiple: false },
    ]);
    await run.complete({ Serial: 'AB1234' });
    expect((await run.steps())[0]?.answers).toEqual({ Serial: 'AB1234' });
  });

  test.each<[object, string[]]>([
    [{ Serial: 'XAB1234' }, ['0']],
    [{ Serial: 'AB1234', Parts: ['Belt'] }, ['1']],
    [{ Serial: 'AB1234', Photo: [{ name: 'a.png', size: 900, type: 'image/png' }] }, ['1']],
    [{ Serial: 'AB1234', Parts: ['Fan', 'Belt'], Minutes: 5 }, []],
  ])('hold %j against all of it', async (answers, faults) => {
    const run = await aRun();
    expect(refusals(await run.complete(answers))).toEqual(
      faults.map((index) => `INVALID_INPUT input.answers.${index}.value`),
    );
  });

  test('take one agent where several are not allowed', async () => {
    const run = await aRun();
    const { agents } = await run.agent.ask(PeopleDocument);
    const ids = agents.nodes.map(({ id }) => id);
    expect(refusals(await run.complete({ Serial: 'AB1234', Owner: ids.slice(0, 2) }))).toHaveLength(1);
    expect(refusals(await run.complete({ Serial: 'AB1234', Owner: ids.slice(0, 1) }))).toEqual([]);
  });
});
