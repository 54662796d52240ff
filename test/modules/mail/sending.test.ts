import { afterAll, afterEach, expect, test } from '@jest/globals';
import { Role } from '../../../src/platform/auth/viewer.js';
import { MOST_ATTEMPTS } from '../../../src/platform/mail/delivery.rules.js';
import {
  CreateTicketDocument,
  DeliveryFailuresDocument,
  EventCursorDocument,
  MailThreadDocument,
  PreviewMessageDocument,
  ReplyToTicketDocument,
  TicketEventsDocument,
} from '../../generated/graphql.js';
import { until, useDesk } from '../../support/desk.js';
import { MailServer } from '../../support/mail-server.js';
import { answerByLink, Walk } from '../../support/walk.js';

const server = await MailServer.start();
const desk = useDesk({ SMTP_URL: server.url, MAIL_FROM: 'Demo desk <support@desk.example>' });
const CUSTOMER = 'customer@demo.stepdesk.example';

afterEach(() => {
  server.refuse = () => null;
});
// Also after a failure: a server that listens on would keep the run from ending.
let again: MailServer | undefined;
afterAll(async () => {
  await server.stop();
  await again?.stop();
});

async function ticketOf(email: string): Promise<string> {
  const agent = await desk.as(Role.AGENT);
  const { createTicket } = await agent.ask(CreateTicketDocument, {
    input: { subject: 'A humming printer', description: 'All day', channel: 'PHONE', customer: { email } },
  });
  return createTicket.ticket?.id as string;
}

async function reply(ticketId: string, body: string) {
  const agent = await desk.as(Role.AGENT);
  const { replyToTicket } = await agent.ask(ReplyToTicketDocument, { input: { ticketId, body } });
  expect(replyToTicket.userErrors).toEqual([]);
  return replyToTicket.message?.id as string;
}

async function deliveries(ticketId: string, as: Role | string = Role.AGENT) {
  const { ticket } = await (await desk.as(as)).ask(MailThreadDocument, { id: ticketId });
  return ticket?.messages.nodes.map(({ delivery }) => delivery);
}

/** How far each message's mail came and why no farther, as `QUEUED OTHER`. */
async function failures(ticketId: string) {
  const { ticket } = await (await desk.as(Role.AGENT)).ask(DeliveryFailuresDocument, { id: ticketId });
  return ticket?.messages.nodes.map(({ delivery, deliveryFailure }) => `${delivery} ${deliveryFailure}`);
}

const rowOf = (messageId: string) =>
  desk.app.desk.database.sql
    .selectFrom('mail as m')
    .innerJoin('message as n', 'n.mail_id', 'm.id')
    .where('n.id', '=', messageId)
    .selectAll('m')
    .executeTakeFirstOrThrow();

