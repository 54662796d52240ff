import { describe, expect, it } from '@jest/globals';
import type {
  ApproverRule,
  Assignment,
  Comparison,
  FieldDefinition,
  ProcessDefinition,
  Quorum,
  StepDefinition,
} from '../../../src/modules/process/process.definition.js';
import { faultsOf } from '../../../src/modules/process/process.rules.js';
import { shippedProcesses } from '../../../src/processes/processes.js';
import { approval, processOf, task } from '../run/definitions.js';
import { around, field, options, paths } from './faulty.js';

describe('the shipped processes', () => {
  it.each(shippedProcesses.map((definition) => [definition.key, definition] as const))(
    '%s has no faults',
    (_key, definition) => {
      expect(faultsOf(definition)).toEqual([]);
    },
  );

  it('have keys of their own', () => {
    const keys = shippedProcesses.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('keys and order', () => {
  it.each<[string, ProcessDefinition, string[]]>([
    ['nothing wrong', around(task('middle', { after: ['early'] })), []],
    ['no steps', processOf(), ['steps']],
    ['a key that is not kebab-case', { ...around(), key: 'Made_Up' }, ['key']],
    ['a malformed step key', around(task('__proto__')), ['steps.2.key']],
    ['a repeated step key', around(task('early')), ['steps.2.key']],
    ['after what is not there', around(task('middle', { after: ['early', 'nowhere'] })), ['steps.2.after.1']],
    ['after what comes later', around(task('middle', { after: ['late'] })), ['steps.2.after.0']],
    ['after itself', around(task('middle', { after: ['middle'] })), ['steps.2.after.0']],
    ['after the same twice', around(task('middle', { after: ['early', 'early'] })), ['steps.2.after.1']],
  ])('%s', (_name, definition, faults) => {
    expect(paths(definition)).toEqual(faults);
  });
});

describe('fields', () => {
  it.each<[string, FieldDefinition[], string[]]>([
    ['nothing wrong', [field('A', 'DROPDOWN', { options }), field('B', 'RATING', { max: 3 })], []],
    ['a key repeated in its step', [field('A', 'DATE'), field('A', 'DATE')], ['1.key']],
    ['a key of another step', [field('Early', 'DATE')], ['0.key']],
    [
      'malformed keys',
      [field('__proto__', 'DATE'), field('a-b', 'DATE'), field('', 'DATE')],
      ['0.key', '1.key', '2.key'],
    ],
    [
      'no options',
      [field('A', 'DROPDOWN'), field('B', 'MULTI_CHOICE', { options: [] })],
      ['0.options', '1.options'],
    ],
    ['an option twice', [field('A', 'DROPDOWN', { options: ['x', 'x'] })], ['0.options']],
    ['a blank option', [field('A', 'DROPDOWN', { options: [' '] })], ['0.options']],
    [
      'impossible limits',
      [field('A', 'NUMBER', { min: 2, max: 1 }), field('B', 'RATING', { min: 6 })],
      ['0.min', '1.min'],
    ],
  ])('%s', (_name, fields, faults) => {
    expect(paths(around(task('middle', { fields })))).toEqual(faults.map((path) => `steps.2.fields.${path}`));
  });
});

describe('conditions', () => {
  it.each<[Comparison, string | null]>([
    [{ form: 'Early', operator: 'CONTAINS', value: 'x' }, null],
    [{ form: 'Early', operator: 'HAS_VALUE' }, null],
    [{ form: 'Early_Level', operator: 'IS', value: 'High' }, null],
    [{ form: 'Early_Level', operator: 'CONTAINS', value: 'Hi' }, null],
    [{ form: 'Early_Number', operator: 'LESS_THAN', value: 3 }, null],
    [{ ticket: 'priority', operator: 'GREATER_THAN', value: 'LOW' }, null],
    [{ ticket: 'team', operator: 'HAS_NO_VALUE' }, null],
    [{ form: 'Nowhere', operator: 'HAS_VALUE' }, '.form'],
    [{ form: 'Late', operator: 'HAS_VALUE' }, '.form'],
    [{ form: 'Own', operator: 'HAS_VALUE' }, '.form'],
    [{ ticket: 'mood' as 'team', operator: 'HAS_VALUE' }, '.ticket'],
    [{ operator: 'HAS_VALUE' }, ''],
    [{ form: 'Early', ticket: 'team', operator: 'HAS_VALUE' }, ''],
    [{ form: 'Early', operator: 'IS' }, '.value'],
    [{ form: 'Early', operator: 'HAS_VALUE', value: 'x' }, '.value'],
    [{ form: 'Early_Level', operator: 'IS_NOT', value: 'high' }, '.value'],
    [{ form: 'Early', operator: 'GREATER_THAN', value: 3 }, '.value'],
    [{ ticket: 'channel', operator: 'LESS_THAN', value: 'x' }, '.value'],
  ])('%j', (comparison, fault) => {
    const own = [field('Own', 'SHORT_TEXT')];
    const found = paths(around(task('middle', { fields: own, when: [[], [comparison]] })));
    expect(found).toEqual(fault === null ? [] : [`steps.2.when.1.0${fault}`]);
  });

  it('that have no alternative can never hold', () => {
    expect(paths(around(task('middle', { when: [] })))).toEqual(['steps.2.when']);
  });
});

describe('assignments', () => {
  it.each<[string, string[]]>([
    ['Early_Members', []],
    ['Early', ['steps.2.assign.1.field']],
    ['Late', ['steps.2.assign.1.field']],
    ['Nowhere', ['steps.2.assign.1.field']],
  ])('to the people of %s', (name, faults) => {
    expect(
      paths(around(task('middle', { assign: [{ to: 'TICKET_ASSIGNEE' }, { to: 'FIELD', field: name }] }))),
    ).toEqual(faults);
  });
});

describe('approvals', () => {
  it.each<[string, StepDefinition, string[]]>([
    ['nothing wrong', approval('ok', ['early']), []],
    ['no subject', approval('ok', []), ['approval.subjects']],
    ['an unknown subject', approval('ok', ['early', 'nowhere']), ['approval.subjects.1']],
    ['a later subject', approval('ok', ['late']), ['approval.subjects.0']],
    ['itself', approval('ok', ['ok']), ['approval.subjects.0']],
    ['another approval', approval('ok', ['early-approval']), ['approval.subjects.0']],
    ['a subject twice', approval('ok', ['early', 'early']), ['approval.subjects.1']],
    ['one that could be skipped', approval('ok', ['early'], { optional: true }), ['optional']],
  ])('%s', (_name, step, faults) => {
    expect(paths(around(step))).toEqual(faults.map((path) => `steps.2.${path}`));
  });
});

it('reports every fault of a definition at once, each with a sentence', () => {
  const faults = faultsOf(
    processOf(
      task('a', {
        fields: [field('X', 'DROPDOWN')],
        when: [[{ form: 'Y', operator: 'HAS_VALUE' }]],
        after: ['b'],
      }),
      approval('a', ['b'], { effects: [{ kind: 'ADD_NOTE', body: '{{form.Z}}' }] }),
    ),
  );
  expect(faults.map(({ path }) => path.join('.'))).toEqual([
    'steps.0.after.0',
    'steps.0.when.0.0.form',
    'steps.0.fields.0.options',
    'steps.1.key',
    'steps.1.approval.subjects.0',
    'steps.1.effects.0.body',
  ]);
  for (const { message } of faults) expect(message).toMatch(/^[A-Z].+\.$/);
});

describe('who does a step, and who decides', () => {
  it.each<[Assignment, string[]]>([
    [{ to: 'TEAM', team: 'Billing' }, []],
    [{ to: 'TEAM', team: ' ' }, ['steps.2.assign.0.team']],
    [{ to: 'AGENT', email: 'a@b.example' }, []],
    [{ to: 'AGENT', email: 'somebody' }, ['steps.2.assign.0.email']],
    [{ to: 'COMPLETER', step: 'early' }, []],
    [{ to: 'COMPLETER', step: 'late' }, ['steps.2.assign.0.step']],
    [{ to: 'TEAM_FIELD', field: 'Early_Members' }, ['steps.2.assign.0.field']],
    [{ to: 'TEAM_FIELD', field: 'Nowhere' }, ['steps.2.assign.0.field']],
  ])('%j', (rule, expected) => {
    expect(paths(around(task('middle', { assign: [rule] })))).toEqual(expected);
  });

  it.each<[ApproverRule | ApproverRule[], Quorum | undefined, string[]]>([
    [{ agents: ['a@b.example'] }, 'ALL', []],
    [[{ role: 'MANAGER' }, { team: 'Billing' }, { field: 'Early_Members' }], { count: 2 }, []],
    [{ agents: [] }, undefined, ['approvers.agents']],
    [{ agents: ['a@b.example', 'b'] }, undefined, ['approvers.agents.1']],
    [[{ role: 'MANAGER' }, { team: '' }], undefined, ['approvers.1.team']],
    [{ field: 'Early' }, undefined, ['approvers.field']],
    [{ field: 'Late' }, undefined, ['approvers.field']],
    [[], undefined, ['approvers']],
    [{ role: 'MANAGER' }, { count: 0 }, ['quorum']],
    [{ role: 'MANAGER' }, { count: 1.5 }, ['quorum']],
    [{ role: 'MANAGER' }, { percent: 0 }, ['quorum']],
    [{ role: 'MANAGER' }, { percent: 101 }, ['quorum']],
    [{ role: 'MANAGER' }, { percent: 66 }, []],
  ])('%j with the quorum %j', (approvers, quorum, expected) => {
    const step = approval('middle', ['early'], { quorum });
    const definition = around({ ...step, approval: { ...step.approval, approvers } });
    expect(paths(definition)).toEqual(expected.map((path) => `steps.2.approval.${path}`));
  });
});
