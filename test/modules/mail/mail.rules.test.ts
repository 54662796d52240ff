import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  automaticNote,
  sizeText,
  subjectOfMail,
  textOfMail,
} from '../../../src/modules/message/inbound.rules.js';
import { deliveryFor } from '../../../src/modules/message/message.policy.js';
import { MessageDelivery } from '../../../src/modules/message/message.vocabulary.js';
import { anonymous, system } from '../../../src/platform/auth/viewer.js';
import { loadConfig } from '../../../src/platform/config.js';
import { Limiter } from '../../../src/platform/http/limiter.rules.js';
import {
  afterFailure,
  failureOf,
  MOST_ATTEMPTS,
  waitAfter,
} from '../../../src/platform/mail/delivery.rules.js';
import { automaticBecause, replyTokenOf } from '../../../src/platform/mail/inbound-mail.rules.js';
import { mailAddress, tokenIn, withToken } from '../../../src/platform/mail/mail-header.rules.js';

const OWN = 'Support@Desk.example';
const now = new Date('2026-03-01T10:00:00Z');

test.each([
  ['support@desk.example', { name: '', address: 'support@desk.example' }],
  ['Desk <support@desk.example>', { name: 'Desk', address: 'support@desk.example' }],
  ['"The Desk" <support@desk.example> ', { name: 'The Desk', address: 'support@desk.example' }],
  ['Desk\r\nBcc: a@b <support@desk.example>', { name: 'Desk Bcc: a@b', address: 'support@desk.example' }],
  ['Desk <support@desk.example> x', null],
  ['Desk support@desk.example>', null],
  ['a@b, c@d', null],
  ['', null],
])('%j is the address %j', (text, address) => {
  expect(mailAddress(text)).toEqual(address);
});

test('a token is found in the address that it was put into, in any case, and in no other', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9a-f]{32}$/), (token) => {
      expect(tokenIn(withToken(OWN, token).toUpperCase(), OWN)).toBe(token);
      expect(replyTokenOf({ recipients: ['a@b.example', OWN, withToken(OWN, token)] }, OWN)).toBe(token);
      expect(tokenIn(withToken('support@elsewhere.example', token), OWN)).toBeNull();
    }),
  );
  expect(tokenIn('support@desk.example', OWN)).toBe('');
  expect(tokenIn('supporter@desk.example', OWN)).toBeNull();
  expect(replyTokenOf({ recipients: [OWN] }, OWN)).toBeNull();
});

test.each([
  [{}, null],
  [{ 'auto-submitted': 'no' }, null],
  [{ 'auto-submitted': 'No; comment' }, null],
  [{ precedence: 'first-class' }, null],
  [{ 'x-loop': 'other@elsewhere.example' }, null],
  [{ 'auto-submitted': 'auto-generated' }, 'it was sent automatically'],
  [{ 'auto-submitted': 'AUTO-REPLIED (vacation)' }, 'it was sent automatically'],
  [{ precedence: ' List ' }, 'it is bulk or list mail'],
  [{ 'x-auto-response-suppress': 'OOF' }, 'it asks not to be answered automatically'],
  [{ 'x-loop': OWN.toLowerCase() }, 'it is mail of the desk that came back'],
  [{ 'return-path': '<>' }, 'it has no return path'],
])('headers %j: %j', (headers, because) => {
  const from = { name: '', address: 'kim@elsewhere.example' };
  const given: Record<string, string> = headers as never;
  expect(automaticBecause({ headers: given, envelopeFrom: from.address, from }, OWN)).toBe(because);
});

test('waits grow from half a minute to four hours, and end', () => {
  const waits = Array.from({ length: MOST_ATTEMPTS }, (_, index) => waitAfter(index + 1));
  expect(waits[0]).toBe(30_000);
  expect(waits.at(-1)).toBe(4 * 3_600_000);
  expect(waits).toEqual([...waits].sort((a, b) => a - b));
  expect(afterFailure({ code: 'ETIMEDOUT' }, 1, now)).toEqual({
    state: 'QUEUED',
    failure: 'TIMEOUT',
    dueAt: new Date('2026-03-01T10:00:30Z'),
  });
  expect(afterFailure({ code: 'ETIMEDOUT' }, MOST_ATTEMPTS, now)).toEqual({
    state: 'FAILED',
    failure: 'TIMEOUT',
  });
  expect(afterFailure({ code: 'EENVELOPE', responseCode: 550 }, 1, now).state).toBe('FAILED');
});

