import { escapeHtml } from '../../platform/mail/mail-html.rules.js';
import { MOST_COMMENT } from '../survey/survey.rules.js';
import { alertOf, plainPage, portalPage } from './portal.page.js';

/** What a survey's page asks, in which words. */
const QUESTIONS = [
  { field: 'overall', text: 'How satisfied are you on the whole?', required: true },
  { field: 'responsiveness', text: 'How quickly did we react?', required: false },
  { field: 'clarity', text: 'How clearly did we write and speak?', required: false },
  { field: 'professionalism', text: 'How professional were we?', required: false },
] as const;
const ENDS: Record<number, string> = { 1: 'not at all', 5: 'very' };

/** What was entered so far, and what is wrong with it by field. */
export interface SurveyForm {
  values: Readonly<Record<string, string>>;
  faults: Readonly<Record<string, string>>;
}

export const EMPTY_FORM: SurveyForm = { values: {}, faults: {} };

/** @param ticket the request that the survey is about */
export function surveyPage(
  ticket: { number: number; subject: string },
  { values, faults }: SurveyForm,
): string {
  const title = Object.keys(faults).length > 0 ? 'Please check your answer' : 'How did we do?';
  const alerts = Object.entries(faults).map(([field, text]) => ({ field, text }));
  return portalPage(
    title,
    `<h1>${title}</h1>
${alertOf(alerts)}
<p>About your request <strong>SD-${ticket.number}</strong>: <span dir="auto">${escapeHtml(ticket.subject)}</span></p>
<form method="post">
${QUESTIONS.map((question) => ratingField(question, values[question.field], faults[question.field])).join('\n')}
<fieldset${faults.comment ? ' aria-describedby="comment-fault"' : ''}>
<legend>In your own words</legend>
<label class="label" for="comment">Anything else you would like to tell us (optional)</label>
${faultOf('comment', faults.comment)}<textarea id="comment" name="comment" rows="4" maxlength="${MOST_COMMENT}"${faults.comment ? ' aria-invalid="true"' : ''}>${escapeHtml(values.comment ?? '')}</textarea>
</fieldset>
<button>Send my answer</button>
</form>`,
  );
}

export const thanksPage = plainPage('Thank you', 'Your answer has reached us. You can close this page.');

function ratingField(
  { field, text, required }: (typeof QUESTIONS)[number],
  value: string | undefined,
  fault: string | undefined,
): string {
  const choices = [1, 2, 3, 4, 5].map((rating) => {
    const word = ENDS[rating] ?? '';
    const first = rating === 1 ? ` id="${field}"` : '';
    const checked = value === String(rating) ? ' checked' : '';
    return `<label><input type="radio"${first} name="${field}" value="${rating}"${checked}${required ? ' required' : ''}><b>${rating}</b>${word && `<span>${word}</span>`}</label>`;
  });
  return `<fieldset${fault ? ` aria-describedby="${field}-fault" aria-invalid="true"` : ''}>
<legend>${text}${required ? '' : ' (optional)'}</legend>
${faultOf(field, fault)}<div class="ratings">
${choices.join('\n')}
</div>
</fieldset>`;
}

function faultOf(field: string, fault: string | undefined): string {
  return fault ? `<p class="fault" id="${field}-fault">${escapeHtml(fault)}</p>\n` : '';
}
