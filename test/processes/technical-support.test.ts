import { expect, test } from '@jest/globals';
import { Role } from '../../src/platform/auth/viewer.js';
import { useDesk } from '../support/desk.js';
import { answerByLink, Walk } from '../support/walk.js';

const desk = useDesk();

test('technical-support, from the first step to the last', async () => {
  const walk = await Walk.start(desk, 'technical-support');
  await walk.complete('receive-customer-service-request', { Request_Summary: 'The printer is on fire' });
  await walk.complete('identify-the-technical-issue');
  await walk.complete('log-the-service-request-into-system');
  await walk.complete('evaluate-the-urgency-level-of-the-issue', { Urgency: 'High' });
  await walk.complete('assign-service-request-to-appropriate-team', {
    Service_Team: walk.team('First line'),
  });
  await walk.complete('inform-the-customer-about-estimated-troubleshooting-time', {
    Estimated_Troubleshooting_Hours: 6,
  });
  // MEDIUM impact and HIGH urgency are HIGH; the organization's tier raises it.
  expect(await walk.story()).toMatchObject({
    urgency: 'HIGH',
    priority: 'CRITICAL',
    team: { name: 'First line' },
  });

  // Step 7 rejects step 1; KEEP: what lies between stays done.
  expect(walk.ready).toEqual(['approval-customer-service-manager']);
  await walk.reject('approval-customer-service-manager', Role.MANAGER, 'Which printer?');
  expect(walk.ready).toEqual(['receive-customer-service-request']);
  expect(walk.step('receive-customer-service-request')).toMatchObject({
    attempt: 2,
    answers: { Request_Summary: 'The printer is on fire' },
  });
  expect(walk.step('identify-the-technical-issue').phase).toBe('COMPLETED');
  await walk.complete('receive-customer-service-request', {
    Request_Summary: 'The printer in room 4 is on fire',
  });
  expect(walk.step('receive-customer-service-request').attempts).toMatchObject([
    { attempt: 1, answers: { Request_Summary: 'The printer is on fire' } },
    { attempt: 2, answers: { Request_Summary: 'The printer in room 4 is on fire' } },
  ]);
  await walk.approve('approval-customer-service-manager', Role.MANAGER);

  await walk.complete('service-team-troubleshoots-the-problem');
  await walk.complete('feedback-communication-to-the-customer-about-the-process');
  // Step 10 rejects step 8; REDO: step 9, which told the customer about it, is done anew too.
  await walk.reject('approval-technical-problem-resolved', 'lead@demo.stepdesk.example', 'It still smokes.');
  expect(walk.ready).toEqual(['service-team-troubleshoots-the-problem']);
  expect(walk.step('feedback-communication-to-the-customer-about-the-process')).toMatchObject({
    phase: 'WAITING',
    attempt: 2,
  });
  await walk.complete('service-team-troubleshoots-the-problem');
  await walk.complete('feedback-communication-to-the-customer-about-the-process', {
    Progress_Message: 'We replaced the fuser.',
  });
  await walk.approve('approval-technical-problem-resolved', 'lead@demo.stepdesk.example');

  await walk.complete('record-the-resolution-in-the-system', { Resolution: 'New fuser' });
  await walk.complete('communicate-the-resolution-to-the-customer');
  expect((await walk.story()).status).toBe('RESOLVED');
  await walk.complete('evaluate-customer-satisfaction');
  const answered = await answerByLink(
    desk.anonymous(),
    await walk.surveyToken('customer@demo.stepdesk.example'),
    5,
  );
  expect(answered).toMatchObject({ survey: { status: 'ANSWERED', overall: 5 }, userErrors: [] });
  await walk.reject('approval-customer-satisfaction', Role.MANAGER, 'Tell them what was replaced.');
  await walk.complete('feedback-communication-to-the-customer-about-the-process');
  await walk.approve('approval-customer-satisfaction', Role.MANAGER);
  await walk.complete('close-the-service-ticket', { Closing_Notes: 'No smoke since Monday' });
  await walk.complete('prepare-service-report', { Service_Report_Summary: 'A fuser burnt out' });
  await walk.complete('discuss-and-learn-from-the-process-for-future-improvements', {
    Retrospective_Notes: 'Spare parts were missing',
    Improvement_Items: 'Keep a fuser in stock\nCheck printers each quarter',
  });
  // Step 18 has two subjects, decided one by one: the report goes back, the retrospective stays approved.
  await walk.approve('approval-support-process-completion', Role.MANAGER, [
    'discuss-and-learn-from-the-process-for-future-improvements',
  ]);
  await walk.reject('approval-support-process-completion', Role.MANAGER, 'Name the part.', [
    'prepare-service-report',
  ]);
  await walk.complete('prepare-service-report', { Service_Report_Summary: 'Fuser F-200 burnt out' });
  await walk.approve('approval-support-process-completion', Role.MANAGER);
  await walk.complete('archive-the-service-report');
  expect(walk.phase).toBe('COMPLETED');

  const story = await walk.story();
  expect(story).toMatchObject({
    status: 'CLOSED',
    resolution: 'New fuser',
    closingNotes: 'No smoke since Monday',
  });
  expect(story.promisedResolutionAt).not.toBeNull();
  const toCustomer = story.messages.nodes
    .filter(({ visibility }) => visibility === 'PUBLIC')
    .map(({ body }) => body);
  expect(toCustomer.some((body) => body.includes('We replaced the fuser.'))).toBe(true);
  expect(story.surveys).toMatchObject([{ status: 'ANSWERED', overall: 5 }]);
  expect(story.reports).toMatchObject([
    { kind: 'SERVICE', status: 'ARCHIVED', summary: 'Fuser F-200 burnt out', verified: true },
  ]);
  expect(story.reports?.[0]?.contentHash).toMatch(/^[0-9a-f]{64}$/);
  expect(story.retrospectives).toMatchObject([
    {
      notes: 'Spare parts were missing',
      items: [{ text: 'Keep a fuser in stock' }, { text: 'Check printers each quarter' }],
    },
  ]);
  await walk.watched();
});
