import { beforeAll, describe, expect, test } from '@jest/globals';
import { Role } from '../../../src/platform/auth/viewer.js';
import { AddNoteDocument, OwnTicketDocument, ReplyToTicketDocument } from '../../generated/graphql.js';
import type { Client } from '../../support/client.js';
import { useDesk } from '../../support/desk.js';
import { create, look, refusals } from '../ticket/play.js';

const desk = useDesk();
let agent: Client;
let customer: Client;
beforeAll(async () => {
  agent = await desk.as(Role.AGENT);
  customer = await desk.as(Role.CUSTOMER);
});

const note = async (client: Client, ticketId: string, body = 'Ask Bo.') =>
  (await client.ask(AddNoteDocument, { input: { ticketId, body } })).addNote;
const reply = async (ticketId: string, body: string) =>
  (await agent.ask(ReplyToTicketDocument, { input: { ticketId, body } })).replyToTicket;

describe('a note', () => {
  test('is in the thread for staff; a customer neither reads nor counts it', async () => {
    const id = await create(agent);
    await note(agent, id, 'First');
    await reply(id, 'Hello');
    expect((await note(agent, id, 'Last')).message).toMatchObject({ visibility: 'INTERNAL', body: 'Last' });
    expect(
      (await look(agent, id)).messages.nodes.map(({ visibility, body }) => `${visibility} ${body}`),
    ).toEqual(['INTERNAL First', 'PUBLIC Hello', 'INTERNAL Last']);
    const { ticket } = await customer.ask(OwnTicketDocument, { id });
    expect(ticket?.messages).toEqual({ totalCount: 1, nodes: [{ visibility: 'PUBLIC', body: 'Hello' }] });
  });

  test('is no mail, opens nothing and is no first response', async () => {
    const id = await create(agent, { customer: { email: 'noted@example.com' } });
    await note(agent, id);
    expect(await look(agent, id)).toMatchObject({ status: 'NEW', firstResponseAt: null });
    expect(await (await agent.get('/mailbox.json?to=noted@example.com')).json()).toEqual([]);
  });

  test('is for who works on tickets to write', async () => {
    const id = await create(agent);
    expect(refusals(await note(await desk.as(Role.QA_MANAGER), id))).toEqual(['FORBIDDEN']);
    const { errors } = await customer.send(AddNoteDocument, { input: { ticketId: id, body: 'Me too' } });
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect((await look(agent, id)).messages.nodes).toEqual([]);
  });
});

describe.each<
  [
    string,
    (
      ticketId: string,
      body: string,
    ) => Promise<{ message?: { body: string } | null; userErrors: { code: string }[] }>,
  ]
>([
  ['a note', (ticketId, body) => note(agent, ticketId, body)],
  ['a reply', reply],
])('the text of %s', (_, write) => {
  test.each<[string, string, string]>([
    ['nothing', '', 'REQUIRED input body'],
    ['nothing but space', ' \n\t ', 'REQUIRED input body'],
    ['more than 50,000 characters', 'x'.repeat(50_001), 'INVALID_INPUT input body'],
  ])('is not %s', async (_fault, body, wanted) => {
    const id = await create(agent);
    expect(refusals(await write(id, body))).toEqual([wanted]);
    expect(await look(agent, id)).toMatchObject({ messages: { nodes: [] }, version: 1 });
  });

  test('refuses the whole request where it holds NUL, by its path', async () => {
    const id = await create(agent);
    await expect(write(id, 'a\0b')).rejects.toThrow(/"INVALID_INPUT",\s+"argument": \[\s+"input",\s+"body"/);
    expect(await look(agent, id)).toMatchObject({ messages: { nodes: [] }, version: 1 });
  });

  test('is kept as it was written, whatever it looks like', async () => {
    const id = await create(agent);
    for (const body of [
      'x'.repeat(50_000),
      '{{ticket.number}} {% raw %}',
      '<b>\'"&amp;\\</b>',
      'Grüße 👋🏽\n\u202E',
      "'; drop table message; --",
    ]) {
      expect((await write(id, body)).message?.body).toBe(body);
    }
  });

  test('to a ticket that is not there is refused', async () => {
    expect(refusals(await write('ticket_00000000000000000000000000', 'Hello?'))).toEqual([
      'NOT_FOUND input ticketId',
    ]);
  });
});

describe('the mailbox shows text as text', () => {
  const hostile =
    '<script>alert(1)</script> <img src=x onerror="alert(2)"> javascript:alert(3) https://example.com/?a="><svg/onload=alert(4)> &amp;';

  test('in bodies, subjects and the search field', async () => {
    const id = await create(agent, {
      subject: '<svg onload=alert(5)>\r\nBcc: x@example.com',
      customer: { email: 'hostile@example.com' },
    });
    const { ticket } = await reply(id, hostile);
    const page = await agent.get(`/mailbox?to=hostile@example.com`);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const html = await page.text();
    expect(html).toContain(
      '&lt;script&gt;alert(1)&lt;/script&gt; &lt;img src=x onerror=&quot;alert(2)&quot;&gt; javascript:alert(3)',
    );
    expect(html).toContain(`[SD-${ticket?.number}] &lt;svg onload=alert(5)&gt; Bcc: x@example.com</h2>`);
    expect(html).toContain('&amp;amp;');
    const article = html.slice(html.indexOf('<article'), html.indexOf('</article>'));
    const tags = [...article.matchAll(/<(\w+)/g)].map(([, tag]) => tag);
    expect(new Set(tags)).toEqual(new Set(['article', 'h2', 'dl', 'dt', 'dd', 'time', 'div', 'p', 'a']));
    expect([...article.matchAll(/<a href="([^"]*)"/g)].map(([, href]) => href)).toEqual([
      'https://example.com/?a=',
    ]);
    const searched = await (await agent.get(`/mailbox?to=${encodeURIComponent('"><script>')}`)).text();
    expect(searched).toContain('value="&quot;&gt;&lt;script&gt;"');
    expect(searched).not.toContain('<script');
  });

  test('and as JSON just what was written', async () => {
    const mails = (await (await agent.get('/mailbox.json?to=hostile@example.com')).json()) as {
      text: string;
    }[];
    expect(mails.map(({ text }) => text)).toEqual([hostile]);
  });
});
