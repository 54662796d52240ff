import { expect, test } from '@jest/globals';
import type { DueDefinition, TimeoutDefinition } from '../../../src/modules/process/process.definition.js';
import { faultsOf } from '../../../src/modules/process/process.rules.js';
import { approval, processOf, task } from '../run/definitions.js';
import { field } from './faulty.js';

/** What is wrong with the third of four steps, as paths within it. */
function faulty(due?: DueDefinition, timeout?: TimeoutDefinition): string[] {
  const definition = processOf(
    task('first', { fields: [field('Day', 'DATE'), field('Text', 'SHORT_TEXT')] }),
    task('second'),
    task('third', { due, fields: [field('Own_Day', 'DATE')] }),
    task('fourth', { fields: [field('Late_Day', 'DATE')] }),
    approval('ok', ['first']),
  );
  const last = definition.steps.at(-1);
  if (last?.kind === 'APPROVAL' && timeout) last.approval.timeout = timeout;
  return faultsOf(definition).map(({ path }) => path.slice(2).join('.'));
}

const RUN = { from: 'RUN_START' } as const;
const day = (key: string) => ({ from: 'DATE_FIELD', field: key }) as const;
const step = (key: string) => ({ from: 'STEP_COMPLETED', step: key }) as const;

test.each<[string, DueDefinition, string[]]>([
  ['days', { after: RUN, days: 2, counting: 'ALL_DAYS', remindBefore: [24, 1] }, []],
  ['the day of a date', { after: day('Day'), counting: 'BUSINESS_DAYS' }, []],
  ['after a step', { after: step('second'), hours: 4, counting: 'BUSINESS_DAYS' }, []],
  ['at once', { after: RUN, counting: 'ALL_DAYS' }, ['due']],
  ['half a day', { after: RUN, days: 0.5, counting: 'ALL_DAYS' }, ['due.days']],
  ['back in time', { after: day('Day'), hours: -1, counting: 'ALL_DAYS' }, ['due.hours']],
  ['in a hundred years', { after: RUN, days: 36_500, counting: 'ALL_DAYS' }, ['due.days']],
  ['after itself', { after: step('third'), days: 1, counting: 'ALL_DAYS' }, ['due.after.step']],
  ['after a later step', { after: step('fourth'), days: 1, counting: 'ALL_DAYS' }, ['due.after.step']],
  ['after no step', { after: step('none'), days: 1, counting: 'ALL_DAYS' }, ['due.after.step']],
  ['on what is no date', { after: day('Text'), counting: 'ALL_DAYS' }, ['due.after.field']],
  ['on its own date', { after: day('Own_Day'), counting: 'ALL_DAYS' }, ['due.after.field']],
  ['on a later date', { after: day('Late_Day'), counting: 'ALL_DAYS' }, ['due.after.field']],
  [
    'reminded twice at once, and never',
    { after: RUN, days: 1, counting: 'ALL_DAYS', remindBefore: [2, 2, 0] },
    ['due.remindBefore.1', 'due.remindBefore.2'],
  ],
])('due %s', (_, due, paths) => {
  expect(faulty(due)).toEqual(paths);
});

test.each<[TimeoutDefinition, string[]]>([
  [{ afterHours: 8, counting: 'BUSINESS_DAYS', action: 'REMIND' }, []],
  [{ afterHours: 8, counting: 'BUSINESS_DAYS', action: 'ESCALATE', to: 'QA_MANAGER' }, []],
  [{ afterHours: 0, counting: 'ALL_DAYS', action: 'APPROVE' }, ['approval.timeout.afterHours']],
  [{ afterHours: 1, counting: 'ALL_DAYS', action: 'ESCALATE' }, ['approval.timeout.to']],
  [{ afterHours: 1, counting: 'ALL_DAYS', action: 'ESCALATE', to: 'MANAGER' }, ['approval.timeout.to']],
  [{ afterHours: 1, counting: 'ALL_DAYS', action: 'REJECT', to: 'MANAGER' }, ['approval.timeout.to']],
])('a time-out of %j', (timeout, paths) => {
  expect(faulty(undefined, timeout)).toEqual(paths);
});