test('the customer-support process mails its answer when it reaches step 9, rendered; the preview said so', async () => {
  const walk = await Walk.start(desk, 'customer-support');
  await walk.complete('receive-inbound-communication', { Channel: 'Phone', Customer_Name: 'Casey Customer' });
  const question = 'signing in & <b>{{agent.name}}</b>';
  await walk.complete('identify-issue-or-question', { Issue_or_Question_Description: question });
  await walk.complete('assign-support-team-member', { Support_Team: walk.team('First line') });
  await walk.complete('review-customer-history');
  await walk.complete('create-case-or-ticket', { Case_Priority: 'Low' });
  await walk.skip('research-issue', 'Known.');
  await walk.approve('approval-customer-information-verification', 'lead@demo.stepdesk.example');
  await walk.complete('determine-solution-or-answer', { Solution_or_Answer: 'Reset the password' });

  const agent = await desk.as(Role.AGENT);
  const step = walk.step('communicate-solution-or-answer').id;
  const answers = [{ field: 'Answer_Text', value: 'Please reset it.' }];
  const before = await deliveries(walk.ticketId);
  const { previewMessage } = await agent.ask(PreviewMessageDocument, { step, answers });
  const subject = `Solution or Answer to ${question}`;
  const sent = () => server.to(CUSTOMER).filter((each) => each.subject === subject);
  expect(previewMessage).toMatchObject([{ to: CUSTOMER, subject }]);
  expect(previewMessage[0]?.text).toContain('Please reset it.');
  expect(previewMessage[0]?.html).toContain('&lt;b&gt;{{agent.name}}&lt;/b&gt;');
  expect(previewMessage[0]?.html).not.toContain('<b>');

  // Without the answer its variable has no value: the preview names it, as sending would.
  const unresolved = await agent.send(PreviewMessageDocument, { step, answers: [] });
  expect(unresolved.errors).toMatchObject([{ extensions: { code: 'UNRESOLVED_VARIABLE' } }]);
  expect(unresolved.errors?.[0]?.message).toContain('form.Answer_Text');
  const customer = await desk.as(CUSTOMER);
  const refused = await customer.send(PreviewMessageDocument, { step, answers });
  expect(refused.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  // Looking sent nothing, and left nothing behind.
  expect(walk.ready).toContain('communicate-solution-or-answer');
  expect(await deliveries(walk.ticketId)).toHaveLength(before?.length ?? -1);
  expect(sent()).toEqual([]);

  await walk.complete('communicate-solution-or-answer', { Answer_Text: 'Please reset it.' });
  const mail = await server.mailTo(CUSTOMER, (each) => each.subject === subject);
  expect(sent()).toHaveLength(1);
  expect(mail.text).toContain('Please reset it.');
  expect(mail.text?.trim()).toBe(previewMessage[0]?.text);
  expect(String(mail.html)).toContain('&lt;b&gt;');
  expect(mail.from?.value).toEqual([{ name: 'Demo desk', address: 'support@desk.example' }]);
  expect(mail.replyTo?.value[0]?.address).toMatch(/^support\+[0-9a-f]{32}@desk\.example$/);
});

test('a message is QUEUED, then SENT; staff are told of it, the ticket stays at its version', async () => {
  const ticketId = await ticketOf(CUSTOMER);
  const agent = await desk.as(Role.AGENT);
  await desk.caughtUp();
  const { eventCursor } = await agent.ask(EventCursorDocument);
  const staff = await agent.subscribe(TicketEventsDocument, { ticket: ticketId, after: eventCursor });
  const own = await (await desk.as(CUSTOMER)).subscribe(TicketEventsDocument, {
    ticket: ticketId,
    after: eventCursor,
  });
  await reply(ticketId, 'First words');
  const told = await staff.takeUntil(
    ({ ticketEvents: { detail } }) =>
      detail.__typename === 'DeskActivity' && detail.what === 'MESSAGE_DELIVERY',
  );
  expect(told.some(({ ticketEvents: { detail } }) => detail.__typename === 'MessageAdded')).toBe(true);
  expect(await deliveries(ticketId)).toEqual(['SENT']);
  expect(await deliveries(ticketId, CUSTOMER)).toEqual(['SENT']);

  await reply(ticketId, 'Second words');
  const ours = (each: { text?: string | undefined }) => each.text?.includes('Second words') ?? false;
  const second = await server.mailTo(CUSTOMER, ours);
  const first = await server.mailTo(CUSTOMER, (each) => each.text?.includes('First words') ?? false);
  expect(second.inReplyTo).toBe(first.messageId);
  expect(second.references).toBe(first.messageId);
  expect(second.replyTo?.value).toEqual(first.replyTo?.value);
  expect(second.messageId).not.toBe(first.messageId);

  // The customer hears of the messages, and nothing of their delivery.
  await until(() => own.received.length >= 3, 'what the customer may hear');
  expect(own.received.map(({ ticketEvents: { detail } }) => detail.__typename)).not.toContain('DeskActivity');
  await staff.close();
  await own.close();
});

test('a delivery does not make what an agent has read stale', async () => {
  const ticketId = await ticketOf(CUSTOMER);
  const version = async () => {
    const db = desk.app.desk.database.sql;
    const row = await db.selectFrom('ticket').select('version').where('id', '=', ticketId).executeTakeFirst();
    return row?.version;
  };
  server.refuse = () => ({ code: 451, at: 'DATA' });
  const messageId = await reply(ticketId, 'Later');
  await until(async () => (await rowOf(messageId)).failure !== null, 'the first attempt');
  const before = await version();
  server.refuse = () => null;
  desk.clock.letDaysPass(1);
  await until(async () => (await deliveries(ticketId))?.[0] === 'SENT', 'the delivery');
  expect(await version()).toBe(before);
});

test('what the server rejects has FAILED at once; its words stay on the desk, the customer sees none of it', async () => {
  server.refuse = () => ({ code: 550, at: 'RCPT' });
  const ticketId = await ticketOf('gone@elsewhere.example');
  const messageId = await reply(ticketId, 'Are you there?');
  await until(async () => (await deliveries(ticketId))?.[0] === 'FAILED', 'the failure');
  expect(await deliveries(ticketId, 'gone@elsewhere.example')).toEqual([null]);
  const row = await rowOf(messageId);
  expect(row).toMatchObject({ state: 'FAILED', failure: 'REJECTED', attempts: 1, sent_at: null });
  expect(await failures(ticketId)).toEqual(['FAILED REJECTED']);
  const own = await desk.as('gone@elsewhere.example');
  const refused = await own.send(DeliveryFailuresDocument, { id: ticketId });
  expect(refused.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  const agent = await desk.as(Role.AGENT);
  expect(JSON.stringify(await agent.send(MailThreadDocument, { id: ticketId }))).not.toContain(
    'secret words',
  );
});

test('what the server puts off is tried again later and later, and given up in the end', async () => {
  server.refuse = () => ({ code: 451, at: 'DATA' });
  const ticketId = await ticketOf('slow@elsewhere.example');
  const messageId = await reply(ticketId, 'Have patience');
  const waits: number[] = [];
  for (let attempt = 1; attempt < MOST_ATTEMPTS; attempt += 1) {
    await until(async () => {
      const row = await rowOf(messageId);
      return row.attempts === attempt && row.claimed_until === null;
    }, `attempt ${attempt}`);
    const row = await rowOf(messageId);
    expect(row.state).toBe('QUEUED');
    if (attempt === 1) expect(await failures(ticketId)).toEqual(['QUEUED OTHER']);
    waits.push(new Date(row.due_at).getTime() - desk.clock.now().getTime());
    desk.clock.letDaysPass(1);
  }
  await until(async () => (await rowOf(messageId)).state === 'FAILED', 'the end');
  expect(await rowOf(messageId)).toMatchObject({ attempts: MOST_ATTEMPTS, failure: 'OTHER' });
  expect(waits.slice(0, 9)).toEqual([...waits.slice(0, 9)].sort((a, b) => a - b));
  expect(server.to('slow@elsewhere.example')).toEqual([]);
});

test('a server that is away for a while gets the mail when it is back, and a survey link is then forgotten', async () => {
  const walk = await Walk.start(desk, 'six-stage');
  const port = server.port;
  await server.stop();
  const ticketId = walk.ticketId;
  const messageId = await reply(ticketId, 'While you were away');
  await until(async () => (await rowOf(messageId)).failure === 'UNREACHABLE', 'an attempt in vain');
  expect((await failures(ticketId))?.at(-1)).toBe('QUEUED UNREACHABLE');
  again = await MailServer.start(port);
  desk.clock.letDaysPass(1);
  const mail = await again.mailTo(CUSTOMER, (each) => each.text?.includes('While you were away') ?? false);
  expect(mail.messageId).toBe((await rowOf(messageId)).message_id);
  await until(
    async () => (await failures(ticketId))?.at(-1) === 'SENT null',
    'nothing to be left of the failure',
  );
  expect((await rowOf(messageId)).text).toContain('While you were away');

  const { inTransaction } = await import('../../../src/platform/database/transaction.js');
  const { systemContext } = await import('../../../src/modules/directory/identity.service.js');
  const { lockedTicket } = await import('../../../src/modules/ticket/ticket.service.js');
  const { inviteToSurvey } = await import('../../../src/modules/survey/survey.service.js');
  await inTransaction(systemContext(desk.app.desk), [ticketId], async (tx) => {
    await inviteToSurvey(tx, await lockedTicket(tx, ticketId));
  });
  const invitation = await again.mailTo(CUSTOMER, (each) => each.text?.includes('/survey/') ?? false);
  const token = /\/survey\/([\w-]+)/.exec(invitation.text ?? '')?.[1] as string;
  const secrets = () =>
    desk.app.desk.database.sql
      .selectFrom('mail')
      .select(['text', 'html', 'state'])
      .where('secret', '=', true)
      .execute();
  await until(async () => (await secrets()).every(({ state }) => state === 'SENT'), 'the mark');
  expect(await secrets()).toEqual([{ text: '', html: '', state: 'SENT' }]);
  expect(await answerByLink(desk.anonymous(), token, 5)).toMatchObject({ survey: { overall: 5 } });
  // There is no mailbox to read it in where mail is really sent.
  expect((await desk.anonymous().get('/mailbox')).status).toBe(404);
});
