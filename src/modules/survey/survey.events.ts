import type { NewEvent } from '../../platform/events/event.js';

/** What is told of surveys, in the ticket's stream. Pure. */
export const SURVEY_SENT = 'SURVEY_SENT';
export const SURVEY_ANSWERED = 'SURVEY_ANSWERED';
export const SURVEY_ANALYSED = 'SURVEY_ANALYSED';

export function surveySent(surveyId: string): NewEvent {
  return { type: SURVEY_SENT, visibility: 'PUBLIC', data: { surveyId } };
}

/** @param overall 1 to 5 */
export function surveyAnswered(surveyId: string, overall: number): NewEvent {
  return {
    type: SURVEY_ANSWERED,
    visibility: 'PUBLIC',
    data: { surveyId, overall },
  };
}

export function surveyAnalysed(surveyId: string): NewEvent {
  return { type: SURVEY_ANALYSED, visibility: 'INTERNAL', data: { surveyId } };
}
