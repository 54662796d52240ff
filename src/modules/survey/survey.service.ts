import type { Transaction } from '../../platform/database/transaction.js';
import { newId } from '../../platform/ids.js';
import { Customer } from '../directory/customer.entity.js';
import { mailAboutTicket } from '../message/letter.service.js';
import { addMessage, sentBy } from '../message/message.service.js';
import { MessageDirection, MessageVisibility } from '../message/message.vocabulary.js';
import type { Ticket } from '../ticket/ticket.entity.js';
import { Survey } from './survey.entity.js';
import { surveyAnalysed, surveySent } from './survey.events.js';
import { expiryOf } from './survey.rules.js';
import { INVITATION_NOTICE, invitation } from './survey-letter.rules.js';
import { hashOf, newToken } from './survey-token.js';

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
  const letter = invitation({
    customerName: customer.name,
    ticketNumber: ticket.number,
    ticketSubject: ticket.subject,
    link: `${tx.desk.publicUrl}/survey/${token}`,
    expiresAt: survey.expiresAt,
  });
  const mail = await mailAboutTicket(tx, ticket, {
    to: survey.sentTo,
    subject: letter.subject,
    body: letter.text,
    secret: true,
  });
  addMessage(tx, ticket, {
    visibility: MessageVisibility.PUBLIC,
    direction: MessageDirection.OUTBOUND,
    body: INVITATION_NOTICE,
    ...sentBy(mail),
  });
  tx.append(ticket.id, surveySent(survey.id));
  return survey;
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
