import { describe, expect, test } from '@jest/globals';
import {
  changedNothing,
  detailsOf,
  isRecorded,
  isRefusal,
  NOT_RECORDED,
  PRIVILEGED,
  type Privilege,
} from '../../../src/modules/audit/audit.policy.js';
import { ErrorCode } from '../../../src/platform/errors.js';
import { makeSchema } from '../../../src/schema.js';

test.each<[string, Partial<Privilege>, object, boolean]>([
  ['always', {}, {}, true],
  ['to another', { ofOthers: 'agentId' }, { agentId: 'b' }, true],
  ['to oneself', { ofOthers: 'agentId' }, { agentId: 'a' }, false],
  ['to nobody named', { ofOthers: 'agentId' }, {}, true],
  ['by hand', { onlyWith: ['agentId', 'teamId'] }, { teamId: 't' }, true],
  ['by routing', { onlyWith: ['agentId', 'teamId'] }, { agentId: null }, false],
])('what is done %s: recorded %#', (_, rest, input, wanted) => {
  expect(isRecorded({ subject: 'id', ...rest }, { ...input }, 'a')).toBe(wanted);
});

test('refusals for want of right are recorded; mistakes are not', () => {
  expect(Object.values(ErrorCode).filter(isRefusal)).toEqual(['FORBIDDEN', 'SELF_APPROVAL']);
});

describe('details', () => {
  const privilege: Privilege = { subject: 'agentId', keeps: ['roles', 'secret'] };
  test('are what the table keeps of the input, and what the service noted', () => {
    const input = { agentId: 'a', roles: ['ADMIN'], secret: null, name: 'Ada', email: 'ada@example.com' };
    expect(detailsOf(privilege, input, { ledTeamIds: ['t'] })).toEqual({
      subjectId: 'a',
      details: { roles: ['ADMIN'], ledTeamIds: ['t'] },
    });
  });
  test('what was made is the subject', () => {
    expect(detailsOf(privilege, { roles: [] }, { agentId: 'new' })).toEqual({
      subjectId: 'new',
      details: { roles: [] },
    });
    expect(detailsOf(privilege, {}, {})).toEqual({ subjectId: null, details: {} });
  });
});

test.each([
  [{ changes: {} }, true],
  [{ changes: { name: true } }, false],
  [{}, false],
])('%j changed nothing: %s', (notes, wanted) => {
  expect(changedNothing(notes)).toBe(wanted);
});

test('every mutation that is open to certain roles only is in the table, or left out for a reason', async () => {
  const mutations = Object.values((await makeSchema()).getMutationType()?.getFields() ?? {});
  const names = mutations.map(({ name }) => name);
  const forRoles = mutations
    .filter(({ extensions }) => Array.isArray(extensions.access))
    .map(({ name }) => name);
  expect(forRoles.filter((name) => !(name in PRIVILEGED) && !(name in NOT_RECORDED))).toEqual([]);
  expect(
    [...Object.keys(PRIVILEGED), ...Object.keys(NOT_RECORDED)].filter((name) => !names.includes(name)),
  ).toEqual([]);
  // What names the subject and what is kept are fields of the input, or of what is made: no slip of the pen.
  for (const [name, { keeps = [], ofOthers, onlyWith = [] }] of Object.entries(PRIVILEGED)) {
    const input = mutations.find((each) => each.name === name)?.args[0]?.type;
    const type = (await makeSchema()).getType(String(input).replace('!', ''));
    const fields = Object.keys((type as unknown as { getFields(): object }).getFields());
    expect(
      [...keeps, ...onlyWith, ...(ofOthers ? [ofOthers] : [])].filter((field) => !fields.includes(field)),
    ).toEqual([]);
  }
});
