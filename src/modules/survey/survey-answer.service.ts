import type { Context } from '../../platform/context.js';
import { inTransaction, type Transaction } from '../../platform/database/transaction.js';
import { dropDeadlines } from '../../platform/deadlines/deadline.js';
import { DomainError, ErrorCode, notFound } from '../../platform/errors.js';
import { facetsOf, Ticket } from '../ticket/ticket.entity.js';
import { Survey } from './survey.entity.js';
import { surveyAnswered } from './survey.events.js';
import type { AnswerSurveyInput } from './survey.input.js';
import { surveyById } from './survey.loader.js';
import { checkedAnswer, statusOf } from './survey.rules.js';
import { SurveyStatus } from './survey.vocabulary.js';
import { hashOf } from './survey-token.js';

/**
 * Takes the answer to a survey, once; also on a closed ticket. By the link's token from anybody who has
 * it, by id from the ticket's customer.
 * @throws DomainError INVALID_INPUT by the ratings; TOKEN_INVALID for a token that is unknown, used or
 *   expired, in the same words; by id NOT_FOUND, FORBIDDEN to staff, ALREADY_DECIDED when answered
 *   before, INVALID_TRANSITION when expired
 */
export async function answerSurvey(ctx: Context, input: AnswerSurveyInput): Promise<{ survey: Survey }> {
  const answer = checkedAnswer(input);
  const { surveyId, ticketId } = await asked(ctx, input);
  return inTransaction(ctx, [ticketId], async (tx) => {
    // Only now that the ticket is locked is it sure that nobody answers meanwhile.
    const survey = await tx.em.findOneOrFail(Survey, { id: surveyId });
    const status = statusOf(survey, tx.now);
    if (status !== SurveyStatus.SENT) throw input.token == null ? tooLate(status) : tokenInvalid();
    await dropDeadlines(tx, survey.id);
    Object.assign(survey, answer, { status: SurveyStatus.ANSWERED, answeredAt: tx.now });
    await tell(tx, ticketId, survey.id, answer.overall);
    return { survey };
  });
}

/** What the survey behind a link is about; null where the link does not work (any more). */
export async function ticketOfSurvey(
  ctx: Context,
  token: string,
): Promise<Pick<Ticket, 'number' | 'subject'> | null> {
  const survey = await behindLink(ctx, token);
  if (!survey || statusOf(survey, ctx.desk.clock.now()) !== SurveyStatus.SENT) return null;
  return ctx.em.findOneOrFail(Ticket, { id: survey.ticketId });
}

/** The survey that the link of its invitation or of its reminder leads to. */
function behindLink(ctx: Context, token: string): Promise<Survey | null> {
  const hash = hashOf(token);
  return ctx.em.findOne(Survey, { $or: [{ tokenHash: hash }, { reminderTokenHash: hash }] });
}

/** Which survey is meant, and the ticket to lock for it. */
async function asked(
  ctx: Context,
  input: AnswerSurveyInput,
): Promise<{ surveyId: string; ticketId: string }> {
  const { token, surveyId } = input;
  if (token != null && surveyId == null) {
    const found = await behindLink(ctx, token);
    if (!found) throw tokenInvalid();
    return { surveyId: found.id, ticketId: found.ticketId };
  }
  if (token != null || surveyId == null)
    throw new DomainError(
      ErrorCode.INVALID_INPUT,
      'Say which survey: by token or by surveyId, one of the two.',
      ['input'],
    );
  const survey = await ctx.load(surveyById, surveyId);
  if (!survey) throw notFound('survey', surveyId, ['input', 'surveyId']);
  if (ctx.viewer.kind !== 'CUSTOMER')
    throw new DomainError(ErrorCode.FORBIDDEN, "A survey is for the ticket's customer to answer.", [
      'input',
      'surveyId',
    ]);
  return { surveyId, ticketId: survey.ticketId };
}

/** As `lockedTicket` tells of a change, but whoever has the link need not see the ticket. */
async function tell(tx: Transaction, ticketId: string, surveyId: string, overall: number): Promise<void> {
  const ticket = await tx.em.findOneOrFail(Ticket, { id: ticketId });
  const before = facetsOf(ticket);
  ticket.updatedAt = tx.now;
  ticket.version += 1;
  tx.append(ticketId, surveyAnswered(surveyId, overall));
  tx.changed(ticketId, { before, after: facetsOf(ticket) });
}

function tooLate(status: SurveyStatus): DomainError {
  const path = ['input', 'surveyId'];
  return status === SurveyStatus.ANSWERED
    ? new DomainError(
        ErrorCode.ALREADY_DECIDED,
        'This survey was answered before; the first answer counts.',
        path,
      )
    : new DomainError(ErrorCode.INVALID_TRANSITION, 'The time for answering this survey is over.', path);
}

/** One and the same for every token that doesn't work, so that a guess teaches nothing. */
function tokenInvalid(): DomainError {
  return new DomainError(
    ErrorCode.TOKEN_INVALID,
    'This link does not work: it is unknown, was used before or has expired.',
    ['input', 'token'],
  );
}
