import type { NewEvent } from '../../platform/events/event.js';

/** What is told of surveys, in the ticket's stream. Pure. */
export const SURVEY_SENT = 'SURVEY_SENT';
export const SURVEY_ANSWERED = 'SURVEY_ANSWERED';
export const SURVEY_ANALYSED = 'SURVEY_ANALYSED';
export const SURVEY_REMINDED = 'SURVEY_REMINDED';
export const SURVEY_EXPIRED = 'SURVEY_EXPIRED';

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

export function surveyReminded(surveyId: string): NewEvent {
  return { type: SURVEY_REMINDED, visibility: 'PUBLIC', data: { surveyId } };
}

export function surveyExpired(surveyId: string): NewEvent {
  return { type: SURVEY_EXPIRED, visibility: 'INTERNAL', data: { surveyId } };
}
