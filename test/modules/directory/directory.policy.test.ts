import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  administers,
  administersAnyTeam,
  type DirectoryAct,
  MAY_ADMINISTER,
  orphansDesk,
} from '../../../src/modules/directory/directory.policy.js';
import { Role } from '../../../src/platform/auth/viewer.js';

const acts = Object.keys(MAY_ADMINISTER) as DirectoryAct[];
const rolesArbitrary = fc.subarray(Object.values(Role).filter((role) => role !== Role.CUSTOMER));
const standing = fc.record({ active: fc.boolean(), roles: rolesArbitrary });

test('administrators do everything; nobody does anything without being named', () => {
  for (const act of acts) expect(MAY_ADMINISTER[act]).toContain(Role.ADMIN);
  const named = (role: Role) => acts.filter((act) => (MAY_ADMINISTER[act] as Role[]).includes(role));
  for (const role of [Role.CUSTOMER, Role.AGENT, Role.QA_MANAGER]) expect(named(role)).toEqual([]);
  expect(named(Role.MANAGER)).toEqual([
    'addTeamMember',
    'removeTeamMember',
    'createOrganization',
    'updateOrganization',
    'createCustomer',
    'updateCustomer',
  ]);
  expect(named(Role.TEAM_LEAD)).toEqual(['updateTeam', 'addTeamMember', 'removeTeamMember']);
});

test.each<[DirectoryAct, Role[], boolean]>([
  ['updateTeam', [Role.TEAM_LEAD], false],
  ['updateTeam', [Role.MANAGER], false],
  ['updateTeam', [Role.TEAM_LEAD, Role.ADMIN], true],
  ['addTeamMember', [Role.TEAM_LEAD], false],
  ['addTeamMember', [Role.MANAGER, Role.TEAM_LEAD], true],
])('%s to any team as %j: %s', (act, roles, wanted) => {
  expect(administersAnyTeam(act, roles)).toBe(wanted);
});

describe('the last administrator', () => {
  const admin = { active: true, roles: [Role.ADMIN] };
  test.each([
    [admin, { active: false, roles: [Role.ADMIN] }, 0, true],
    [admin, { active: true, roles: [Role.AGENT] }, 0, true],
    [admin, { active: true, roles: [Role.ADMIN, Role.AGENT] }, 0, false],
    [admin, { active: false, roles: [Role.ADMIN] }, 1, false],
    [{ active: false, roles: [Role.ADMIN] }, { active: false, roles: [] }, 0, false],
  ])('%j → %j with %i others: %s', (before, after, others, wanted) => {
    expect(orphansDesk(before, after, others)).toBe(wanted);
  });

  test('whatever changes go through, a desk that has one keeps one', () => {
    fc.assert(
      fc.property(
        fc.array(standing, { minLength: 1, maxLength: 5 }),
        fc.array(fc.tuple(fc.nat(4), standing), { maxLength: 30 }),
        (people, changes) => {
          fc.pre(people.some(administers));
          for (const [at, after] of changes) {
            const before = people[at];
            if (!before) continue;
            const others = people.filter((each, index) => index !== at && administers(each)).length;
            if (!orphansDesk(before, after, others)) people[at] = after;
            expect(people.some(administers)).toBe(true);
          }
        },
      ),
    );
  });
});
