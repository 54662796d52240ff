import { registerEnumType } from 'type-graphql';
import { SurveyStatus } from './survey.vocabulary.js';

registerEnumType(SurveyStatus, {
  name: 'SurveyStatus',
  description: 'Where a survey stands.',
  valuesConfig: {
    SENT: { description: 'Waits for the answer.' },
    ANSWERED: { description: 'Answered, once and for all.' },
    EXPIRED: { description: 'Its time ran out without an answer.' },
  },
});
