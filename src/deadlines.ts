import { deputyDeadlines } from './modules/absence/deputy-deadlines.service.js';
import { fileDeadlines } from './modules/file/file.service.js';
import { autoCloseDeadlines } from './modules/run/auto-close.service.js';
import { stepDeadlines } from './modules/run/step-deadlines.service.js';
import { surveyDeadlines } from './modules/survey/survey.service.js';
import { ticketDeadlines } from './modules/ticket/ticket-deadlines.service.js';
import type { DeadlineHandlers } from './platform/deadlines/deadline.js';

/** Everything that happens at its time, by kind. */
export const deadlineHandlers: DeadlineHandlers = {
  ...autoCloseDeadlines,
  ...deputyDeadlines,
  ...fileDeadlines,
  ...stepDeadlines,
  ...surveyDeadlines,
  ...ticketDeadlines,
};
