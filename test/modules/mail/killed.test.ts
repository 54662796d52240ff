import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { type App, start } from '../../../src/app.js';
import { Role } from '../../../src/platform/auth/viewer.js';
import { loadConfig } from '../../../src/platform/config.js';
import { sqlOf } from '../../../src/platform/database/database.js';
import { demoPerson } from '../../../src/seed/demo.people.js';
import { CreateTicketDocument, ReplyToTicketDocument } from '../../generated/graphql.js';
import { Client } from '../../support/client.js';
import { TestClock } from '../../support/clock.js';
import { until } from '../../support/desk.js';
import { MailServer } from '../../support/mail-server.js';

const CLI = new URL('../../../dist/cli.js', import.meta.url).pathname;
const server = await MailServer.start();
const folder = mkdtempSync(join(tmpdir(), 'stepdesk-killed-'));
let again: App | undefined;

afterAll(async () => {
  await again?.stop();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const env = {
  DATA_DIR: folder,
  PORT: '0',
  NODE_ENV: 'development',
  LOG_LEVEL: 'error',
  SMTP_URL: server.url,
  MAIL_FROM: 'support@desk.example',
};

/** A desk in a process of its own. */
async function serving() {
  const { DATABASE_URL: _, REDIS_URL: __, ...rest } = process.env;
  const child = spawn(process.execPath, [CLI, 'serve'], {
    env: { ...rest, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  let said = '';
  child.stdout.on('data', (chunk) => (said += chunk));
  const token = new RegExp(`\\(${demoPerson(Role.AGENT)}\\)\\n(\\S+)\\n`);
  await until(() => token.test(said), 'the desk to say where it answers', 60);
  const url = /answers at (\S+)/.exec(said)?.[1] as string;
  return { child, ended, agent: new Client(() => url, token.exec(said)?.[1] as string) };
}

test('a node that is killed after the server took the mail, and before it noted it, sends the same mail again', async () => {
  const { child, ended, agent } = await serving();
  const made = await agent.ask(CreateTicketDocument, {
    input: { subject: 'x', description: 'y', channel: 'PHONE', customer: { email: 'kim@elsewhere.example' } },
  });
  const ticketId = made.createTicket.ticket?.id as string;
  // The kill falls between the whole mail and the acknowledgement, whichever of the mails comes first.
  server.beforeTaken = () => child.kill('SIGKILL');
  const bodies = ['one', 'two', 'three'];
  const acknowledged: string[] = [];
  for (const body of bodies) {
    const reply = agent.ask(ReplyToTicketDocument, { input: { ticketId, body } });
    const done = await reply.then(
      ({ replyToTicket }) => replyToTicket.userErrors.length === 0,
      () => false,
    );
    if (done) acknowledged.push(body);
  }
  await ended;
  expect(acknowledged.length).toBeGreaterThan(0);
  expect(server.delivered.length).toBeGreaterThan(0);
  const early = server.delivered.map(({ mail }) => mail.messageId);
  server.beforeTaken = () => undefined;

  // The claim of the dead node runs out: the next one goes on.
  const clock = new TestClock();
  clock.letDaysPass(1);
  again = await start(loadConfig(env), { clock });
  const rows = () =>
    sqlOf((again as App).desk.database.fork())
      .selectFrom('mail')
      .select(['message_id', 'state', 'text'])
      .execute();
  await until(async () => (await rows()).every(({ state }) => state === 'SENT'), 'every mail to be sent', 30);
  const ids = server.delivered.map(({ mail }) => mail.messageId as string);
  const kept = (await rows()).map(({ message_id }) => message_id as string);
  // What was begun came again under its own id, and all that was acknowledged came.
  for (const id of early) expect(ids.filter((each) => each === id)).toHaveLength(2);
  expect(new Set(ids)).toEqual(new Set(kept));
  for (const body of acknowledged)
    expect(server.delivered.some(({ mail }) => mail.text?.trim().endsWith(body))).toBe(true);
}, 120_000);
