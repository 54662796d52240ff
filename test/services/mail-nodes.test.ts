import { afterAll, expect, test } from '@jest/globals';
import type { App } from '../../src/app.js';
import { Role } from '../../src/platform/auth/viewer.js';
import { CreateTicketDocument, ReplyToTicketDocument } from '../generated/graphql.js';
import { until, useDesk } from '../support/desk.js';
import { deliver, MailServer, source } from '../support/mail-server.js';

const server = await MailServer.start();
const desk = useDesk({
  SMTP_URL: server.url,
  MAIL_FROM: 'support@desk.example',
  INBOUND_SMTP_PORT: '0',
});
const MAILS = 60;
afterAll(() => server.stop());

test('three nodes deliver each mail once between them', async () => {
  const others = [await desk.anotherNode(), await desk.anotherNode()];
  try {
    await playOn([desk.app, ...others]);
  } finally {
    await Promise.all(others.map((node) => node.stop()));
  }
}, 60_000);

async function playOn(nodes: App[]): Promise<void> {
  const agent = await desk.as(Role.AGENT);
  const made = await agent.ask(CreateTicketDocument, {
    input: { subject: 'x', description: 'y', channel: 'PHONE', customer: { email: 'kim@elsewhere.example' } },
  });
  const ticketId = made.createTicket.ticket?.id as string;
  await Promise.all(
    Array.from({ length: MAILS }, (_, index) =>
      agent.ask(ReplyToTicketDocument, { input: { ticketId, body: `Number ${index}.` } }),
    ),
  );
  const db = desk.app.desk.database.sql;
  const rows = () => db.selectFrom('mail').select(['message_id', 'state', 'attempts']).execute();
  await until(async () => (await rows()).every(({ state }) => state === 'SENT'), 'all to be sent', 30);
  const ids = server.delivered.map(({ mail }) => mail.messageId);
  expect(ids).toHaveLength(MAILS);
  expect(new Set(ids)).toEqual(new Set((await rows()).map(({ message_id }) => message_id)));
  expect((await rows()).every(({ attempts }) => attempts === 1)).toBe(true);

  // The same mail, brought to all of them at once, is one ticket.
  const raw = source({ From: 'kim@elsewhere.example', 'Message-ID': '<a@b>', Subject: 'Thrice' }, 'Hello');
  const envelope = { from: 'kim@elsewhere.example', to: 'support@desk.example' };
  await Promise.all(nodes.map(({ inboundPort }) => deliver(inboundPort as number, envelope, raw)));
  const tickets = await db.selectFrom('ticket').select('id').where('subject', '=', 'Thrice').execute();
  expect(tickets).toHaveLength(1);
}
