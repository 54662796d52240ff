import { describe, expect, it } from '@jest/globals';
import type {
  Comparison,
  FieldDefinition,
  ProcessDefinition,
} from '../../../src/modules/process/process.definition.js';
import { faultsOf } from '../../../src/modules/process/process.rules.js';
import { roleRemarks } from '../../../src/modules/process/staffing.rules.js';
import { isPattern, matchesWhole } from '../../../src/platform/pattern.js';
import { approval, processOf, task } from '../run/definitions.js';
import { field } from './faulty.js';

const PATTERNS = { isPattern, matches: matchesWhole };
const paths = (definition: ProcessDefinition) =>
  faultsOf(definition, PATTERNS).map(({ path }) => path.join('.'));
const options = ['x', 'y', 'z'];

describe('what a field demands', () => {
  it.each<[FieldDefinition, string[]]>([
    [field('A', 'SHORT_TEXT', { pattern: '[a-z]+', default: 'abc', min: 2, max: 5 }), []],
    [field('A', 'SHORT_TEXT', { pattern: '[a-z]+', default: 'ABC' }), ['default']],
    [field('A', 'SHORT_TEXT', { pattern: '(' }), ['pattern']],
    [field('A', 'SHORT_TEXT', { pattern: '(?=a)b' }), ['pattern']],
    [field('A', 'LONG_TEXT', { pattern: '(a)\\1' }), ['pattern']],
    [field('A', 'NUMBER', { pattern: '1' }), ['pattern']],
    [field('A', 'NUMBER', { default: 3, min: 1, max: 5 }), []],
    [field('A', 'NUMBER', { default: 9, max: 5 }), ['default']],
    [field('A', 'NUMBER', { default: '3' }), ['default']],
    [field('A', 'DATE', { default: '2026-02-30' }), ['default']],
    [field('A', 'DATE', { min: 1, max: 2 }), ['min', 'max']],
    [field('A', 'CHECKBOX', { default: true }), []],
    [field('A', 'CHECKBOX', { options }), ['options']],
    [field('A', 'DROPDOWN', { options, default: 'y' }), []],
    [field('A', 'DROPDOWN', { options, default: 'q' }), ['default']],
    [field('A', 'MULTI_CHOICE', { options, min: 1, max: 2, default: ['x', 'y'] }), []],
    [field('A', 'MULTI_CHOICE', { options, max: 1, default: ['x', 'y'] }), ['default']],
    [field('A', 'MULTI_CHOICE', { options, min: 4 }), ['min']],
    [field('A', 'MULTI_CHOICE', { options, min: 0.5, max: -1 }), ['min', 'max', 'min']],
    [field('A', 'MEMBERS', { multiple: false }), []],
    [field('A', 'MEMBERS', { multiple: false, min: 2 }), ['min']],
    [field('A', 'MEMBERS', { default: ['agent_1'] }), ['default']],
    [field('A', 'TEAM', { multiple: true, default: 'team_1' }), ['multiple']],
    [field('A', 'FILE', { maxSize: 10, types: ['image/*', 'application/pdf'], max: 3 }), []],
    [field('A', 'FILE', { types: ['image', 'text/plain', '*/*'] }), ['types.0', 'types.2']],
    [field('A', 'EMAIL', { maxSize: 10, types: [] }), ['maxSize', 'types']],
  ])('%j', (asked, faults) => {
    expect(paths(processOf(task('a', { fields: [asked] })))).toEqual(
      faults.map((path) => `steps.0.fields.0.${path}`),
    );
  });
});

describe('patterns', () => {
  it('match the whole text, in a time that grows with the text alone', () => {
    expect(matchesWhole('[0-9]+', '123')).toBe(true);
    expect(matchesWhole('[0-9]+', '123a')).toBe(false);
    expect(matchesWhole('(a+)+b', 'a'.repeat(20_000))).toBe(false);
    expect(isPattern('((a{900}){900}){900}')).toBe(false);
  });
});

describe('templates', () => {
  it.each<[string, number]>([
    ['Dear {{customer.name}}, {{ ticket.number | upcase }} {{form.A}}', 0],
    ['{{ form.A | default: "none.such" }}', 0],
    ['{{ticket.mood}}', 1],
    ['{{customer.name}} {{boss.name}} {{x}}', 2],
    ['{{ }}', 1],
    ['{{form.A}', 1],
    ['{{form.B}}', 1],
  ])('%s', (body, faults) => {
    const step = task('a', { fields: [field('A', 'SHORT_TEXT')], effects: [{ kind: 'ADD_NOTE', body }] });
    expect(paths(processOf(step))).toEqual(Array(faults).fill('steps.0.effects.0.body'));
  });
});

