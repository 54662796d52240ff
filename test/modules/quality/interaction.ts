import { Role } from '../../../src/platform/auth/viewer.js';
import type { TestDesk } from '../../support/desk.js';
import { Walk } from '../../support/walk.js';

export const LEAD = 'lead@demo.stepdesk.example';

/** The customer-support process on a ticket of Sam Second's, up to the coordination with other departments. */
export async function toCoordination(desk: TestDesk): Promise<Walk> {
  const walk = await Walk.start(desk, 'customer-support');
  await walk.complete('receive-inbound-communication', { Channel: 'Phone', Customer_Name: 'Casey Customer' });
  await walk.complete('identify-issue-or-question', { Issue_or_Question_Description: 'signing in' });
  await walk.complete('assign-support-team-member', {
    Support_Team: walk.team('First line'),
    Support_Team_Member: [walk.agent('second')],
  });
  await walk.complete('review-customer-history');
  await walk.complete('create-case-or-ticket', { Case_Priority: 'Low' });
  await walk.skip('research-issue', 'Known issue.');
  await walk.approve('approval-customer-information-verification', LEAD);
  await walk.complete('determine-solution-or-answer', { Solution_or_Answer: 'Reset the password' });
  await walk.complete('communicate-solution-or-answer');
  await walk.complete('follow-up-with-customer', { Follow_Up_Outcome: 'Resolved' });
  await walk.complete('update-case-or-ticket', { Case_Status: 'Closed' });
  return walk;
}

/** The same, up to the report of the interaction, which is drafted by whoever is told. */
export async function toDraft(desk: TestDesk, by: Role | string = Role.AGENT): Promise<Walk> {
  const walk = await toCoordination(desk);
  await walk.skip('coordinate-with-other-departments', 'Nobody else is concerned.');
  await walk.complete('prepare-interaction-report', { Interaction_Summary: 'Locked out' }, by);
  return walk;
}

/** The same, up to the feedback to the team member. */
export async function toFeedback(desk: TestDesk): Promise<Walk> {
  const walk = await toDraft(desk);
  await walk.complete('perform-quality-assurance', {}, LEAD);
  await walk.approve('approval-quality-assurance-manager', Role.QA_MANAGER);
  await walk.complete('close-case-or-ticket');
  return walk;
}
