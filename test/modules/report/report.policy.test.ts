import { checkApprover } from '../../../src/modules/report/report.policy.js';
import { anonymous, Role, type StaffViewer, system } from '../../../src/platform/auth/viewer.js';
import type { DomainError } from '../../../src/platform/errors.js';

const staff = (...roles: Role[]): StaffViewer => ({
  kind: 'STAFF',
  id: 'agent_1',
  name: 'Ada',
  roles,
  teamIds: [],
  ledTeamIds: [],
  barredTeamIds: [],
});

function refusal(
  viewer: Parameters<typeof checkApprover>[0],
  draftedById: string,
  editedByIds: string[] = [],
): string | null {
  try {
    checkApprover(viewer, { draftedById, editedByIds });
    return null;
  } catch (error) {
    return (error as DomainError).code;
  }
}

describe('approving a report by hand', () => {
  test('is for leads and managers', () => {
    expect(refusal(staff(Role.TEAM_LEAD), 'agent_2')).toBeNull();
    expect(refusal(staff(Role.AGENT, Role.MANAGER), 'agent_2')).toBeNull();
    for (const role of [Role.AGENT, Role.QA_MANAGER, Role.ADMIN])
      expect(refusal(staff(role), 'agent_2')).toBe('FORBIDDEN');
    expect(refusal(system, 'agent_2')).toBe('FORBIDDEN');
    expect(refusal(anonymous, 'agent_2')).toBe('FORBIDDEN');
  });

  test('is never for who drafted it', () => {
    expect(refusal(staff(Role.MANAGER), 'agent_1')).toBe('SELF_APPROVAL');
  });

  test('is never for who edited it, whoever edited it later', () => {
    expect(refusal(staff(Role.MANAGER), 'agent_2', ['agent_1'])).toBe('SELF_APPROVAL');
    expect(refusal(staff(Role.MANAGER), 'agent_2', ['agent_1', 'agent_3'])).toBe('SELF_APPROVAL');
    expect(refusal(staff(Role.MANAGER), 'agent_2', ['agent_3'])).toBeNull();
  });
});
