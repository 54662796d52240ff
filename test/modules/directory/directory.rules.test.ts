import { describe, expect, test } from '@jest/globals';
import {
  addressOf,
  amend,
  checkVersion,
  nameOf,
  rolesOf,
  skillsOf,
} from '../../../src/modules/directory/directory.rules.js';
import { Role } from '../../../src/platform/auth/viewer.js';
import { DomainError } from '../../../src/platform/errors.js';

/** What it yields, or the code and path of its refusal. */
function outcome(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return [error.code, ...(error.faults[0]?.path ?? [])].join(' ');
  }
}

test.each([
  ['  Ada  ', 'Ada'],
  ['x'.repeat(200), 'x'.repeat(200)],
  ['x'.repeat(201), 'INVALID_INPUT input name'],
  ['Ada\r\nBcc: all@example.com', 'INVALID_INPUT input name'],
  ['Ada\0', 'INVALID_INPUT input name'],
  ['Ada\u2028', 'Ada'],
  ['A\u2028da', 'INVALID_INPUT input name'],
  [' \t ', 'REQUIRED input name'],
])('the name %j: %j', (text, wanted) => {
  expect(outcome(() => nameOf(text))).toEqual(wanted);
});

test('addresses are kept in lower case', () => {
  expect(addressOf('Ada@Example.COM')).toBe('ada@example.com');
  expect(outcome(() => addressOf(`${'a'.repeat(250)}@b.cd`))).toBe('INVALID_INPUT input email');
});

test.each<[Role[], unknown]>([
  [
    [Role.ADMIN, Role.AGENT, Role.ADMIN],
    [Role.AGENT, Role.ADMIN],
  ],
  [[], 'INVALID_INPUT input roles'],
  [[Role.CUSTOMER], 'INVALID_INPUT input roles'],
  [[Role.CUSTOMER, Role.AGENT], 'INVALID_INPUT input roles'],
])('the roles %j: %j', (roles, wanted) => {
  expect(outcome(() => rolesOf(roles))).toEqual(wanted);
});

test.each<[string[], unknown]>([
  [
    [' billing ', 'billing', 'French'],
    ['billing', 'French'],
  ],
  [[''], 'INVALID_INPUT input skills'],
  [['x'.repeat(101)], 'INVALID_INPUT input skills'],
  [Array.from({ length: 51 }, (_, index) => `s${index}`), 'INVALID_INPUT input skills'],
])('the skills %j', (skills, wanted) => {
  expect(outcome(() => skillsOf(skills))).toEqual(wanted);
});

test.each([
  [undefined, undefined],
  [null, undefined],
  [3, undefined],
  [2, 'STALE input expectedVersion'],
  [4, 'STALE input expectedVersion'],
])('at version 3, %j expected: %j', (expected, wanted) => {
  expect(outcome(() => checkVersion('thing', { version: 3 }, expected))).toBe(wanted);
});

describe('amending', () => {
  const thing = () => ({ version: 1, name: 'a', lead: null as string | null, skills: ['x'] });

  test('sets what is given and differs, and tells it', () => {
    const amended = thing();
    expect(amend(amended, { name: 'b', lead: 'l', skills: ['x'] })).toEqual({
      name: { from: 'a', to: 'b' },
      lead: { from: null, to: 'l' },
    });
    expect(amended).toEqual({ version: 2, name: 'b', lead: 'l', skills: ['x'] });
  });

  test('null is a value; what is not given stays; without a change the version stays', () => {
    const amended = { ...thing(), lead: 'l' as string | null };
    expect(amend(amended, { name: undefined, lead: 'l' })).toEqual({});
    expect(amended.version).toBe(1);
    amend(amended, { lead: null });
    expect(amended).toMatchObject({ lead: null, name: 'a', version: 2 });
  });
});
