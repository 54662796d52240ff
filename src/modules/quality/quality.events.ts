import type { NewEvent } from '../../platform/events/event.js';

/** What is told of reviews, feedback and retrospectives, in the stream of their ticket. Pure. */
export const REVIEW_RECORDED = 'REVIEW_RECORDED';
export const FEEDBACK_GIVEN = 'FEEDBACK_GIVEN';
export const RETROSPECTIVE_RECORDED = 'RETROSPECTIVE_RECORDED';
export const IMPROVEMENT_UPDATED = 'IMPROVEMENT_UPDATED';

export function reviewRecorded(review: { id: string; overall: number }): NewEvent {
  return {
    type: REVIEW_RECORDED,
    visibility: 'INTERNAL',
    data: { reviewId: review.id, overall: review.overall },
  };
}

/** Only that there is some: what it says is for the agent and its lead. */
export function feedbackGiven(feedback: { id: string }): NewEvent {
  return { type: FEEDBACK_GIVEN, visibility: 'INTERNAL', data: { feedbackId: feedback.id } };
}

export function retrospectiveRecorded(retrospective: { id: string }): NewEvent {
  return {
    type: RETROSPECTIVE_RECORDED,
    visibility: 'INTERNAL',
    data: { retrospectiveId: retrospective.id },
  };
}

export function improvementUpdated(item: { id: string; done: boolean }): NewEvent {
  return {
    type: IMPROVEMENT_UPDATED,
    visibility: 'INTERNAL',
    data: { improvementItemId: item.id, done: item.done },
  };
}
