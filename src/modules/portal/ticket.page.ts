import { escapeHtml } from '../../platform/mail/mail-html.rules.js';
import { TicketStatus } from '../ticket/ticket.vocabulary.js';
import { alertOf, portalPage } from './portal.page.js';

/** What a customer reads of a status. */
const STATUS: Record<TicketStatus, string> = {
  NEW: 'New: we have your request and will begin soon',
  OPEN: 'Open: we are working on it',
  PENDING: 'Waiting for your answer',
  ON_HOLD: 'On hold: we are waiting for somebody else',
  RESOLVED: 'Solved, as far as we can tell',
  CLOSED: 'Closed',
};

/** What the page shows and offers. */
export interface TicketView {
  number: number;
  subject: string;
  status: TicketStatus;
  /** Whether its customer can close it now. */
  closable: boolean;
  /** What the customer just did. */
  done: 'close' | 'reopen' | null;
  /** Why the last attempt came to nothing, and the reason that was entered. */
  fault?: { text: string; field?: 'reason' };
  reason?: string;
}

const DONE = {
  close: 'Thank you. Your request is closed.',
  reopen: 'Your request is open again. We will get back to you.',
};

export function ticketPage(view: TicketView): string {
  const { number, subject, status, done, fault } = view;
  const title = `Your request SD-${number}`;
  const reopenable = status === TicketStatus.RESOLVED || status === TicketStatus.CLOSED;
  return portalPage(
    fault ? `Please check: ${title}` : title,
    `<h1>${title}</h1>
${fault ? alertOf([fault]) : ''}${done ? `<div role="status"><p>${DONE[done]}</p></div>` : ''}
<dl>
<dt>Subject</dt><dd dir="auto">${escapeHtml(subject)}</dd>
<dt>Status</dt><dd>${STATUS[status]}</dd>
</dl>
${view.closable ? CLOSE_FORM : ''}
${reopenable ? reopenForm(view) : ''}`,
  );
}

const CLOSE_FORM = `<form method="post">
<input type="hidden" name="action" value="close">
<button>It is solved: close</button>
</form>`;

function reopenForm({ reason, fault }: TicketView): string {
  const wrong = fault?.field === 'reason' ? ' aria-invalid="true"' : '';
  return `<form method="post">
<input type="hidden" name="action" value="reopen">
<fieldset>
<legend>It is not solved</legend>
<label class="label" for="reason">What is still wrong?</label>
<p class="hint" id="reason-hint">A sentence is enough; we read it before we go on.</p>
<textarea id="reason" name="reason" rows="4" maxlength="2000" required aria-describedby="reason-hint"${wrong}>${escapeHtml(reason ?? '')}</textarea>
</fieldset>
<button class="plain">Reopen</button>
</form>`;
}
