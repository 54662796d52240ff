import { expect, test } from '@jest/globals';
import { Role } from '../../src/platform/auth/viewer.js';
import { noise, uploaded } from '../modules/file/uploads.js';
import { useDesk } from '../support/desk.js';
import { answerByLink, Walk } from '../support/walk.js';

const desk = useDesk();
const customer = 'customer@demo.stepdesk.example';

/** Steps 4 to 13: from the analysis to the approved monitoring. */
async function solve(walk: Walk, status: string) {
  await walk.complete('technician-analyses-issue');
  await walk.approve('approval-technicians-analysis', Role.TEAM_LEAD);
  await walk.complete('research-best-solution');
  await walk.complete('prepare-response-or-solution', { Prepared_Response: `Answer for ${status}` });
  await walk.approve('approval-prepared-solution', Role.TEAM_LEAD);
  await walk.complete('forward-response-or-solution', { Response_Email: customer });
  await walk.complete('follow-up-with-customer');
  await walk.complete('document-feedback-or-reaction');
  await walk.complete('monitor-situation', { Situation_Status: status });
  await walk.approve('approval-post-solution-monitoring', Role.TEAM_LEAD);
}

test('support-escalation, sent back to analysis once, from the first step to the last', async () => {
  const walk = await Walk.start(desk, 'support-escalation');
  await walk.complete('receive-issue-or-complaint', { Customer_Email: customer });
  await walk.complete('document-concern-or-problem', {
    Screenshots: [
      await uploaded(await desk.as(Role.AGENT), noise(2048), {
        ticketId: walk.ticketId,
        fileName: 'error.png',
      }),
    ],
  });
  await walk.complete('assign-support-technician', { Support_Technician: [walk.agent('second')] });
  expect((await walk.story()).assignee).toEqual({ name: 'Sam Second' });
  expect(walk.step('technician-analyses-issue').assignee).toEqual({ name: 'Sam Second' });
  await walk.complete('technician-analyses-issue', { Analysis: 'Unclear' });
  await walk.reject('approval-technicians-analysis', Role.TEAM_LEAD, 'Too short.');
  await walk.complete('technician-analyses-issue', { Analysis: 'The cache is stale' });
  await walk.approve('approval-technicians-analysis', Role.TEAM_LEAD);
  await walk.complete('research-best-solution');
  await walk.complete('prepare-response-or-solution');
  // Two subjects, decided separately: the research stands, the response goes back.
  await walk.approve('approval-prepared-solution', Role.TEAM_LEAD, ['research-best-solution']);
  await walk.reject('approval-prepared-solution', Role.TEAM_LEAD, 'Friendlier, please.', [
    'prepare-response-or-solution',
  ]);
  expect(walk.ready).toEqual(['prepare-response-or-solution']);
  await walk.complete('prepare-response-or-solution', { Prepared_Response: 'Clear the cache' });
  await walk.approve('approval-prepared-solution', Role.TEAM_LEAD);
  await walk.complete('forward-response-or-solution', { Response_Email: customer });
  await walk.complete('follow-up-with-customer');
  await walk.complete('document-feedback-or-reaction');
  await walk.complete('monitor-situation', { Situation_Status: 'Not Resolved' });
  await walk.reject('approval-post-solution-monitoring', Role.TEAM_LEAD, 'Look again.');
  await walk.complete('monitor-situation', { Situation_Status: 'Not Resolved' });
  await walk.approve('approval-post-solution-monitoring', Role.TEAM_LEAD);
  await walk.complete('invite-for-survey', { Survey_Email: customer });
  const answered = await answerByLink(desk.anonymous(), await walk.surveyToken(customer), 2);
  expect(answered.userErrors).toEqual([]);
  await walk.complete('analyze-survey-results', { Survey_Analysis: 'Unhappy' });
  await walk.reject('approval-survey-results', Role.TEAM_LEAD, 'Why?', ['analyze-survey-results']);
  await walk.complete('analyze-survey-results', { Survey_Analysis: 'Unhappy: still broken' });
  await walk.approve('approval-survey-results', Role.TEAM_LEAD);
  await walk.complete('escalate-to-higher-authority', {
    Higher_Authority: [walk.agent('senior')],
    Escalation_Reason: 'It persists',
    Send_Back_To_Analysis: true,
  });
  expect(walk.ready).toEqual(['technician-analyses-issue']);
  expect(walk.step('technician-analyses-issue').attempt).toBe(3);
  expect(walk.step('escalate-to-higher-authority')).toMatchObject({ phase: 'WAITING', attempt: 2 });

  await solve(walk, 'Resolved');
  await walk.complete('invite-for-survey', { Survey_Email: customer });
  await walk.complete('analyze-survey-results');
  await walk.approve('approval-survey-results', Role.TEAM_LEAD);
  expect(walk.step('escalate-to-higher-authority').phase).toBe('HIDDEN');
  await walk.complete('prepare-final-report', { Final_Report: 'Solved late' });
  await walk.reject('approval-final-report', Role.MANAGER, 'Add the cause.');
  await walk.complete('prepare-final-report', { Final_Report: 'Solved late: a stale cache' });
  await walk.approve('approval-final-report', Role.MANAGER);
  await walk.complete('close-escalation-case', { Closing_Comment: 'Done' });
  expect(walk.phase).toBe('COMPLETED');

  const story = await walk.story();
  expect(story).toMatchObject({
    status: 'CLOSED',
    resolution: 'Answer for Resolved',
    closingNotes: 'Done',
    escalationLevel: 1,
  });
  expect(story.messages.nodes.filter(({ subject }) => subject === 'Response to your Issue')).toHaveLength(2);
  expect(story.escalations).toMatchObject([{ level: 1, reason: 'It persists' }]);
  expect(story.surveys).toHaveLength(2);
  expect(story.surveys).toContainEqual(
    expect.objectContaining({ status: 'ANSWERED', overall: 2, analysis: 'Unhappy: still broken' }),
  );
  expect(story.reports).toMatchObject([
    { kind: 'FINAL', status: 'ARCHIVED', summary: 'Solved late: a stale cache', verified: true },
  ]);
  await walk.watched();
});
