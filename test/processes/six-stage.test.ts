import { expect, test } from '@jest/globals';
import { Role } from '../../src/platform/auth/viewer.js';
import { CompleteStepDocument } from '../generated/graphql.js';
import { useDesk } from '../support/desk.js';
import { answerByLink, Walk } from '../support/walk.js';

const desk = useDesk();

test('six-stage, from creation to analysis', async () => {
  const walk = await Walk.start(desk, 'six-stage');
  await walk.complete('ticket-creation', { Channel: 'Social media' });
  await walk.complete('ticket-categorization-and-prioritization', {
    Issue_Type: 'Billing inquiry',
    Urgency: 'High',
    Potential_Impact: 'Low',
  });
  // LOW impact and HIGH urgency are MEDIUM; the organization's tier raises it.
  expect(await walk.story()).toMatchObject({
    channel: 'SOCIAL_MEDIA',
    category: { name: 'Billing inquiry' },
    impact: 'LOW',
    urgency: 'HIGH',
    priority: 'HIGH',
  });
  await walk.complete('ticket-assignment-and-routing');
  expect(await walk.story()).toMatchObject({ team: { name: 'Billing' }, assignee: { name: 'Bo Billing' } });
  await walk.complete('issue-resolution', {
    Resolution_Work: 'Refunded one charge',
    Progress_Update: 'Your refund is on its way.',
    Expected_Resolution_Hours: 2,
    Resolution_Outcome: 'Resolved',
  });
  expect(await walk.story()).toMatchObject({ status: 'RESOLVED', resolution: 'Refunded one charge' });
  expect(walk.step('escalate-to-higher-level').phase).toBe('HIDDEN');
  await walk.complete('ticket-closure', { Documented_Resolution: 'One of two charges refunded' });
  const answered = await answerByLink(
    desk.anonymous(),
    await walk.surveyToken('customer@demo.stepdesk.example'),
    5,
  );
  expect(answered.survey).toMatchObject({ status: 'ANSWERED' });
  await walk.complete('reporting-and-analysis', { Analysis_Summary: 'Double charges are rising' });
  expect(walk.phase).toBe('COMPLETED');
  const story = await walk.story();
  expect(story).toMatchObject({ status: 'CLOSED', resolution: 'One of two charges refunded' });
  expect(story.promisedResolutionAt).not.toBeNull();
  expect(story.messages.nodes.some(({ body }) => body.includes('Your refund is on its way.'))).toBe(true);
  expect(story.reports).toMatchObject([
    { kind: 'SERVICE', status: 'ARCHIVED', summary: 'Double charges are rising', verified: true },
  ]);
  await walk.watched();
});

test('six-stage, escalated: the higher level closes what the first could not solve', async () => {
  const walk = await Walk.start(desk, 'six-stage');
  await walk.complete('ticket-creation', { Channel: 'Chat' });
  await walk.complete('ticket-categorization-and-prioritization', { Issue_Type: 'Technical issue' });
  await walk.complete('ticket-assignment-and-routing');
  await walk.complete('issue-resolution', { Resolution_Outcome: 'Needs a higher level of support' });
  expect((await walk.story()).status).toBe('OPEN');
  await walk.complete('escalate-to-higher-level', { Escalation_Reason: 'Beyond the first line' });
  // The team's escalation target took it, and routing chose there.
  expect(await walk.story()).toMatchObject({
    escalationLevel: 1,
    team: { name: 'Senior support' },
    assignee: { name: 'Sasha Senior' },
  });
  expect((await walk.story()).levelClocks).toMatchObject([
    { level: 0, stoppedAt: expect.any(String) },
    { level: 1, stoppedAt: null },
  ]);
  await walk.complete('ticket-closure', { Documented_Resolution: 'Patched' });
  await walk.complete('reporting-and-analysis');
  expect(await walk.story()).toMatchObject({ status: 'CLOSED', resolution: 'Patched' });
  await walk.watched();
});

test('a step is completed once: its second completion is refused and changes nothing', async () => {
  const walk = await Walk.start(desk, 'six-stage');
  const { id } = walk.step('ticket-creation');
  await walk.complete('ticket-creation');
  const before = await walk.story();
  const agent = await desk.as(Role.AGENT);
  const again = await agent.ask(CompleteStepDocument, {
    input: {
      stepId: id,
      answers: [
        { field: 'Channel', value: 'Email' },
        { field: 'Request_Summary', value: 'again' },
      ],
    },
  });
  expect(again.completeStep).toMatchObject({ run: null, userErrors: [{ code: 'STEP_NOT_READY' }] });
  expect(await walk.story()).toEqual(before);
});
