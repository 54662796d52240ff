import type { IncomingMessage, ServerResponse } from 'node:http';
import { anonymous } from '../../platform/auth/viewer.js';
import { Context, type Desk } from '../../platform/context.js';
import { clientAddress, isSameOrigin, readForm } from '../../platform/http/form.js';
import { Limiter } from '../../platform/http/limiter.rules.js';
import { BodyTooLarge } from '../../platform/http/refusal.js';
import { type Handler, send } from '../../platform/http/respond.js';
import type { Routes } from '../../platform/http/server.js';
import { type Answer, type Asked, refused } from './portal.answer.js';
import { PAGE_HEADERS, plainPage } from './portal.page.js';
import { answerSurveyForm, showSurvey } from './survey.form.js';
import { changeTicketForm, showTicket } from './ticket.form.js';

interface Page {
  show(asked: Asked): Promise<Answer>;
  post(asked: Asked, form: URLSearchParams): Promise<Answer>;
}

/** How often one address may ask for a page, in how many seconds: plenty for people, little for guessing. */
const MOST_REQUESTS = 60;
const WINDOW = 60;
const TOKEN = /^[\w-]{16,200}$/;

/** The pages that links in mail lead to. They work without signing in: the token is what admits. */
export function portalRoutes(desk: Desk): Routes {
  const limiter = new Limiter(MOST_REQUESTS, WINDOW);
  const serve = (page: Page) => serving(desk, limiter, page);
  return {
    '/survey/*': serve({ show: showSurvey, post: answerSurveyForm }),
    '/ticket/*': serve({ show: showTicket, post: changeTicketForm }),
  };
}

function serving(desk: Desk, limiter: Limiter, page: Page): Handler {
  return async (request, response) => {
    const wait = limiter.take(clientAddress(request, desk.config.trustedProxies), desk.clock.now());
    if (wait > 0)
      return html(response, 429, plainPage('Too many requests', 'Please try again in a minute.'), {
        'retry-after': String(wait),
      });
    const answer = await answerTo(desk, request, page);
    if ('location' in answer) html(response, 303, '', { location: answer.location });
    else
      html(response, answer.status, answer.html, answer.status === 405 ? { allow: 'GET, HEAD, POST' } : {});
  };
}

async function answerTo(desk: Desk, request: IncomingMessage, page: Page): Promise<Answer> {
  const url = new URL(request.url ?? '/', 'http://desk');
  const token = url.pathname.split('/').slice(2).join('/');
  const asked = { ctx: new Context(desk, anonymous), token, query: url.searchParams };
  if (!TOKEN.test(token)) return refused();
  if (request.method === 'GET' || request.method === 'HEAD') return page.show(asked);
  if (request.method !== 'POST')
    return { status: 405, html: plainPage('This does not work', 'The page can be opened and sent.') };
  if (!isSameOrigin(request, desk.publicUrl))
    return { status: 403, html: plainPage('This was not sent', 'Please open the link in our mail again.') };
  try {
    return await page.post(asked, await readForm(request));
  } catch (error) {
    if (!(error instanceof BodyTooLarge)) throw error;
    return { status: 413, html: plainPage('This was not sent', 'It is too long. Please shorten it.') };
  }
}

function html(response: ServerResponse, status: number, body: string, headers = {}): void {
  send(response, status, 'text/html; charset=utf-8', body, { ...PAGE_HEADERS, ...headers });
}
