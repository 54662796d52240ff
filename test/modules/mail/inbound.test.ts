import { connect } from 'node:net';
import { afterAll, expect, test } from '@jest/globals';
import { createTransport } from 'nodemailer';
import { Role } from '../../../src/platform/auth/viewer.js';
import {
  AssignTicketDocument,
  CloseTicketDocument,
  CreateTicketDocument,
  EventCursorDocument,
  MailThreadDocument,
  NewestTicketsDocument,
  PeopleDocument,
  ReplyToTicketDocument,
  ResolveTicketDocument,
  TicketEventsDocument,
} from '../../generated/graphql.js';
import { until, useDesk } from '../../support/desk.js';
import { deliver, MailServer, source } from '../../support/mail-server.js';

const server = await MailServer.start();
const desk = useDesk({
  SMTP_URL: server.url,
  MAIL_FROM: 'support@desk.example',
  INBOUND_SMTP_PORT: '0',
});
const CUSTOMER = 'customer@demo.stepdesk.example';
afterAll(() => server.stop());

const port = () => desk.app.inboundPort as number;
let made = 0;
const newMessageId = () => `<${++made}.${process.pid}@customer.example>`;

/** A ticket that was RESOLVED and whose customer got mail: the mail, and where answers to it go. */
async function resolved() {
  const agent = await desk.as(Role.AGENT);
  const { createTicket } = await agent.ask(CreateTicketDocument, {
    input: { subject: 'A lamp', description: 'Dark', channel: 'PHONE', customer: { email: CUSTOMER } },
  });
  const ticketId = createTicket.ticket?.id as string;
  const { agents } = await agent.ask(PeopleDocument);
  const agentId = agents.nodes.find(({ email }) => email === 'agent@demo.stepdesk.example')?.id;
  await agent.ask(AssignTicketDocument, { input: { ticketId, agentId } });
  const { resolveTicket } = await agent.ask(ResolveTicketDocument, {
    input: { ticketId, resolution: `A new bulb for ${ticketId}` },
  });
  expect(resolveTicket.userErrors).toEqual([]);
  const mail = await server.mailTo(CUSTOMER, (each) => each.text?.includes(ticketId) ?? false);
  const sent = async () => (await thread(ticketId)).messages.every(({ delivery }) => delivery === 'SENT');
  await until(sent, 'the delivery to be noted');
  return { ticketId, mail, to: mail.replyTo?.value[0]?.address as string };
}

/** An answer as mail programs write it: new text above, the desk's mail quoted below. */
function answering(
  mail: { text?: string | undefined; messageId?: string | undefined },
  text: string,
  headers = {},
) {
  const quoted = (mail.text ?? '').split('\n').map((line) => `> ${line}`);
  const body = [
    text,
    '',
    'On Sun, 22 Nov 2026 at 10:00, Support <support@desk.example> wrote:',
    '',
    ...quoted,
  ];
  return source(
    {
      From: `Casey <${CUSTOMER}>`,
      To: 'support@desk.example',
      Subject: 'Re: whatever',
      'Message-ID': newMessageId(),
      'In-Reply-To': mail.messageId ?? '',
      ...headers,
    },
    body.join('\n'),
  );
}

async function thread(ticketId: string) {
  const { ticket } = await (await desk.as(Role.AGENT)).ask(MailThreadDocument, { id: ticketId });
  if (!ticket) throw new Error('The ticket is gone');
  return { status: ticket.status, messages: ticket.messages.nodes };
}

const newest = async () => (await (await desk.as(Role.MANAGER)).ask(NewestTicketsDocument)).tickets;

test("a customer's answer is a message on its ticket, without what it quotes, and opens the ticket again", async () => {
  const { ticketId, mail, to } = await resolved();
  const agent = await desk.as(Role.AGENT);
  await desk.caughtUp();
  const { eventCursor } = await agent.ask(EventCursorDocument);
  const stream = await agent.subscribe(TicketEventsDocument, { ticket: ticketId, after: eventCursor });
  const reply = await deliver(port(), { from: CUSTOMER, to }, answering(mail, 'It is dark again.\n\nCasey'));
  expect(reply).toMatch(/^250 /);
  const { status, messages } = await thread(ticketId);
  expect(status).toBe('OPEN');
  expect(messages.at(-1)).toMatchObject({
    direction: 'INBOUND',
    visibility: 'PUBLIC',
    body: 'It is dark again.\n\nCasey',
    delivery: null,
    author: { __typename: 'Customer' },
  });
  const told = await stream.takeUntil(
    ({ ticketEvents: { detail } }) => detail.__typename === 'TicketChanged',
  );
  expect(told.at(-1)?.ticketEvents.detail).toMatchObject({ reason: 'The customer replied.' });
  await stream.close();

  // What the desk writes next answers this mail.
  const answered = /Message-ID: (\S+)/.exec(answering(mail, ''))?.[1];
  expect(answered).toBeDefined();
  await agent.ask(ReplyToTicketDocument, { input: { ticketId, body: 'We come by.' } });
  const next = await server.mailTo(CUSTOMER, (each) => each.text?.includes('We come by.') ?? false);
  expect(next.inReplyTo).toMatch(/@customer\.example>$/);
  expect(next.references).toContain(mail.messageId);
});

