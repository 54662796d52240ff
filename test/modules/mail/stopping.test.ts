import { afterAll, expect, test } from '@jest/globals';
import { Role } from '../../../src/platform/auth/viewer.js';
import { ReplyToTicketDocument } from '../../generated/graphql.js';
import { until, useDesk } from '../../support/desk.js';
import { MailServer } from '../../support/mail-server.js';
import { create } from '../ticket/play.js';

const server = await MailServer.start();
const desk = useDesk({
  SMTP_URL: server.url,
  MAIL_FROM: 'Demo desk <support@desk.example>',
  SHUTDOWN_SECONDS: '1',
});
afterAll(() => server.stop());

test('a stop waits for a delivery only so long, and one that ends after it touches nothing any more', async () => {
  let acknowledge: () => void = () => undefined;
  server.beforeTaken = ({ to }) =>
    to.includes('slow@elsewhere.example')
      ? new Promise<void>((resolve) => {
          acknowledge = resolve;
        })
      : undefined;
  const agent = await desk.as(Role.AGENT);
  const ticketId = await create(agent, { customer: { email: 'slow@elsewhere.example' } });
  await agent.ask(ReplyToTicketDocument, { input: { ticketId, body: 'Slowly' } });
  await server.mailTo('slow@elsewhere.example');
  const faults: unknown[] = [];
  desk.app.desk.log.error = (...said: unknown[]) => void faults.push(said);
  await desk.restart();
  server.beforeTaken = () => undefined;
  acknowledge();
  // The claim of the first node runs out, and the next one sends the very same mail.
  desk.clock.letDaysPass(1);
  await until(() => server.to('slow@elsewhere.example').length === 2, 'the mail to be sent again');
  const [first, second] = server.to('slow@elsewhere.example');
  expect(second?.messageId).toBe(first?.messageId);
  expect(faults).toEqual([]);
});
