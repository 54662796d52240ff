import { sql } from 'kysely';
import type { Desk } from '../context.js';
import { sqlOf } from '../database/database.js';
import { rowsOf } from '../database/rows.js';
import { type Handler, send, sendError, sendJson } from '../http/respond.js';
import type { Routes } from '../http/server.js';
import { Mail } from './mail.entity.js';
import { mailboxPage } from './mailbox.page.js';

const MOST_MAILS = 100;
const PRIVATE = { 'cache-control': 'no-store' };
/** Should anything slip through the escaping, the browser still runs and loads nothing. */
const PAGE_POLICY = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
};

/**
 * The outbox for reading, in place of a mail server. It shows everybody's mail to anybody, survey links
 * included: for the demo only. `?to=` limits it to one address.
 */
export function mailboxRoutes(desk: Desk): Routes {
  return {
    '/mailbox': reading(async (to, response) => {
      const page = mailboxPage(await newest(desk, to), to);
      send(response, 200, 'text/html; charset=utf-8', page, { ...PRIVATE, ...PAGE_POLICY });
    }),
    '/mailbox.json': reading(async (to, response) => {
      sendJson(response, 200, (await newest(desk, to)).map(shown), PRIVATE);
    }),
  };
}

const shown = ({ id, to, subject, text, createdAt }: Mail) => ({ id, to, subject, text, createdAt });

function reading(answer: (to: string, response: Parameters<Handler>[1]) => Promise<void>): Handler {
  return async (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return sendError(response, 405, 'METHOD_NOT_ALLOWED', 'The mailbox is for reading.', {
        allow: 'GET, HEAD',
      });
    const to = new URL(request.url ?? '/', 'http://desk').searchParams.get('to') ?? '';
    // PostgreSQL takes no NUL in a text, and no address has one.
    await answer(to.replaceAll('\0', '').trim(), response);
  };
}

async function newest(desk: Desk, to: string): Promise<Mail[]> {
  const em = desk.database.fork();
  const reader = rowsOf(em, Mail);
  let query = sqlOf(em)
    .selectFrom('mail as m')
    .orderBy('m.created_at', 'desc')
    .orderBy('m.id', 'desc')
    .limit(MOST_MAILS)
    .select(reader.select('m'));
  if (to !== '') query = query.where(sql<boolean>`lower(m."to") = lower(${to})`);
  return reader.read(await query.execute());
}