test('the same mail twice, at once and later, is one message', async () => {
  const { ticketId, mail, to } = await resolved();
  const raw = answering(mail, 'Once only');
  await Promise.all(Array.from({ length: 4 }, () => deliver(port(), { from: CUSTOMER, to }, raw)));
  await deliver(port(), { from: CUSTOMER, to }, raw);
  const { messages } = await thread(ticketId);
  expect(messages.filter(({ body }) => body === 'Once only')).toHaveLength(1);
  // A mail without a Message-ID is known by what it says.
  const nameless = source({ From: CUSTOMER, To: to, Subject: 'x' }, 'Nameless');
  await deliver(port(), { from: CUSTOMER, to }, nameless);
  await deliver(port(), { from: CUSTOMER, to }, nameless);
  const after = (await thread(ticketId)).messages;
  expect(after.filter(({ body }) => body === 'Nameless')).toHaveLength(1);
});

test("by somebody else, or without the token, it is a ticket of its sender's own, whatever its subject says", async () => {
  const { ticketId, mail, to } = await resolved();
  const before = await thread(ticketId);
  const from = 'Quinn Other <Quinn@elsewhere.example>';
  await deliver(
    port(),
    { from: 'quinn@elsewhere.example', to },
    answering(mail, 'I am not Casey', { From: from, Subject: 'Re: [SD-1001] A lamp' }),
  );
  await deliver(
    port(),
    { from: CUSTOMER, to: 'support@desk.example' },
    answering(mail, 'No token here', { Subject: 'Re: [SD-1001] A lamp' }),
  );
  await deliver(
    port(),
    { from: CUSTOMER, to: `support+${'0'.repeat(32)}@desk.example` },
    answering(mail, 'A guess'),
  );
  expect(await thread(ticketId)).toEqual(before);
  const { nodes } = await newest();
  expect(nodes.slice(0, 3)).toMatchObject([
    { description: 'A guess', channel: 'EMAIL', status: 'NEW', customer: { email: CUSTOMER } },
    { description: 'No token here', subject: 'Re: [SD-1001] A lamp', customer: { email: CUSTOMER } },
    {
      description: 'I am not Casey',
      channel: 'EMAIL',
      customer: { email: 'quinn@elsewhere.example', name: 'Quinn Other' },
    },
  ]);
});

test('long after closing, an answer makes a follow-up ticket of channel EMAIL', async () => {
  const { ticketId, mail, to } = await resolved();
  const agent = await desk.as(Role.AGENT);
  expect((await agent.ask(CloseTicketDocument, { input: { ticketId } })).closeTicket.userErrors).toEqual([]);
  desk.clock.letDaysPass(15);
  await deliver(port(), { from: CUSTOMER, to }, answering(mail, 'Dark for good'));
  const [latest] = (await newest()).nodes;
  const { ticket } = await agent.ask(MailThreadDocument, { id: latest?.id as string });
  expect(ticket).toMatchObject({ channel: 'EMAIL', followUpOf: { id: ticketId } });
  expect((await thread(ticketId)).status).toBe('CLOSED');
});

