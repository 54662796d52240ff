import { expect, test } from '@jest/globals';
import { Role } from '../../src/platform/auth/viewer.js';
import { useDesk } from '../support/desk.js';
import { answerByLink, Walk } from '../support/walk.js';

const desk = useDesk();
const lead = 'lead@demo.stepdesk.example';

/** Steps 1 to 6, which a rejection of step 7 has done anew. */
async function intake(walk: Walk) {
  await walk.complete('receive-inbound-communication', { Channel: 'Phone', Customer_Name: 'Casey Customer' });
  await walk.complete('identify-issue-or-question', { Issue_or_Question_Description: 'signing in' });
  await walk.complete('assign-support-team-member', { Support_Team: walk.team('First line') });
  await walk.complete('review-customer-history');
  await walk.complete('create-case-or-ticket', { Case_Priority: 'Low' });
}

test('customer-support, with escalation, from the first step to the last', async () => {
  const walk = await Walk.start(desk, 'customer-support');
  await intake(walk);
  await walk.complete('research-issue', { Research_Resources: ['Knowledge Base', 'Subject Matter Experts'] });
  expect(await walk.story()).toMatchObject({
    channel: 'PHONE',
    urgency: 'LOW',
    priority: 'LOW',
    team: { name: 'First line' },
  });

  // REDO: the identity was wrong, so everything that was built on it is done anew.
  await walk.reject('approval-customer-information-verification', lead, 'That was somebody else.');
  expect(walk.ready).toEqual(['receive-inbound-communication']);
  await intake(walk);
  await walk.skip('research-issue', 'The answer is in the first attempt.');
  expect(walk.step('research-issue')).toMatchObject({ phase: 'SKIPPED', attempt: 2 });
  await walk.approve('approval-customer-information-verification', lead);

  await walk.complete('determine-solution-or-answer', { Solution_or_Answer: 'Reset the password' });
  await walk.complete('communicate-solution-or-answer');
  await walk.complete('follow-up-with-customer', { Follow_Up_Outcome: 'Not resolved' });
  await walk.complete('update-case-or-ticket', { Case_Status: 'In Progress', Changed_Priority: 'High' });
  expect(await walk.story()).toMatchObject({ status: 'OPEN', priority: 'HIGH' });
  await walk.complete('escalate-issue', {
    Escalation_Reason: 'Locked for good',
    Escalation_Receiver: [walk.agent('senior')],
  });
  await walk.reject('approval-team-leader-for-escalation', lead, 'Say what was tried.');
  await walk.complete('escalate-issue', {
    Escalation_Reason: 'Reset tried twice',
    Escalation_Receiver: [walk.agent('senior')],
  });
  await walk.approve('approval-team-leader-for-escalation', lead);
  await walk.complete('coordinate-with-other-departments', {
    Departments: ['Engineering', 'Product'],
    Coordination_Brief: 'The lock must be lifted',
    Coordination_Owner: [walk.agent('senior')],
    Coordination_Due_Date: '2027-01-15',
  });
  await walk.complete('prepare-interaction-report', { Interaction_Summary: 'Locked out' });
  await walk.complete('perform-quality-assurance', { Timeliness: 2, Accuracy: 2 }, lead);
  // Accuracy is critical: too little of it fails the review, whatever the mean.
  expect((await walk.story()).reviews).toMatchObject([{ passed: false, failedOn: ['Accuracy'] }]);
  await walk.reject('approval-quality-assurance-manager', Role.QA_MANAGER, 'Timeliness was fine.');
  await walk.complete('perform-quality-assurance', { Timeliness: 5 }, lead);
  await walk.approve('approval-quality-assurance-manager', Role.QA_MANAGER);
  await walk.complete('close-case-or-ticket', {
    Closing_Notes: 'Unlocked',
    Final_Resolution: 'Engineering lifted the lock',
  });
  expect((await walk.story()).status).toBe('CLOSED');
  // A closed ticket's run goes on: feedback to the team member, and the customer's survey.
  expect(walk.ready).toEqual(['provide-feedback', 'collect-satisfaction-survey']);
  await walk.complete('provide-feedback', { Feedback_to_Team_Member: 'Well explained' }, lead);
  await walk.complete('collect-satisfaction-survey');
  expect(walk.phase).toBe('COMPLETED');
  const answered = await answerByLink(
    desk.anonymous(),
    await walk.surveyToken('customer@demo.stepdesk.example'),
    4,
  );
  expect(answered).toMatchObject({ survey: { status: 'ANSWERED', overall: 4 }, userErrors: [] });

  const story = await walk.story();
  expect(story).toMatchObject({
    resolution: 'Engineering lifted the lock',
    closingNotes: 'Unlocked',
    escalationLevel: 2,
  });
  expect(story.messages.nodes.map(({ subject }) => subject)).toContain('Solution or Answer to signing in');
  expect(story.escalations).toMatchObject([{ reason: 'Locked for good' }, { reason: 'Reset tried twice' }]);
  expect(story.coordinationRequests?.map(({ department }) => department).sort()).toEqual([
    'Engineering',
    'Product',
  ]);
  // The second review is the one that counts.
  expect(story.reviews).toMatchObject([{ passed: true, failedOn: [] }]);
  expect(story.reviews?.[0]?.scores).toContainEqual({ label: 'Timeliness', score: 5 });
  expect(story.reports).toMatchObject([{ kind: 'INTERACTION', status: 'ARCHIVED', verified: true }]);
  expect(story.surveys).toMatchObject([{ status: 'ANSWERED', overall: 4 }]);
  await walk.watched();
});

test('customer-support, resolved at the follow-up: no escalation is asked for, nor approved', async () => {
  const walk = await Walk.start(desk, 'customer-support');
  await intake(walk);
  await walk.skip('research-issue', 'Known issue.');
  await walk.approve('approval-customer-information-verification', lead);
  await walk.complete('determine-solution-or-answer', { Solution_or_Answer: 'Reset the password' });
  await walk.complete('communicate-solution-or-answer');
  await walk.complete('follow-up-with-customer', { Follow_Up_Outcome: 'Resolved' });
  await walk.complete('update-case-or-ticket', { Case_Status: 'Closed' });
  expect((await walk.story()).status).toBe('RESOLVED');
  expect(walk.step('escalate-issue').phase).toBe('HIDDEN');
  expect(walk.step('approval-team-leader-for-escalation').phase).toBe('HIDDEN');
  await walk.skip('coordinate-with-other-departments', 'Nobody else is concerned.');
  await walk.complete('prepare-interaction-report');
  await walk.complete('perform-quality-assurance', {}, lead);
  await walk.approve('approval-quality-assurance-manager', Role.QA_MANAGER);
  await walk.complete('close-case-or-ticket');
  await walk.skip('provide-feedback', 'Nothing to add.', lead);
  await walk.complete('collect-satisfaction-survey');
  expect(walk.phase).toBe('COMPLETED');
  expect(await walk.story()).toMatchObject({
    status: 'CLOSED',
    resolution: 'Reset the password',
    escalationLevel: 0,
  });
  await walk.watched();
});
