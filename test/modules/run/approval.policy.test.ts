import { describe, expect, it } from '@jest/globals';
import { mayDecide } from '../../../src/modules/run/approval.policy.js';

describe('mayDecide', () => {
  it.each<['TEAM_LEAD' | 'QA_MANAGER' | 'MANAGER', string[], string[], string | null, boolean]>([
    ['MANAGER', ['MANAGER'], [], 't1', true],
    ['MANAGER', ['AGENT', 'MANAGER'], [], null, true],
    ['MANAGER', ['ADMIN'], ['t1'], 't1', false],
    ['MANAGER', ['TEAM_LEAD'], ['t1'], 't1', false],
    ['MANAGER', [], [], null, false],
    ['QA_MANAGER', ['QA_MANAGER'], [], 't1', true],
    ['QA_MANAGER', ['MANAGER'], [], 't1', false],
    ['TEAM_LEAD', ['TEAM_LEAD'], ['t0', 't1'], 't1', true],
    ['TEAM_LEAD', ['TEAM_LEAD'], ['t2'], 't1', false],
    ['TEAM_LEAD', ['TEAM_LEAD'], [], null, true],
    ['TEAM_LEAD', ['MANAGER'], ['t1'], 't1', false],
    ['TEAM_LEAD', ['AGENT'], [], null, false],
  ])('%s by %j leading %j on a ticket of %s: %s', (role, roles, ledTeamIds, team, may) => {
    const approvers = { roles: [role], agentIds: ['somebody'], teamIds: ['t9'] };
    expect(mayDecide(approvers, { id: 'me', roles, ledTeamIds, teamIds: ['t1'] }, team)).toBe(may);
    const several = { ...approvers, roles: ['QA_MANAGER', role] };
    expect(mayDecide(several, { id: 'me', roles, ledTeamIds, teamIds: [] }, team)).toBe(
      may || roles.includes('QA_MANAGER'),
    );
  });

  it('by name and by team, whatever the role', () => {
    const me = { id: 'me', roles: ['AGENT'], teamIds: ['t1'], ledTeamIds: [] };
    expect(mayDecide({ roles: [], agentIds: ['me'], teamIds: [] }, me, null)).toBe(true);
    expect(mayDecide({ roles: [], agentIds: [], teamIds: ['t1'] }, me, 't2')).toBe(true);
    expect(mayDecide({ roles: [], agentIds: ['you'], teamIds: ['t2'] }, me, 't1')).toBe(false);
  });
});
