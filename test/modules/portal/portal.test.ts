import { expect, test } from '@jest/globals';
import { systemContext } from '../../../src/modules/directory/identity.service.js';
import { inviteToSurvey } from '../../../src/modules/survey/survey.service.js';
import { lockedTicket } from '../../../src/modules/ticket/ticket.service.js';
import { Role } from '../../../src/platform/auth/viewer.js';
import { inTransaction } from '../../../src/platform/database/transaction.js';
import {
  AssignTicketDocument,
  CreateTicketDocument,
  MailThreadDocument,
  PeopleDocument,
  ReplyToTicketDocument,
  ResolveTicketDocument,
  StartRunDocument,
  StoryDocument,
} from '../../generated/graphql.js';
import { useDesk } from '../../support/desk.js';

const desk = useDesk();
let address = 0;

/** A form as a browser posts it. */
function post(path: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
  return fetch(`${desk.app.url}${path}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: desk.app.url, ...headers },
    body: new URLSearchParams(fields),
  });
}
const get = (path: string) => fetch(`${desk.app.url}${path}`);

async function newTicket(process?: string): Promise<string> {
  const agent = await desk.as(Role.AGENT);
  const made = await agent.ask(CreateTicketDocument, {
    input: {
      subject: 'The <lamp> & co',
      description: 'Dark',
      channel: 'PHONE',
      customer: { email: `${++address}@elsewhere.example` },
    },
  });
  const ticketId = made.createTicket.ticket?.id as string;
  if (process) await agent.ask(StartRunDocument, { input: { ticketId, process } });
  return ticketId;
}

async function invited(): Promise<{ ticketId: string; path: string }> {
  const ticketId = await newTicket();
  await inTransaction(systemContext(desk.app.desk), [ticketId], async (tx) => {
    await inviteToSurvey(tx, await lockedTicket(tx, ticketId));
  });
  return { ticketId, path: await linkTo('survey') };
}

/** Resolves a ticket. @returns the page that the mail about it links to */
async function resolved(process?: string): Promise<{ ticketId: string; path: string }> {
  const ticketId = await newTicket(process);
  const agent = await desk.as(Role.AGENT);
  const { agents } = await agent.ask(PeopleDocument);
  const agentId = agents.nodes.find(({ email }) => email === 'agent@demo.stepdesk.example')?.id;
  await agent.ask(AssignTicketDocument, { input: { ticketId, agentId } });
  const { resolveTicket } = await agent.ask(ResolveTicketDocument, {
    input: { ticketId, resolution: 'A new bulb' },
  });
  expect(resolveTicket.userErrors).toEqual([]);
  return { ticketId, path: await linkTo('ticket') };
}

async function linkTo(page: 'survey' | 'ticket'): Promise<string> {
  const mails = (await (await get(`/mailbox.json?to=${address}@elsewhere.example`)).json()) as {
    text: string;
  }[];
  const found = mails.map(({ text }) => new RegExp(`(/${page}/[\\w-]+)`).exec(text)?.[1]).find(Boolean);
  if (!found) throw new Error(`No link to a ${page} page was mailed`);
  return found;
}

async function status(ticketId: string) {
  const { ticket } = await (await desk.as(Role.MANAGER)).ask(MailThreadDocument, { id: ticketId });
  return ticket?.status;
}

const REFUSED = 'It is unknown, was used before or has expired.';

test('a survey is answered by a form, once; its page is safe to show', async () => {
  const { ticketId, path } = await invited();
  const page = await get(path);
  expect(page.status).toBe(200);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(page.headers.get('cache-control')).toBe('no-store');
  expect(page.headers.get('referrer-policy')).toBe('same-origin');
  const html = await page.text();
  expect(html).toContain('The &lt;lamp&gt; &amp; co');
  expect(html).toContain('lang="en"');
  expect(html.match(/<fieldset/g)).toHaveLength(5);
  expect(html.match(/<legend/g)).toHaveLength(5);
  expect(html).not.toContain('<script');

  // What is wrong is said beside what was entered, and nothing is answered.
  const comment = '<i>Thanks</i>';
  const wrong = await post(path, { overall: '', clarity: '9', comment });
  expect(wrong.status).toBe(422);
  const again = await wrong.text();
  expect(again).toContain('role="alert"');
  expect(again).toContain('id="overall-fault"');
  expect(again).toContain('id="clarity-fault"');
  expect(again).toContain('&lt;i&gt;Thanks&lt;/i&gt;');

  const sent = await post(path, {
    overall: '5',
    responsiveness: '4',
    clarity: '',
    professionalism: '3',
    comment,
  });
  expect(sent.status).toBe(200);
  expect(await sent.text()).toContain('Thank you');
  const { ticket } = await (await desk.as(Role.MANAGER)).ask(StoryDocument, { id: ticketId });
  expect(ticket?.surveys).toMatchObject([{ status: 'ANSWERED', overall: 5 }]);
});

test('used, guessed and expired links are refused in the same words', async () => {
  const used = await invited();
  expect((await post(used.path, { overall: '1' })).status).toBe(200);
  const expired = await invited();
  desk.clock.letDaysPass(31);
  const paths = [
    used.path,
    expired.path,
    `/survey/${'x'.repeat(32)}`,
    '/survey/short',
    `/ticket/${'x'.repeat(32)}`,
  ];
  for (const path of paths) {
    for (const answer of [await get(path), await post(path, { overall: '5', action: 'close' })]) {
      expect(answer.status).toBe(404);
      expect(await answer.text()).toContain(REFUSED);
    }
  }
  const { ticket } = await (await desk.as(Role.MANAGER)).ask(StoryDocument, { id: used.ticketId });
  expect(ticket?.surveys).toMatchObject([{ overall: 1 }]);
});

test('a customer closes a solved ticket by the link, and opens it again with a reason', async () => {
  const { ticketId, path } = await resolved();
  // Looking, as scanners of mail do, changes nothing.
  const html = await (await get(path)).text();
  expect(html).toContain('It is solved: close');
  expect(html).toContain('The &lt;lamp&gt; &amp; co');
  expect(html).not.toContain('A new bulb');
  expect(await status(ticketId)).toBe('RESOLVED');

  const closed = await post(path, { action: 'close' });
  expect(closed.status).toBe(303);
  expect(await status(ticketId)).toBe('CLOSED');
  const after = await (await get(closed.headers.get('location') as string)).text();
  expect(after).toContain('role="status"');
  expect(after).not.toContain('It is solved: close');
  // Mail about a closed ticket leads there, too.
  const agent = await desk.as(Role.AGENT);
  await agent.ask(ReplyToTicketDocument, { input: { ticketId, body: 'All the best' } });
  expect(await linkTo('ticket')).not.toBe(path);
  // Twice is once, and says how it stands.
  expect((await post(path, { action: 'close' })).status).toBe(422);

  expect((await post(path, { action: 'reopen', reason: ' ' })).status).toBe(422);
  expect(await status(ticketId)).toBe('CLOSED');
  expect((await post(path, { action: 'reopen', reason: 'Dark again' })).status).toBe(303);
  expect(await status(ticketId)).toBe('OPEN');
  const open = await (await get(path)).text();
  expect(open).not.toContain('<form');
});

test('a gate of an active run keeps the button away and the ticket open, without naming the gate', async () => {
  const { ticketId, path } = await resolved('technical-support');
  const html = await (await get(path)).text();
  expect(html).not.toContain('It is solved: close');
  expect(html).toContain('Reopen');
  const refused = await post(path, { action: 'close' });
  expect(refused.status).toBe(422);
  const words = await refused.text();
  expect(words).toContain('role="alert"');
  expect(words).not.toContain('Approval');
  expect(await status(ticketId)).toBe('RESOLVED');
});

test('a link to a ticket that was closed too long ago is refused', async () => {
  const { ticketId, path } = await resolved();
  await post(path, { action: 'close' });
  desk.clock.letDaysPass(15);
  expect((await get(path)).status).toBe(404);
  expect((await post(path, { action: 'reopen', reason: 'x' })).status).toBe(404);
  expect(await status(ticketId)).toBe('CLOSED');
});

test('a form from another site changes nothing; nor do other methods and endless bodies', async () => {
  const { ticketId, path } = await resolved();
  const foreign: Record<string, string>[] = [
    { origin: 'https://elsewhere.example' },
    { origin: 'null' },
    { origin: desk.app.url, 'sec-fetch-site': 'cross-site' },
  ];
  for (const headers of foreign) expect((await post(path, { action: 'close' }, headers)).status).toBe(403);
  const nothing = await fetch(`${desk.app.url}${path}`, { method: 'POST', body: 'action=close' });
  expect(nothing.status).toBe(403);
  const put = await fetch(`${desk.app.url}${path}`, { method: 'PUT', body: 'action=close' });
  expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
  expect((await post(path, { action: 'reopen', reason: 'x'.repeat(70_000) })).status).toBe(413);
  expect(await status(ticketId)).toBe('RESOLVED');
});

test('nobody asks for pages more often than people do', async () => {
  desk.clock.letDaysPass(1);
  const answers = await Promise.all(Array.from({ length: 70 }, () => get(`/survey/${'y'.repeat(32)}`)));
  const limited = answers.filter((answer) => answer.status === 429);
  expect(limited).toHaveLength(10);
  expect(Number(limited[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
  // A name that the client gives itself is not believed.
  const forged = { headers: { 'x-forwarded-for': '198.51.100.7' } };
  expect((await fetch(`${desk.app.url}/survey/${'y'.repeat(32)}`, forged)).status).toBe(429);
  desk.clock.letDaysPass(1);
  expect((await get(`/survey/${'y'.repeat(32)}`)).status).toBe(404);
});
