import { headerText, isOneAddress } from '../../../src/platform/mail/mail-header.rules.js';

describe('the header of a mail', () => {
  test('is one line, so that no subject forges another header', () => {
    expect(headerText('Hello\r\nBcc: all@example.com')).toBe('Hello Bcc: all@example.com');
    expect(headerText(' a\u0000b\u001bc\u0085d\u2028e\t f ')).toBe('a b c d e f');
    expect(headerText('Größe: 5 €')).toBe('Größe: 5 €');
  });

  test.each(['a@b.example', 'first.last+tag@sub.example.com', 'ü@bücher.example'])(
    'takes the address %s',
    (address) => {
      expect(isOneAddress(address)).toBe(true);
    },
  );

  test.each([
    '',
    'a',
    '@b.example',
    'a@',
    'a@b@c.example',
    'a@b.example, c@d.example',
    'a@b.example;c@d.example',
    'A <a@b.example>',
    'a@b.example\r\nBcc: c@d.example',
    'a\u0000@b.example',
    `${'a'.repeat(320)}@b.example`,
  ])('refuses %j as one address', (address) => {
    expect(isOneAddress(address)).toBe(false);
  });
});
