import { DomainError, ErrorCode } from '../../platform/errors.js';
import { answerSurvey, ticketOfSurvey } from '../survey/survey-answer.service.js';
import { type Answer, type Asked, refused } from './portal.answer.js';
import { EMPTY_FORM, surveyPage, thanksPage } from './survey.page.js';

/** The survey behind a link, for answering. */
export async function showSurvey({ ctx, token }: Asked): Promise<Answer> {
  const ticket = await ticketOfSurvey(ctx, token);
  return ticket ? { status: 200, html: surveyPage(ticket, EMPTY_FORM) } : refused();
}

/** Takes the answer as the mutation answerSurvey does. What is wrong is shown beside what was entered. */
export async function answerSurveyForm({ ctx, token }: Asked, form: URLSearchParams): Promise<Answer> {
  const ticket = await ticketOfSurvey(ctx, token);
  if (!ticket) return refused();
  const values = Object.fromEntries(FIELDS.map((field) => [field, form.get(field) ?? '']));
  const rating = (field: string) => (values[field] ? Number(values[field]) : undefined);
  try {
    await answerSurvey(ctx, {
      token,
      overall: rating('overall') ?? Number.NaN,
      responsiveness: rating('responsiveness'),
      clarity: rating('clarity'),
      professionalism: rating('professionalism'),
      comment: values.comment,
    });
    return { status: 200, html: thanksPage };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error.code === ErrorCode.TOKEN_INVALID) return refused();
    const faults = Object.fromEntries(
      error.faults.map(({ path, message }) => [
        path?.at(-1) ?? 'overall',
        WORDS[path?.at(-1) ?? ''] ?? message,
      ]),
    );
    return { status: 422, html: surveyPage(ticket, { values, faults }) };
  }
}

const FIELDS = ['overall', 'responsiveness', 'clarity', 'professionalism', 'comment'];
const WORDS: Record<string, string> = {
  overall: 'Please choose from 1 to 5 how satisfied you are on the whole.',
  responsiveness: 'Please choose from 1 to 5 how quickly we reacted, or nothing.',
  clarity: 'Please choose from 1 to 5 how clear we were, or nothing.',
  professionalism: 'Please choose from 1 to 5 how professional we were, or nothing.',
  comment: 'Please shorten your comment to 5,000 characters.',
};
