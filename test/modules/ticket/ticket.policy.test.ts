import { describe, expect, test } from '@jest/globals';
import { inScope, mayWork, scopeOf, type TicketScope } from '../../../src/modules/ticket/ticket.policy.js';
import { anonymous, Role, type StaffViewer, system, type Viewer } from '../../../src/platform/auth/viewer.js';

const staff = (roles: Role[], barredTeamIds: string[] = []): StaffViewer => ({
  kind: 'STAFF',
  id: 'agent_1',
  name: 'Ada',
  roles,
  teamIds: [],
  ledTeamIds: [],
  barredTeamIds,
});
const customer = (sharedOrganizationId: string | null): Viewer => ({
  kind: 'CUSTOMER',
  id: 'customer_1',
  name: 'Cy',
  sharedOrganizationId,
});

describe('which tickets a viewer may see', () => {
  const barred = { kind: 'ALL_BUT', teamIds: ['team_secret'] };
  test.each<[string, Viewer, object]>([
    ['the desk itself: all', system, { kind: 'ALL' }],
    ['nobody signed in: none', anonymous, { kind: 'NONE' }],
    ['an agent where no team is restricted: all', staff([Role.AGENT]), { kind: 'ALL' }],
    ['an agent: all but those of teams closed to it', staff([Role.AGENT], ['team_secret']), barred],
    ['a lead too', staff([Role.TEAM_LEAD], ['team_secret']), barred],
    ['an administrator too: the role is no key to tickets', staff([Role.ADMIN], ['team_secret']), barred],
    ['a manager: all', staff([Role.AGENT, Role.MANAGER], ['team_secret']), { kind: 'ALL' }],
    ['a quality manager: all', staff([Role.QA_MANAGER], ['team_secret']), { kind: 'ALL' }],
    [
      'a customer: its own',
      customer(null),
      { kind: 'CUSTOMER', customerId: 'customer_1', organizationId: null },
    ],
    [
      "a customer whose organization shares: the organization's",
      customer('org_1'),
      { kind: 'CUSTOMER', customerId: 'customer_1', organizationId: 'org_1' },
    ],
  ])('%s', (_, viewer, scope) => {
    expect(scopeOf(viewer)).toEqual(scope);
  });
});

describe('whether a ticket is in scope', () => {
  const ticket = { customerId: 'customer_1', organizationId: 'org_1', teamId: 'team_1' };
  const own = (organizationId: string | null): TicketScope => ({
    kind: 'CUSTOMER',
    customerId: 'customer_1',
    organizationId,
  });
  test.each<[string, TicketScope, Partial<Record<keyof typeof ticket, string | null>>, boolean]>([
    ['none', { kind: 'NONE' }, {}, false],
    ['all', { kind: 'ALL' }, {}, true],
    ['a team that is closed to the viewer', { kind: 'ALL_BUT', teamIds: ['team_0', 'team_1'] }, {}, false],
    ['another team', { kind: 'ALL_BUT', teamIds: ['team_0'] }, {}, true],
    ['no team', { kind: 'ALL_BUT', teamIds: ['team_1'] }, { teamId: null }, true],
    ['its own', own(null), {}, true],
    ['its own, of no organization', own('org_1'), { organizationId: null }, true],
    ["another's", own(null), { customerId: 'customer_2' }, false],
    ["a colleague's, shared", own('org_1'), { customerId: 'customer_2' }, true],
    ["a stranger's", own('org_1'), { customerId: 'customer_2', organizationId: 'org_2' }, false],
    [
      "another's, both without an organization",
      own(null),
      { customerId: 'customer_2', organizationId: null },
      false,
    ],
  ])('%s', (_, scope, what, wanted) => {
    expect(inScope(scope, { ...ticket, ...what } as typeof ticket)).toBe(wanted);
  });
});

test('working on tickets is for agents, leads and managers; others read', () => {
  const workers = Object.values(Role).filter((role) => mayWork(staff([role])));
  expect(workers).toEqual([Role.AGENT, Role.TEAM_LEAD, Role.MANAGER]);
  expect(mayWork(staff([Role.QA_MANAGER, Role.AGENT]))).toBe(true);
  expect([system, customer(null), anonymous].map(mayWork)).toEqual([true, false, false]);
});
