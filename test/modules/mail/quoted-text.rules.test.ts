import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { aboveMarker, REPLY_MARKER } from '../../../src/platform/mail/quoted-text.rules.js';

const quoted = `> ${REPLY_MARKER}\n>\n> Hello Casey,\n> it is 10:00.`;

test.each([
  ['no marker: everything', 'Hello\n> said', 'Hello\n> said'],
  ['English', `Yes.\n\nOn Sun, 3 Mar 2026 at 10:00, Support <s@x.example> wrote:\n\n${quoted}`, 'Yes.'],
  [
    'broken attribution',
    `Yes.\n\nOn Sun, 3 Mar 2026 at 10:00,\nSupport <s@x.example>\nwrote:\n${quoted}`,
    'Yes.',
  ],
  ['German', `Ja.\n\nAm 03.03.26 um 10:00 schrieb Support:\n${quoted}`, 'Ja.'],
  [
    'a repeated header',
    `Yes.\n\n-----Original Message-----\nFrom: Support\nSent: Sunday\nTo: Casey\nSubject: Re: x\n\n${REPLY_MARKER}\n\nHello`,
    'Yes.',
  ],
  ['a rule', `Yes.\n________________________________\n${REPLY_MARKER}\nHello`, 'Yes.'],
  [
    'a list that ends in a colon stays',
    `I did these:\none\ntwo:\n${REPLY_MARKER}\nHello`,
    'I did these:\none\ntwo:',
  ],
  ['written underneath', `On Sunday at 10:00 Support wrote:\n${quoted}\n\nBelow.`, 'Below.'],
  ['nothing at all', `${REPLY_MARKER}\nHello`, ''],
  ['line ends of mail', `a\r\nb\r\n\r\n${REPLY_MARKER}\r\nHello`, 'a\nb'],
])('%s', (_what, text, kept) => {
  expect(aboveMarker(text)).toBe(kept);
});

test('what a person writes above the marker is kept whole, and nothing below comes along', () => {
  const line = fc.stringMatching(/^[a-z]{1,20}( [a-z]{1,20}){0,5}$/);
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 8 }),
      fc.array(line, { maxLength: 8 }),
      (own, theirs) => {
        expect(aboveMarker([...own, '', REPLY_MARKER, ...theirs].join('\n'))).toBe(own.join('\n'));
      },
    ),
  );
});

test('a hostile text takes no longer than an honest one', () => {
  for (const piece of ['> ', '-', ':\n', 'On ', '_', 'From:\n', '\n'])
    expect(typeof aboveMarker(`${piece.repeat(200_000)}\n${REPLY_MARKER}`)).toBe('string');
}, 10_000);
