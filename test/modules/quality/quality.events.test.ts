import { feedbackGiven, reviewRecorded } from '../../../src/modules/quality/quality.events.js';

test('that feedback was given tells neither what it says nor to whom', () => {
  const feedback = { id: 'feedback_1', agentId: 'agent_1', authorId: 'agent_2', body: 'between us' };
  expect(feedbackGiven(feedback)).toEqual({
    type: 'FEEDBACK_GIVEN',
    visibility: 'INTERNAL',
    data: { feedbackId: 'feedback_1' },
  });
});

test('customers hear of no review', () => {
  expect(reviewRecorded({ id: 'review_1', overall: 4.2 }).visibility).toBe('INTERNAL');
});