describe('order and people', () => {
  it('names a circle for what it is', () => {
    const circle = processOf(
      task('a', { after: ['c'] }),
      task('b', { after: ['a'] }),
      task('c', { after: ['b'] }),
    );
    const faults = faultsOf(circle);
    expect(faults.map(({ path }) => path.join('.'))).toContain('steps.0.after.0');
    expect(faults[0]?.message).toContain('wait for each other');
    expect(faultsOf(processOf(task('a', { after: ['a'] })))[0]?.message).toContain('waits for itself');
  });

  it('knows no approver of an unknown role', () => {
    const step = approval('ok', ['a']);
    const nobody = { ...step, approval: { ...step.approval, approvers: { role: 'JANITOR' as 'MANAGER' } } };
    expect(paths(processOf(task('a'), nobody))).toEqual(['steps.1.approval.approvers.role']);
  });

  it('remarks on roles that nobody holds', () => {
    const definition = processOf(
      task('a', { assign: [{ to: 'TICKET_ASSIGNEE' }, { to: 'ROLE', role: 'QA_MANAGER' }] }),
      approval('ok', ['a']),
    );
    const remarks = (...held: string[]) =>
      roleRemarks(definition, new Set(held)).map(({ path }) => path.join('.'));
    expect(remarks('QA_MANAGER', 'MANAGER')).toEqual([]);
    expect(remarks('AGENT')).toEqual(['steps.0.assign.1.role', 'steps.1.approval.approvers.role']);
  });
});

describe('a step that can never be reached', () => {
  const FIELDS = [
    field('Level', 'DROPDOWN', { options }),
    field('Count', 'NUMBER'),
    field('Box', 'CHECKBOX'),
    field('Text', 'SHORT_TEXT'),
  ];
  const is = (form: string, value: string | number | boolean): Comparison => ({
    form,
    operator: 'IS',
    value,
  });
  const not = (form: string, value: string): Comparison => ({ form, operator: 'IS_NOT', value });
  const than = (operator: 'GREATER_THAN' | 'LESS_THAN', value: number): Comparison => ({
    form: 'Count',
    operator,
    value,
  });
  const first = task('first', { fields: FIELDS });

  it.each<[string, Comparison[], boolean]>([
    ['two options at once', [is('Level', 'x'), is('Level', 'y')], false],
    ['an option and not that option', [is('Level', 'x'), not('Level', 'x')], false],
    [
      'none of the options, which an absent answer meets',
      options.map((option) => not('Level', option)),
      true,
    ],
    [
      'a value and none of the options',
      [{ form: 'Level', operator: 'HAS_VALUE' }, ...options.map((one) => not('Level', one))],
      false,
    ],
    [
      'a value and no value',
      [
        { form: 'Text', operator: 'HAS_VALUE' },
        { form: 'Text', operator: 'HAS_NO_VALUE' },
      ],
      false,
    ],
    ['not this, and no value', [not('Text', 'a'), { form: 'Text', operator: 'HAS_NO_VALUE' }], true],
    ['more than 5 and less than 3', [than('GREATER_THAN', 5), than('LESS_THAN', 3)], false],
    ['more than 3 and less than 5', [than('GREATER_THAN', 3), than('LESS_THAN', 5), is('Count', 4)], true],
    ['a number out of its range', [than('GREATER_THAN', 3), is('Count', 3)], false],
    ['a priority that there is not', [{ ticket: 'priority', operator: 'IS', value: 'URGENT' }], false],
    ['above the highest', [{ ticket: 'priority', operator: 'GREATER_THAN', value: 'CRITICAL' }], false],
    ['two ticks', [is('Box', true), is('Box', false)], false],
    ['different fields', [is('Level', 'x'), is('Text', 'y'), is('Box', true)], true],
  ])('asks for %s', (_what, all, reachable) => {
    const alone = processOf(first, task('second', { when: [all] }));
    expect(paths(alone)).toEqual(reachable ? [] : ['steps.1.when.0', 'steps.1.when']);
    const withAnother = processOf(first, task('second', { when: [all, [is('Text', 'a')]] }));
    expect(paths(withAnother)).toEqual(reachable ? [] : ['steps.1.when.0']);
  });

  it('reads what is only answered when it is hidden itself', () => {
    const inner = task('inner', { when: [[is('Level', 'x')]], fields: [field('Inner', 'SHORT_TEXT')] });
    const wants = (level: string) => task('outer', { when: [[is('Level', level), is('Inner', 'a')]] });
    expect(paths(processOf(first, inner, wants('x')))).toEqual([]);
    expect(paths(processOf(first, inner, wants('y')))).toEqual(['steps.2.when']);
  });

  it('decides on nothing but what is hidden then', () => {
    const subject = task('subject', { when: [[is('Level', 'x')]] });
    const ok = (level: string) => approval('ok', ['subject'], { when: [[is('Level', level)]] });
    expect(paths(processOf(first, subject, ok('x')))).toEqual([]);
    expect(paths(processOf(first, subject, ok('y')))).toEqual(['steps.2.when']);
  });

  it('is looked for in bounded time, however many ways there are', () => {
    const ways = Array.from({ length: 50 }, (_, index) => [is('Text', `v${index}`), is('Level', 'x')]);
    const steps = Array.from({ length: 150 }, (_, index) =>
      task(`s${index}`, {
        when: ways.map((all) =>
          index > 1 ? [...all, is(`F${index - 1}`, 'a'), is(`F${index - 2}`, 'a')] : all,
        ),
        fields: [field(`F${index}`, 'SHORT_TEXT')],
      }),
    );
    expect(paths(processOf(first, ...steps))).toEqual([]);
  });
});