test.each([
  [{ code: 'EENVELOPE', responseCode: 550 }, 'REJECTED'],
  [{ code: 'EMESSAGE', responseCode: 554 }, 'REJECTED'],
  [{ code: 'EENVELOPE', responseCode: 450 }, 'OTHER'],
  [{ code: 'EAUTH', responseCode: 535 }, 'AUTHENTICATION'],
  [{ code: 'ESOCKET' }, 'UNREACHABLE'],
  [{ code: 'EDNS' }, 'UNREACHABLE'],
  [{}, 'OTHER'],
])('%j is of the class %s', (error, failure) => {
  expect(failureOf(error)).toBe(failure);
});

test('whatever comes in, its text has the length that there is room for', () => {
  const file = fc.record({ name: fc.string({ unit: 'binary', maxLength: 300 }), size: fc.nat() });
  fc.assert(
    fc.property(fc.string({ maxLength: 3000 }), fc.array(file, { maxLength: 3 }), (text, attachments) => {
      const kept = textOfMail({ text, attachments }, 1500);
      expect(kept.length).toBeLessThanOrEqual(1500);
      expect(kept.trim()).not.toBe('');
    }),
  );
  expect(subjectOfMail({ subject: ` a\n ${'b'.repeat(400)}` })).toHaveLength(255);
  expect(subjectOfMail({ subject: ' ' })).toBe('(no subject)');
  expect([999, 1000, 12_345, 2_500_000].map(sizeText)).toEqual(['999 B', '1 kB', '12 kB', '2.5 MB']);
  const mail = {
    from: { name: '', address: 'a@b.example' },
    subject: 's',
    text: 'y'.repeat(9000),
    attachments: [],
  };
  const note = automaticNote(
    { ...mail, messageId: '<x>', envelopeFrom: '', recipients: [], headers: {} },
    'x',
    1000,
  );
  expect(note.length).toBeLessThanOrEqual(1000);
});

test('a customer learns that mail was sent, and nothing else of it', () => {
  const customer = { kind: 'CUSTOMER', id: 'c', name: 'C', sharedOrganizationId: null } as const;
  const { QUEUED, SENT, FAILED } = MessageDelivery;
  expect([QUEUED, SENT, FAILED, null].map((each) => deliveryFor(customer, each))).toEqual([
    null,
    SENT,
    null,
    null,
  ]);
  expect([QUEUED, SENT, FAILED, null].map((each) => deliveryFor(system, each))).toEqual([
    QUEUED,
    SENT,
    FAILED,
    null,
  ]);
  expect(deliveryFor(anonymous, FAILED)).toBeNull();
});

test('a limiter counts by name and window, and remembers only so many names', () => {
  const limiter = new Limiter(2, 60);
  const at = (seconds: number) => new Date(now.getTime() + seconds * 1000);
  expect([0, 1, 2].map((second) => limiter.take('a', at(second)))).toEqual([0, 0, 58]);
  expect(limiter.take('b', at(2))).toBe(0);
  expect(limiter.take('a', at(60))).toBe(0);
  for (let index = 0; index < 20_000; index += 1) limiter.take(`name ${index}`, at(60));
  expect(limiter.take('a', at(61))).toBe(0);
});

test('what the environment says of mail is read, and its faults are named', () => {
  const MAIL_FROM = 'Desk <support@desk.example>';
  const { mail } = loadConfig({ SMTP_URL: 'smtps://u:p@mail.example', MAIL_FROM, INBOUND_SMTP_PORT: '2525' });
  expect(mail).toEqual({
    smtpUrl: 'smtps://u:p@mail.example',
    from: { name: 'Desk', address: 'support@desk.example' },
    inboundPort: 2525,
    inboundHost: '127.0.0.1',
  });
  expect(loadConfig({}).mail).toMatchObject({ smtpUrl: undefined, from: undefined, inboundPort: undefined });
  for (const env of [
    { SMTP_URL: 'smtp://mail.example' },
    { INBOUND_SMTP_PORT: '25' },
    { MAIL_FROM: 'nobody' },
    { MAIL_FROM: `${'x'.repeat(31)}@desk.example` },
  ])
    expect(() => loadConfig(env)).toThrow('MAIL_FROM');
});
