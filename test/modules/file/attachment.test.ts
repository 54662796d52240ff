import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Role } from '../../../src/platform/auth/viewer.js';
import { AddNoteDocument, ReplyToTicketDocument, ThreadFilesDocument } from '../../generated/graphql.js';
import type { Client } from '../../support/client.js';
import { until, useDesk } from '../../support/desk.js';
import { MailServer } from '../../support/mail-server.js';
import { newTicket } from '../process/tickets.js';
import { CUSTOMER, close, create, OTHER, refusals } from '../ticket/play.js';
import { announced, fileOf, noise, sha256, uploaded } from './uploads.js';

const server = await MailServer.start();
const desk = useDesk({
  SMTP_URL: server.url,
  MAIL_FROM: 'Demo desk <support@desk.example>',
  REOPEN_DAYS: '0',
});
let agent: Client;
let customer: Client;
beforeAll(async () => {
  [agent, customer] = [await desk.as(Role.AGENT), await desk.as(Role.CUSTOMER)];
});
afterAll(() => server.stop());

async function write(client: Client, ticketId: string, fileIds: string[], body = 'See the file.') {
  const { replyToTicket } = await client.ask(ReplyToTicketDocument, { input: { ticketId, body, fileIds } });
  return replyToTicket;
}

async function thread(client: Client, id: string) {
  const { ticket } = await client.ask(ThreadFilesDocument, { id });
  return ticket?.messages.nodes ?? [];
}

test("staff's files reach the customer in the thread and with the mail, byte by byte", async () => {
  const ticketId = await newTicket(desk);
  const [photo, log] = [noise(600_000), noise(5)];
  const ids = [
    await uploaded(agent, photo, { ticketId, fileName: 'größe "1".png' }),
    await uploaded(agent, log, { ticketId, fileName: 'x.log', contentType: 'text/plain; charset=utf-8' }),
  ];
  expect(await fileOf(customer, ids[0] as string)).toBeNull();
  expect(refusals(await write(agent, ticketId, ids))).toEqual([]);
  const mail = await server.mailTo(CUSTOMER, ({ attachments }) => attachments.length > 0);
  expect(mail.text).toContain('See the file.');
  expect(
    mail.attachments.map(({ filename, contentType, content }) => [filename, contentType, sha256(content)]),
  ).toEqual([
    ['größe "1".png', 'image/png', sha256(photo)],
    ['x.log', 'text/plain', sha256(log)],
  ]);
  const [message] = await thread(customer, ticketId);
  expect(message?.files.map(({ id }) => id)).toEqual(ids);
  const url = message?.files[0]?.download?.url as string;
  expect(sha256(Buffer.from(await (await fetch(url)).arrayBuffer()))).toBe(sha256(photo));
});

test("a customer's file comes with their message; one of a note stays with staff", async () => {
  const ticketId = await newTicket(desk);
  const theirs = await uploaded(customer, noise(3), { ticketId });
  expect(refusals(await write(customer, ticketId, [theirs]))).toEqual([]);
  const ours = await uploaded(agent, noise(3), { ticketId });
  const input = { ticketId, body: 'Among us.', fileIds: [ours] };
  expect(refusals((await agent.ask(AddNoteDocument, { input })).addNote)).toEqual([]);
  const files = async (client: Client) =>
    (await thread(client, ticketId)).map((message) => message.files.map(({ id }) => id));
  expect(await files(agent)).toEqual([[theirs], [ours]]);
  expect(await files(customer)).toEqual([[theirs]]);
  expect(await fileOf(customer, ours)).toBeNull();
  // They stay, though no answer names them.
  desk.clock.letDaysPass(2);
  const waiting = () =>
    desk.app.desk.database.sql
      .selectFrom('deadline')
      .select('key')
      .where('subject_id', 'in', [theirs, ours])
      .where('fired_at', 'is', null)
      .execute();
  await until(async () => (await waiting()).length === 0, 'both to have been looked at');
  const later = await uploaded(agent, noise(3), { ticketId });
  expect(refusals(await write(agent, ticketId, [ours, later]))).toEqual([]);
  expect(await files(customer)).toEqual([[theirs], [ours, later]]);
});

test('what is not there, not whole, too many or too large is refused with its path', async () => {
  const ticketId = await newTicket(desk);
  const elsewhere = await create(agent, { customer: { email: OTHER } });
  const own = await uploaded(customer, noise(3), { ticketId });
  const staffs = await uploaded(agent, noise(3), { ticketId });
  const pending = (await announced(customer, { ticketId, size: 3 })).id;
  const foreign = await uploaded(agent, noise(3), { ticketId: elsewhere });
  expect(refusals(await write(customer, ticketId, [own, pending, foreign, staffs, 'file_x']))).toEqual(
    [1, 2, 3, 4].map((index) => `INVALID_INPUT input fileIds ${index}`),
  );
  expect(await fileOf(customer, staffs)).toBeNull();
  expect(refusals(await write(agent, ticketId, [own, own]))).toEqual(['INVALID_INPUT input fileIds']);
  const many = Array.from({ length: 11 }, (_, n) => `file_${n}`);
  expect(refusals(await write(agent, ticketId, many))).toEqual(['INVALID_INPUT input fileIds']);
  const large = await uploaded(agent, noise(3), { ticketId });
  await desk.app.desk.database.sql
    .updateTable('file')
    .set({ size: 15_000_001 })
    .where('id', '=', large)
    .execute();
  expect(refusals(await write(agent, ticketId, [large]))).toEqual(['INVALID_INPUT input fileIds']);
  expect(await thread(agent, ticketId)).toEqual([]);
});

test('a reply to a ticket that is closed for good takes its files along to the follow-up', async () => {
  const ticketId = await newTicket(desk);
  await close(agent, ticketId);
  desk.clock.letDaysPass(1);
  const file = await uploaded(customer, noise(3), { ticketId });
  const answer = await write(customer, ticketId, [file]);
  expect(refusals(answer)).toEqual([]);
  const followUp = answer.ticket?.id as string;
  expect(followUp).not.toBe(ticketId);
  expect((await fileOf(agent, file))?.ticket).toEqual({ id: followUp });
  expect((await thread(customer, followUp))[0]?.files).toMatchObject([{ id: file }]);
});
