/** The words surveys are described in. Pure: the schema registers them in `survey.enums.ts`. */

/** Where a survey stands. */
export enum SurveyStatus {
  SENT = 'SENT',
  ANSWERED = 'ANSWERED',
  EXPIRED = 'EXPIRED',
}
