import type { StepDefinition } from '../../../src/modules/process/process.definition.js';
import { answersToTell } from '../../../src/modules/report/report-answers.rules.js';

const instructions = { purpose: '', desiredResult: '', howTo: [], pitfalls: [], resources: [] };

const step: StepDefinition = {
  kind: 'TASK',
  key: 'step',
  title: 'Step',
  instructions,
  fields: [
    { key: 'First', label: 'The first', type: 'SHORT_TEXT' },
    { key: 'Second', label: 'The second', type: 'NUMBER' },
    { key: 'Word', label: 'A word in private', type: 'LONG_TEXT' },
  ],
  effects: [{ kind: 'GIVE_FEEDBACK', field: 'Word' }],
};

describe('the answers that a report tells', () => {
  test('come under their labels, in the order of the form', () => {
    expect(answersToTell(step, { Second: 0, First: 'a' })).toEqual([
      { label: 'The first', value: 'a' },
      { label: 'The second', value: 0 },
    ]);
  });

  test('leave out feedback to the assignee', () => {
    expect(answersToTell(step, { Word: 'between us' })).toEqual([]);
  });

  test('are none for an approval and for a step that the definition lacks', () => {
    const approval: StepDefinition = {
      kind: 'APPROVAL',
      key: 'approval',
      title: 'Approval',
      instructions,
      approval: { subjects: ['step'], approvers: { role: 'MANAGER' }, onReject: 'KEEP' },
      effects: [],
    };
    expect(answersToTell(approval, { First: 'a' })).toEqual([]);
    expect(answersToTell(undefined, { First: 'a' })).toEqual([]);
  });
});