test.each([
  ['Auto-Submitted', { 'Auto-Submitted': 'auto-replied; x=y' }, CUSTOMER],
  ['Precedence', { Precedence: 'bulk' }, CUSTOMER],
  ['X-Auto-Response-Suppress', { 'X-Auto-Response-Suppress': 'All' }, CUSTOMER],
  ['X-Loop', { 'X-Loop': 'support@desk.example' }, CUSTOMER],
  ['our own address', { From: 'support@desk.example' }, CUSTOMER],
  ['no return path', { From: 'mailer-daemon@elsewhere.example' }, ''],
])('what a machine wrote (%s) is a note: nothing is reopened or answered', async (_what, headers, from) => {
  const { ticketId, mail, to } = await resolved();
  const count = server.delivered.length;
  await deliver(port(), { from, to }, answering(mail, 'I am away until Monday', headers));
  const { status, messages } = await thread(ticketId);
  expect(status).toBe('RESOLVED');
  expect(messages.at(-1)).toMatchObject({ visibility: 'INTERNAL', author: null });
  expect(messages.at(-1)?.body).toContain('I am away until Monday');
  expect(server.delivered).toHaveLength(count);
});

test("mail of the desk that comes back is known by its Message-ID; a machine's mail for nobody is no ticket", async () => {
  const { ticketId, mail, to } = await resolved();
  const bounced = answering(mail, 'As it was', { 'Message-ID': mail.messageId });
  await deliver(port(), { from: CUSTOMER, to }, bounced);
  expect(await thread(ticketId)).toMatchObject({ status: 'RESOLVED' });
  const { totalCount } = await newest();
  const list = source({ From: 'list@elsewhere.example', Precedence: 'list', Subject: 'News' }, 'News');
  await deliver(port(), { from: 'list@elsewhere.example', to: 'support@desk.example' }, list);
  expect((await newest()).totalCount).toBe(totalCount);
});

test('files are named, and a mail of markup alone is read', async () => {
  const { ticketId, to } = await resolved();
  const transport = createTransport({ host: '127.0.0.1', port: port(), ignoreTLS: true });
  await transport.sendMail({
    from: CUSTOMER,
    to,
    subject: 'x',
    html: '<p>See <b>this</b> &amp; that</p><script>alert(1)</script>',
    attachments: [{ filename: '../../bulb.jpg', content: Buffer.alloc(12_345) }],
  });
  transport.close();
  const body = (await thread(ticketId)).messages.at(-1)?.body;
  expect(body).toContain('See this & that');
  expect(body).not.toContain('alert');
  expect(body).toMatch(/\[Attachments, which were not kept: .*bulb\.jpg \(12 kB\)\]$/);
});

test('what is no mail, too large or for somebody else is refused with a code, and nothing is kept of it', async () => {
  const { totalCount } = await newest();
  const to = 'support@desk.example';
  const sent = (raw: string, recipient = to) => deliver(port(), { from: CUSTOMER, to: recipient }, raw);
  await expect(sent(source({ Subject: 'Of nobody' }, 'x'))).rejects.toMatchObject({ responseCode: 550 });
  await expect(sent(source({ From: 'a@x.example, b@x.example' }, 'x'))).rejects.toMatchObject({
    responseCode: 550,
  });
  await expect(sent(source({ From: CUSTOMER }, 'x'), 'else@desk.example')).rejects.toMatchObject({
    responseCode: 550,
  });
  const large = source({ From: CUSTOMER }, `${'x'.repeat(78)}\n`.repeat(140_000));
  await expect(sent(large)).rejects.toMatchObject({ responseCode: 552 });
  // A sender that goes in mid-sentence has said nothing.
  await hangUp([
    'EHLO x',
    `MAIL FROM:<${CUSTOMER}>`,
    `RCPT TO:<${to}>`,
    'DATA',
    `From: ${CUSTOMER}\r\n\r\nHalf`,
  ]);
  expect((await newest()).totalCount).toBe(totalCount);
  // A very long text is cut, and says so; NUL and half characters are no obstacle.
  await sent(source({ From: CUSTOMER, Subject: 'Long' }, `a\0b\n${`${'y'.repeat(78)}\n`.repeat(2000)}`));
  const [latest] = (await newest()).nodes;
  expect(latest?.description).toMatch(/^ab\n[\s\S]*\[The rest was too long to be kept\.\]$/);
});

/** Says so many lines, each after the server's answer to the one before, and hangs up. */
async function hangUp(lines: string[]): Promise<void> {
  const socket = connect(port(), '127.0.0.1');
  const closed = new Promise((resolve) => socket.on('close', resolve));
  const left = [...lines];
  socket.on('data', (chunk) => {
    if (!/^\d{3} /m.test(String(chunk))) return;
    const line = left.shift();
    // The last line, half a mail, gets no answer.
    socket.write(
      left.length === 0 ? String(line) : `${line}\r\n`,
      () => left.length === 0 && socket.destroy(),
    );
  });
  await closed;
}
