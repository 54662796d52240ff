import type { Transaction } from '../../platform/database/transaction.js';
import { type DeadlineHandlers, dropDeadlines, planDeadlines } from '../../platform/deadlines/deadline.js';
import { newId } from '../../platform/ids.js';
import { Customer } from '../directory/customer.entity.js';
import { mailAboutTicket } from '../message/letter.service.js';
import { addMessage, sentBy } from '../message/message.service.js';
import { MessageDirection, MessageVisibility } from '../message/message.vocabulary.js';
import type { Ticket } from '../ticket/ticket.entity.js';
import { lockedTicket } from '../ticket/ticket.service.js';
import { Survey } from './survey.entity.js';
import { surveyAnalysed, surveyExpired, surveyReminded, surveySent } from './survey.events.js';
import { expiryOf, reminderOf, statusOf } from './survey.rules.js';
import { SurveyStatus } from './survey.vocabulary.js';
import { INVITATION_NOTICE, invitation, REMINDER_NOTICE, reminder } from './survey-letter.rules.js';
import { hashOf, newToken } from './survey-token.js';

const SURVEY_REMINDER = 'SURVEY_REMINDER';
const SURVEY_EXPIRY = 'SURVEY_EXPIRY';

/**
 * Sends the customer a survey with a single-use link, within a transaction that locked the ticket.
 * @param options `to`: an address to take instead of the customer's own
 * @throws DomainError INVALID_INPUT when `to` is not one e-mail address
 */
export async function inviteToSurvey(
  tx: Transaction,
  ticket: Ticket,
  options: { runId?: string | null; to?: string | null } = {},
): Promise<Survey> {
  const customer = await tx.em.findOneOrFail(Customer, { id: ticket.customerId });
  const token = newToken();
  const survey = Object.assign(new Survey(), {
    id: newId('survey'),
    ticketId: ticket.id,
    runId: options.runId ?? null,
    tokenHash: hashOf(token),
    sentTo: options.to ?? customer.email,
    sentAt: tx.now,
    expiresAt: expiryOf(tx.now),
  });
  tx.em.persist(survey);
  const letter = invitation(occasion(tx, ticket, customer, survey, token));
  await send(tx, ticket, survey, { ...letter, notice: INVITATION_NOTICE });
  tx.append(ticket.id, surveySent(survey.id));
  const of = { subjectId: survey.id, streamId: ticket.id };
  await planDeadlines(tx, [
    { ...of, key: `survey-reminder:${survey.id}`, kind: SURVEY_REMINDER, at: reminderOf(tx.now) },
    { ...of, key: `survey-expiry:${survey.id}`, kind: SURVEY_EXPIRY, at: survey.expiresAt },
  ]);
  return survey;
}

/** What happens to surveys that nobody answered. One that is answered takes its deadlines along. */
export const surveyDeadlines: DeadlineHandlers = {
  [SURVEY_REMINDER]: async (tx, { subjectId, streamId }) => {
    const ticket = await lockedTicket(tx, streamId);
    const survey = await tx.em.findOneOrFail(Survey, { id: subjectId });
    if (statusOf(survey, tx.now) !== SurveyStatus.SENT) return;
    const customer = await tx.em.findOneOrFail(Customer, { id: ticket.customerId });
    const token = newToken();
    survey.reminderTokenHash = hashOf(token);
    const letter = reminder(occasion(tx, ticket, customer, survey, token));
    await send(tx, ticket, survey, { ...letter, notice: REMINDER_NOTICE });
    tx.append(ticket.id, surveyReminded(survey.id));
  },
  [SURVEY_EXPIRY]: async (tx, { subjectId, streamId }) => {
    const ticket = await lockedTicket(tx, streamId);
    tx.append(ticket.id, surveyExpired(subjectId));
    await dropDeadlines(tx, subjectId);
  },
};

function occasion(tx: Transaction, ticket: Ticket, customer: Customer, survey: Survey, token: string) {
  return {
    customerName: customer.name,
    ticketNumber: ticket.number,
    ticketSubject: ticket.subject,
    link: `${tx.desk.publicUrl}/survey/${token}`,
    expiresAt: survey.expiresAt,
  };
}

/** Mails a letter to where the survey goes. The thread has the notice, not the letter with its link. */
async function send(
  tx: Transaction,
  ticket: Ticket,
  { sentTo }: Survey,
  letter: { subject: string; text: string; notice: string },
): Promise<void> {
  const { subject, text, notice } = letter;
  const mail = await mailAboutTicket(tx, ticket, { to: sentTo, subject, body: text, secret: true });
  addMessage(tx, ticket, {
    visibility: MessageVisibility.PUBLIC,
    direction: MessageDirection.OUTBOUND,
    body: notice,
    ...sentBy(mail),
  });
}

/**
 * Stores what the desk concludes on the run's newest survey, within a transaction that locked the ticket.
 * @returns the survey, or null where the run sent none
 */
export async function analyseSurvey(
  tx: Transaction,
  ticket: Ticket,
  runId: string,
  analysis: string,
): Promise<Survey | null> {
  const newest = { orderBy: { sentAt: 'desc', id: 'desc' } } as const;
  const survey = await tx.em.findOne(Survey, { ticketId: ticket.id, runId }, newest);
  if (!survey) return null;
  survey.analysis = analysis;
  tx.append(ticket.id, surveyAnalysed(survey.id));
  return survey;
}
